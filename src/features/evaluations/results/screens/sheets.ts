import { z } from 'zod';
import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { redraws } from '../../../../core/cards/redraw.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { TextDocument } from '../../../../core/ports/documents.ts';
import { type PageRoute, WORD } from '../../../../core/routes/pages.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { ActionTurn, Person } from '../../../../core/turn.ts';
import { AGAIN } from '../../answering/rules/form.ts';
import { COMMENTS_HEADING, resultDocument, summaryOf } from '../../answering/screens/documents.ts';
import type { SheetOrders } from '../../releasing/store/orders.ts';
import * as schema from '../../screens/schema.ts';
import { shownWords } from '../rules/redacting.ts';
import type { Redacted } from '../store/redactions.ts';
import { type Release, SHEET_DAYS } from '../store/releases.ts';
import type { ScoredYear } from '../store/result-scores.ts';
import { entitled, nameOf, type ResultServices, readable, resultsOf } from './actions.ts';
import * as cards from './cards.ts';

const CHANGED = 'La fiche a changé entre-temps. Voici où elle en est.';
const ASKED = 'Un collègue a déjà demandé cette fiche, sans ce résumé : elle attend une approbation.';

/** Comments in a supplier's sheet. */
const MOST_COMMENTS = 500;

/** A sheet with the words that staff put in place of those of some comments, as they stand now. */
function redacted(
  { document, comments }: Pick<Release, 'document' | 'comments'>,
  instead: readonly Redacted[],
): TextDocument {
  // Sheets of the release before do not say which comments they have.
  const isOf = (each: Redacted, paragraph: string, mark: string | undefined) =>
    mark === undefined ? paragraph === `« ${each.comment} »` : each.mark === mark;
  const shown = (paragraph: string, mark: string | undefined) => {
    const put = instead.find((each) => isOf(each, paragraph, mark));
    return put ? shownWords(put.words) : paragraph;
  };
  return {
    ...document,
    sections: document.sections.map((section) =>
      section.heading === COMMENTS_HEADING
        ? { ...section, paragraphs: section.paragraphs.map((text, n) => shown(text, comments[n])) }
        : section,
    ),
  };
}

/** What a supplier may read of a year: as staff without entitlement would, no name. */
export async function sheetOf(
  standing: ScoredYear,
  told: (criterion: string) => boolean,
  summary: string,
  services: ResultServices,
): Promise<Pick<Release, 'document' | 'comments'>> {
  const { results, forms } = services;
  const criteria = (await readable(standing, false, services)).filter(told);
  const { rows } = await results.commentsPage(standing, criteria, 1, MOST_COMMENTS, false);
  const all = await results.resultsOfSupplier(standing.supplier, false);
  const again = await results.wouldChooseAgain(standing, false);
  const document = resultDocument(
    await nameOf(standing.supplier, services),
    standing.year,
    all.filter(({ criterion }) => told(criterion)),
    told(AGAIN) ? again : { n: 0, bodies: 0, yes: 0 },
    rows,
    summary,
    forms,
  );
  return { document, comments: rows.map(({ mark }) => mark) };
}

/** The link to a supplier's own sheet: the one that holds, or a new one. */
export function sheetLink(
  { supplier, year }: ScoredYear,
  { number, at }: Pick<Release, 'number' | 'at'>,
  by: Person,
  { pageLinks }: Pick<ResultServices, 'pageLinks'>,
) {
  const until = Temporal.Instant.fromEpochMilliseconds(at.getTime()).add({ hours: 24 * SHEET_DAYS });
  return pageLinks.issue('evaluations.sheet', { supplier, year, number }, until, by);
}

/** The same, for staff to hand over. */
async function sendSheetLink(
  turn: ActionTurn,
  standing: ScoredYear,
  held: Pick<Release, 'number' | 'at'>,
  services: ResultServices,
): Promise<void> {
  const { url } = await sheetLink(standing, held, turn.person, services);
  const name = await nameOf(standing.supplier, services);
  await turn.reply(cards.sheetCard(name, standing.year, url, SHEET_DAYS));
}

