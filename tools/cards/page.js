// What the gallery's page does: Microsoft's renderer in front of a host like Teams. `AdaptiveCards` is its script.
/* global AdaptiveCards, document */

const escapes = /\\([\\`*_[\]()#~|!.:@+>&-])/g;
const kept = String.fromCharCode(1);

const safe = (text) =>
  text
    .replace(/&(?!#?\w+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');

const inline = (text) =>
  safe(text)
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<a href="$2">$1</a>')
    .replace(/(\*\*|__)(.+?)\1/g, '<b>$2</b>')
    .replace(/(^|[^\w*])([*_])([^*_\s](?:[^*_]*[^*_\s])?)\2(?!\w)/g, '$1<i>$3</i>');

/** The part of Markdown that Teams reads in a card: emphasis, links, lists. */
function markdown(source) {
  const hidden = [];
  const text = source.replace(escapes, (_all, character) => kept + (hidden.push(character) - 1) + kept);
  const blocks = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, bullet, number, rest] = /^\s*(?:([-*•])|(\d+)[.)])\s+(.*)$/.exec(line) ?? [];
    const kind = bullet ? 'ul' : number ? 'ol' : line.trim() === '' ? '' : 'p';
    const last = blocks.at(-1);
    if (last?.kind === kind) last.lines.push(rest ?? line);
    else blocks.push({ kind, start: number, lines: [rest ?? line] });
  }
  return blocks
    .map(({ kind, start, lines }) => {
      const items = lines.map(inline);
      if (kind === 'p') return `<p>${items.join('<br>')}</p>`;
      if (kind === '') return '';
      return `<${kind}${start ? ` start="${start}"` : ''}>${items.map((item) => `<li>${item}</li>`).join('')}</${kind}>`;
    })
    .join('')
    .replace(new RegExp(`${kept}(\\d+)${kept}`, 'g'), (_all, n) => safe(hidden[n]));
}

AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown(text);
  result.didProcess = true;
};

/** Draws a card in place of the one before; what the renderer has against it. */
globalThis.draw = (json, host) => {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(host);
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  card.parse(json, context);
  const frame = document.getElementById('card');
  frame.replaceChildren(card.render());
  const problems = [];
  for (let n = 0; n < context.eventCount; n++) problems.push(context.getEventAt(n).message);
  return problems;
};

/** Where what is drawn ends: the card, or the menu that is open. */
globalThis.bottom = () =>
  Math.max(
    ...Array.from(
      document.querySelectorAll('#card, .ac-ctrl-popup-container'),
      (each) => each.getBoundingClientRect().bottom,
    ),
  );
