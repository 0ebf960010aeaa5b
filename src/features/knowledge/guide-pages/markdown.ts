import { type Html, html } from '../../../core/text/html.ts';

const INLINE = /\*\*(?<bold>.+?)\*\*|\[(?<label>[^\]]+)\]\((?<url>(?:https?:|mailto:)[^)\s]+)\)/g;
const ITEM = /^(?:- |\d+\. )/;

/** Bold words and links; the rest as it is written. */
function inline(text: string): Html[] {
  const parts: Html[] = [];
  let from = 0;
  for (const { 0: whole, index, groups } of text.matchAll(INLINE)) {
    parts.push(html`${text.slice(from, index)}`);
    const { bold, label = '', url = '' } = groups ?? {};
    parts.push(
      bold === undefined ? html`<a href="${url}">${label}</a>` : html`<strong>${inline(bold)}</strong>`,
    );
    from = index + whole.length;
  }
  return [...parts, html`${text.slice(from)}`];
}

/** A block: a list, where all its lines are items, or a paragraph. */
function block(lines: readonly string[]): Html {
  const [first = ''] = lines;
  if (!lines.every((line) => ITEM.test(line))) return html`<p>${inline(lines.join(' '))}</p>`;
  const items = lines.map((line) => html`<li>${inline(line.replace(ITEM, ''))}</li>`);
  return first.startsWith('- ') ? html`<ul>${items}</ul>` : html`<ol>${items}</ol>`;
}

/** The Markdown that answers are written in, as HTML: paragraphs, lists of one level, bold words, links. */
export function htmlOf(markdown: string): Html[] {
  const blocks: string[][] = [];
  let before = '';
  for (const line of markdown.split('\n').map((text) => text.trim())) {
    const sort = line === '' ? '' : line.startsWith('- ') ? '-' : ITEM.test(line) ? '1' : 'p';
    // What follows an item without being one goes on with it.
    if (sort === 'p' && (before === '-' || before === '1'))
      blocks.at(-1)?.push(`${blocks.at(-1)?.pop()} ${line}`);
    else if (sort !== '' && sort === before) blocks.at(-1)?.push(line);
    else if (sort !== '') blocks.push([line]);
    if (sort !== 'p' || before === '' || before === 'p') before = sort;
  }
  return blocks.map(block);
}
