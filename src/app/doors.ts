import { CourtierError, notFound } from '../core/errors.ts';
import type { Keys, Ports } from '../core/manifest.ts';
import type { MadeDownload, PageAnswer } from '../core/routes/pages.ts';
import { sentencePage } from '../core/text/html.ts';
import { cleanForm } from '../core/text/intake.ts';
import { formerLink } from './former-link.ts';

type Doors = Pick<Keys, 'links' | 'pageLinks'> & Pick<Ports, 'house'>;

/** The file that a short-lived link stands for; not made any further once whoever asked for it is `gone`. */
export async function download(
  token: string,
  { links, house }: Doors,
  gone?: AbortSignal,
): Promise<MadeDownload> {
  const { kind, subject } = await links.open(token);
  const route = house.downloads().find((candidate) => candidate.kind === kind);
  if (!route) throw notFound();
  const { body, ...file } = await route.handle(subject);
  return { ...file, body: typeof body === 'function' ? await body(gone) : body };
}

const refusal = (sentence: string): PageAnswer => ({
  status: 404,
  mediaType: 'text/html',
  body: sentencePage(sentence),
});

/** The page, or the feed, behind a numbered link: what the feature answers, and a sentence for what it refuses. */
export async function page(
  token: string,
  form: URLSearchParams | undefined,
  { pageLinks, house }: Doors,
): Promise<PageAnswer> {
  const pages = house.pages();
  const given = form && cleanForm(form);
  let refuse: ((sentence: string) => PageAnswer) | undefined;
  try {
    const { id, kind, subject } = await pageLinks.open(token.replace(/\.ics$/, ''));
    const route = pages.find((candidate) => candidate.kind === kind);
    if (!route) throw notFound();
    refuse = route.refuse ?? refusal;
    const answer = await route.handle(subject, given);
    await pageLinks.used(id);
    return answer;
  } catch (error) {
    if (!(error instanceof CourtierError)) throw error;
    return refuse && error.kind !== 'notFound' ? refuse(error.message) : formerLink(pages, given);
  }
}
