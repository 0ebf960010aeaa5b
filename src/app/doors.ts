import { CourtierError, notFound } from '../core/errors.ts';
import type { PageAnswer } from '../core/feature.ts';
import { cleanForm } from '../core/intake.ts';
import { features, type Services } from '../features/registry.ts';

/** The file that a short-lived link stands for. */
export async function download(token: string, services: Services) {
  const { kind, subject } = await services.links.open(token);
  const route = features
    .flatMap((feature) => feature.downloads ?? [])
    .find((candidate) => candidate.kind === kind);
  if (!route) throw notFound();
  return route.handle(subject, services);
}

const WRONG_LINK = 'Ce lien n’est plus valide.';

/** The page, or the feed, behind a signed link: what the feature answers, and a sentence for what it refuses. */
export async function page(
  token: string,
  form: URLSearchParams | undefined,
  services: Services,
): Promise<PageAnswer> {
  const routes = features.flatMap((feature) => feature.pages ?? []);
  const [first] = routes;
  if (!first) throw notFound();
  let route = first;
  try {
    const { kind, subject } = await services.signatures.open(token.replace(/\.ics$/, ''));
    route = routes.find((candidate) => candidate.kind === kind) ?? first;
    if (route.kind !== kind) throw notFound();
    return await route.handle(subject, form && cleanForm(form), services);
  } catch (error) {
    if (!(error instanceof CourtierError)) throw error;
    return route.refuse(error.kind === 'notFound' ? WRONG_LINK : error.message);
  }
}
