import { CourtierError, notFound } from '../core/errors.ts';
import type { Download, PageAnswer } from '../core/feature.ts';
import { cleanForm } from '../core/intake.ts';
import type { Keys, Ports } from '../core/manifest.ts';

type Doors = Pick<Keys, 'links' | 'signatures'> & Pick<Ports, 'house'>;

/** The file that a short-lived link stands for. */
export async function download(token: string, { links, house }: Doors): Promise<Download> {
  const { kind, subject } = await links.open(token);
  const route = house.downloads().find((candidate) => candidate.kind === kind);
  if (!route) throw notFound();
  return route.handle(subject);
}

const WRONG_LINK = 'Ce lien n’est plus valide.';

/** The page, or the feed, behind a signed link: what the feature answers, and a sentence for what it refuses. */
export async function page(
  token: string,
  form: URLSearchParams | undefined,
  { signatures, house }: Doors,
): Promise<PageAnswer> {
  const routes = house.pages();
  const [first] = routes;
  if (!first) throw notFound();
  let route = first;
  try {
    const { kind, subject } = await signatures.open(token.replace(/\.ics$/, ''));
    route = routes.find((candidate) => candidate.kind === kind) ?? first;
    if (route.kind !== kind) throw notFound();
    return await route.handle(subject, form && cleanForm(form));
  } catch (error) {
    if (!(error instanceof CourtierError)) throw error;
    return route.refuse(error.kind === 'notFound' ? WRONG_LINK : error.message);
  }
}
