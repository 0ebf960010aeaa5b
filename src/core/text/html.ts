import { typeset } from './text.ts';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text that may stand in HTML, in an element or in a quoted attribute. */
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

/** A piece of HTML that is safe as it is. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[];

/** The words of a template are the same each time that it is filled. */
const typesetOnce = new WeakMap<TemplateStringsArray, readonly string[]>();

function typesetWords(literals: TemplateStringsArray): readonly string[] {
  const known = typesetOnce.get(literals) ?? literals.map(typeset);
  typesetOnce.set(literals, known);
  return known;
}

/** A template in French: its words are typeset, its values escaped unless they are HTML already. */
export function html(literals: TemplateStringsArray, ...values: readonly Part[]): Html {
  const written = (value: Part): string =>
    typeof value === 'string' || typeof value === 'number'
      ? escapeHtml(String(value))
      : 'html' in value
        ? value.html
        : value.map((part) => part.html).join('');
  return {
    html: typesetWords(literals)
      .map((words, at) => words + (at < values.length ? written(values[at] ?? '') : ''))
      .join(''),
  };
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --soft: #f3f3f3; --line: #6b6b6b; --act: #095797; --on: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #f2f2f2; --paper: #1c1c1c; --soft: #2b2b2b; --line: #9a9a9a; --act: #9fc5f8; --on: #111; } }
* { box-sizing: border-box; }
body { margin: 0; overflow-wrap: anywhere; background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 40rem; margin: 0 auto; padding: 1rem; }
header { border-bottom: 3px solid var(--act); font-weight: 600; }
footer { font-size: .9375rem; border-top: 1px solid var(--line); }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 1rem; }
h2 { font-size: 1.125rem; margin: 1.5rem 0 .5rem; }
fieldset { border: 1px solid var(--line); border-radius: .25rem; margin: 1rem 0; padding: .5rem 1rem 1rem; }
legend { font-weight: 600; padding: 0 .25rem; }
.choice { display: flex; gap: .75rem; align-items: flex-start; padding: .625rem 0; }
.choice input { width: 1.5rem; height: 1.5rem; flex: none; margin: 0; accent-color: var(--act); }
.notice { background: var(--soft); border-left: 4px solid var(--act); padding: .75rem 1rem; }
textarea { width: 100%; min-height: 5rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .25rem; padding: .5rem; }
label.above { display: block; font-weight: 600; margin-top: 1rem; }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1.25rem; margin: 1rem .5rem 0 0; border: 2px solid var(--act); border-radius: .25rem; background: var(--act); color: var(--on); cursor: pointer; }
button.second { background: transparent; color: var(--act); }
a { color: var(--act); }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
`;

/** A whole page, in French: it works on a telephone, without a script, with a screen reader. */
export const htmlPage = (title: string, content: Html, footer = ''): string =>
  `<!doctype html>
<html lang="fr-CA">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} – Courtier en infonuagique</title>
<style>${STYLE}</style>
</head>
<body>
<header>Courtier en infonuagique</header>
<main>
<h1>${escapeHtml(title)}</h1>
${content.html}
</main>
${
  footer &&
  `<footer>${escapeHtml(footer)}</footer>
`
}</body>
</html>
`;

/** A page that says one thing: what somebody came for is not there. */
export const sentencePage = (sentence: string): string =>
  htmlPage(typeset('Cette page n’est pas disponible'), html`<p>${typeset(sentence)}</p>`);