type Releasing = ResultServices & { readonly sheetOrders: SheetOrders };

/** Has a second person asked for a sheet, as it was seen. */
async function askFor(
  turn: ActionTurn,
  { seen, summary, ...standing }: z.output<typeof schema.Release>,
  services: Releasing,
): Promise<'asked'> {
  await services.results.mustBeEnough(standing);
  const sheet = {
    ...standing,
    seen: seen ?? (await services.results.findRelease(standing))?.number ?? 0,
    name: await nameOf(standing.supplier, services),
  };
  unlessStale(await services.sheetOrders.askSheet(turn.person, turn.effect, sheet, summary), ASKED);
  return 'asked';
}

const WORDS = {
  done: 'La fiche peut être transmise.',
  stale: CHANGED,
  asked: 'L’approbation est demandée dans le canal de l’équipe. Rien n’est encore transmis.',
} as const;

export const release = forgiving(
  comesBack(schema.OfYear, (turn, standing, services: Releasing) => resultsOf(turn, standing, services, '')),
  action(
    'evaluations.release',
    schema.Release,
    redraws(
      async (turn, wanted, services: Releasing): Promise<keyof typeof WORDS> => {
        const { seen, summary, ...standing } = wanted;
        if (summary !== '' && !(await entitled(turn.person, services)))
          throw new CourtierError(
            'refused',
            'Seule l’administration lit ces commentaires, et en dit l’essentiel.',
          );
        if (services.sheetOrders.needsApproval) return askFor(turn, wanted, services);
        const { kind, release } = await services.results.releaseResults(
          turn.person,
          standing,
          (told) => sheetOf(standing, told, summary, services),
          seen,
          ({ document }) => summaryOf(document) === summary,
        );
        // A summary that was written is not lost.
        if (summary !== '') unlessStale({ kind }, CHANGED);
        if (kind === 'done') await sendSheetLink(turn, standing, release, services);
        return kind;
      },
      resultsOf,
      (kind) => WORDS[kind],
    ),
    'staff',
  ),
);

export const withdraw = action(
  'evaluations.withdraw',
  schema.OfYear,
  redraws(
    ({ person }, standing, { results }) => results.withdrawResults(person, standing),
    resultsOf,
    'Le lien du fournisseur ne répond plus.',
  ),
  'staff',
);

const Sheet = schema.OfYear.extend({ number: z.int() });

/** The sheet that a link gives, while it was neither withdrawn nor replaced. */
async function releaseOf(subject: unknown, { results }: ResultServices): Promise<Release> {
  const { number, ...standing } = Sheet.parse(subject);
  const held = await results.findRelease(standing);
  if (!held?.active || held.number !== number) throw notFound();
  return held;
}

/** A supplier's own results, for whoever holds the link that staff gave it. */
export const sheetPage: PageRoute<ResultServices> = {
  kind: 'evaluations.sheet',
  title: 'Fiche de résultats du fournisseur',
  loses: 'Le fournisseur ne pourra plus télécharger sa fiche de résultats par cette adresse.',
  again:
    'Vous êtes un fournisseur et vous cherchez votre fiche de résultats : demandez un nouveau lien au Courtier.',
  async about(subject, services) {
    await releaseOf(subject, services);
    const { supplier, year } = Sheet.parse(subject);
    return `${await nameOf(supplier, services)} · ${year}`;
  },
  async handle(subject, form, services) {
    if (form) throw notFound();
    const { documents, results } = services;
    const standing = Sheet.parse(subject);
    const held = await releaseOf(subject, services);
    return {
      status: 200,
      mediaType: WORD,
      fileName: `resultats-${standing.supplier}-${standing.year}.docx`,
      body: await documents.text(redacted(held, await results.redactionsOf(standing))),
    };
  },
};
