import { notFound } from '../../../core/errors.ts';
import { editionText, guide, guideSource, pagedSource, pathOf } from '../../../core/guide/index.ts';
import type { PageAnswer, ReadingRoute } from '../../../core/routes/pages.ts';
import { type Html, html, htmlPage } from '../../../core/text/html.ts';
import { typeset } from '../../../core/text/text.ts';
import type { AnyEntry } from '../answering/rules.ts';
import type { Knowledge } from '../build.ts';
import { htmlOf } from './markdown.ts';

interface Services {
  readonly knowledge: Pick<Knowledge, 'base'>;
}

/** By the path of their place, in the order of the guide. */
const passages = ({ knowledge: { base } }: Services): Map<string, AnyEntry[]> =>
  Map.groupBy(base.content.entries, ({ reference }) => pathOf(reference));

const page = (title: string, content: Html): PageAnswer => ({
  status: 200,
  mediaType: 'text/html',
  body: htmlPage(
    typeset(title),
    content,
    typeset(
      `Le guide fait foi (« ${guide().edition.title} », ${editionText()}) ; ces mots sont ceux de l’assistant. Une question ? Posez-la à Courtier, dans Teams.`,
    ),
  ),
});

const sourceOf = (path: string, [first]: readonly AnyEntry[]): string =>
  path === 'glossaire' ? 'Glossaire' : guideSource(first?.reference ?? path);

function contents(all: ReadonlyMap<string, readonly AnyEntry[]>): PageAnswer {
  const lines = [...all].map(
    ([path, entries]) =>
      html`<h2><a href="/guide/${path}">${typeset(sourceOf(path, entries))}</a></h2><ul>${entries.map(
        ({ id, title }) => html`<li><a href="/guide/${path}#${id}">${typeset(title)}</a></li>`,
      )}</ul>`,
  );
  return page('Le guide, en bref', html`${lines}`);
}

const passage = ({ id, title, answer, reference, links }: AnyEntry): Html =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${typeset(title)}</h2>${htmlOf(typeset(answer))}${
    links.length > 0
      ? html`<ul>${links.map(({ label, url }) => html`<li><a href="${url}">${typeset(label)}</a></li>`)}</ul>`
      : html``
  }<p>Source : ${typeset(pagedSource(reference))}.</p></section>`;

/** The passages of the guide as answers give them, each at an address of its own: where the source of an answer leads. */
export const guidePages: ReadingRoute<Services> = {
  handle(place, services) {
    const all = passages(services);
    if (place === '') return contents(all);
    const entries = all.get(place);
    if (!entries) throw notFound();
    return page(
      sourceOf(place, entries),
      html`${entries.map(passage)}<p><a href="/guide">Toutes les sections</a></p>`,
    );
  },
};
