import type { Drawn } from './draw.ts';

const CSS = `
  body { font: 14px/1.5 system-ui, sans-serif; margin: 24px; }
  section { display: flex; gap: 16px; flex-wrap: wrap; align-items: flex-start; margin: 8px 0 40px; }
  figure { margin: 0; } figcaption { color: #666; }
  img { border: 1px solid #ddd; }
  nav { columns: 5; }
  .problem { color: #b00; }
`;

const safe = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** The gallery's page: each template with its pictures. */
export function galleryOf(cards: readonly Drawn[]): string {
  const links = cards.map(({ template }) => `<li><a href="#${template}">${template}</a></li>`);
  const parts = cards.map(({ template, summary, pictures, problems }) => {
    const figures = pictures.map(
      ({ file, title }) =>
        `<figure><figcaption>${safe(title)}</figcaption><img loading="lazy" src="${file}" alt="${template}, ${safe(title)}"></figure>`,
    );
    const notes = problems.map((problem) => `<p class="problem">${safe(problem)}</p>`);
    return `<h2 id="${template}">${template}</h2><p>${safe(summary)}</p>${notes.join('')}<section>${figures.join('')}</section>`;
  });
  return `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Cards</title><style>${CSS}</style>
<h1>${cards.length} cards</h1><nav><ul>${links.join('')}</ul></nav>${parts.join('\n')}</html>\n`;
}
