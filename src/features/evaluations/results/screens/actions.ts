import { z } from 'zod';
import { brokerDate } from '../../../../core/business-days.ts';
import type { Card } from '../../../../core/card.ts';
import type { Clock } from '../../../../core/clock.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { action, type PageRoute, WORD } from '../../../../core/feature.ts';
import type { Documents, TextDocument } from '../../../../core/ports.ts';
import { draws, redraws } from '../../../../core/redraw.ts';
import type { ActionTurn, MessageTurn } from '../../../../core/turn.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import type { Comments } from '../../../contracts/index.ts';
import type { Links, PageLinks, People, PersonKey } from '../../../people/index.ts';
import { AGAIN, type Forms } from '../../answering/rules/form.ts';
import { resultDocument, resultSheets } from '../../answering/screens/documents.ts';
import { linkCard } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import { type Release, SHEET_DAYS } from '../store/releases.ts';
import { enough, type Standing } from '../store/result-scores.ts';
import type { Results } from '../store/results.ts';
import * as cards from './cards.ts';

export interface ResultServices {
  readonly catalogue: CatalogueService;
  readonly clock: Clock;
  readonly comments: Comments;
  readonly documents: Documents;
  readonly forms: Forms;
  readonly links: Links;
  readonly people: People;
  readonly results: Results;
  readonly pageLinks: PageLinks;
}

const CHANGED = 'La fiche a changé entre-temps. Voici où elle en est.';

/** Comments in a supplier's sheet. */
const MOST_COMMENTS = 500;

export const nameOf = async (supplier: string, { catalogue }: Pick<ResultServices, 'catalogue'>) =>
  (await catalogue.current()).supplier(supplier)?.supplier.name ?? supplier;

/** Administrators see also what fewer than three bodies said. */
const entitled = (person: PersonKey, { people }: ResultServices): Promise<boolean> =>
  people.may(person, 'admin');

async function list(person: PersonKey, page: number, services: ResultServices) {
  const all = await entitled(person, services);
  const byUs = Map.groupBy(await services.results.overallResults(all), ({ supplier }) => supplier);
  const rows = await Promise.all(
    [...byUs].map(async ([supplier, results]) => ({
      supplier,
      name: await nameOf(supplier, services),
      results,
    })),
  );
  rows.sort((a, b) => a.name.localeCompare(b.name, 'fr'));
  return cards.suppliersCard(rows, page, all);
}

export async function openResults(turn: MessageTurn, services: ResultServices): Promise<void> {
  await turn.reply(await list(turn.person, 1, services));
}

export const listResults = action(
  'evaluations.suppliers',
  schema.Page,
  draws(({ person }, { page }, services: ResultServices) => list(person, page, services)),
  'staff',
);

/** What is known of a supplier, in a year that has results. */
async function resultsOf(
  { person }: ActionTurn,
  { supplier, year: wanted }: { readonly supplier: string; readonly year?: number | undefined },
  services: ResultServices,
  notice: string,
): Promise<Card> {
  const { results, comments, forms } = services;
  const all = await entitled(person, services);
  const rows = await results.resultsOfSupplier(supplier, all);
  const years = [...new Set(rows.map((row) => row.year))].sort((a, b) => b - a);
  const year = years.find((each) => each === wanted) ?? years[0];
  if (year === undefined) throw notFound();
  const standing = { supplier, year };
  return cards.resultsCard(
    {
      ...standing,
      name: await nameOf(supplier, services),
      years,
      results: rows,
      again: await results.wouldChooseAgain(standing, all),
      complaints: await comments.complaintsOf(supplier, year),
      release: await results.findRelease(standing),
      held: await heldBack(standing, services),
      groups: forms.groups,
      entitled: all,
    },
    notice,
  );
}

export const showResults = action('evaluations.results', schema.Results, draws(resultsOf), 'staff');

/** How many comments of a year a sheet does not have. */
async function heldBack(standing: Standing, { results }: ResultServices): Promise<number> {
  const [all, told] = await Promise.all([
    results.commented(standing, true),
    results.commented(standing, false),
  ]);
  const sum = (rows: readonly { readonly n: number }[]) => rows.reduce((total, { n }) => total + n, 0);
  return sum(all) - sum(told.filter(enough));
}

/** The criteria of a year on which enough bodies wrote something. */
async function readable(standing: Standing, all: boolean, { results }: ResultServices) {
  const rows = await results.commented(standing, all);
  return rows.filter((row) => all || enough(row)).map(({ criterion }) => criterion);
}

export const showComments = action(
  'evaluations.resultComments',
  schema.Comments,
  draws(async ({ person }, { page, ...standing }, services: ResultServices) => {
    const { results, forms } = services;
    const all = await entitled(person, services);
    const criteria = await readable(standing, all, services);
    const { rows, total } = await results.commentsPage(standing, criteria, page, cards.COMMENTS, all);
    const name = await nameOf(standing.supplier, services);
    return cards.commentsCard(standing, name, rows, total, page, forms);
  }),
  'staff',
);

export const exportResults = action(
  'evaluations.export',
  schema.Nothing,
  async (turn, _input, services: ResultServices) => {
    const { tenantId, objectId } = turn.person;
    const url = await services.links.issue('evaluationResults', { tenantId, objectId });
    await turn.reply(linkCard('Le classeur des résultats', 'Télécharger (.xlsx)', url));
    turn.notify('Le lien est ci-dessous.');
  },
  'staff',
);

const Whose = z.strictObject({ tenantId: z.string(), objectId: z.string() });

export async function downloadResults(subject: unknown, services: ResultServices) {
  const person = Whose.parse(subject);
  // Whoever asked for it, as they are now.
  if (!(await services.people.may(person, 'staff'))) throw notFound();
  const all = await entitled(person, services);
  const { results, forms, documents, clock } = services;
  const suppliers = [...new Set((await results.overallResults(all)).map(({ supplier }) => supplier))];
  const rows = [];
  for (const supplier of suppliers)
    rows.push({
      name: await nameOf(supplier, services),
      results: await results.resultsOfSupplier(supplier, all),
    });
  const today = brokerDate(clock.now());
  return {
    fileName: `resultats-evaluations_${today}.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: await documents.workbook(
      resultSheets(rows, forms, all, [
        'Résultats des évaluations des fournisseurs',
        `En date du ${frenchDate(today)}. ${all ? 'Tout est montré, à l’usage des administrateurs.' : 'Ce que moins de trois organismes ont dit n’est pas montré.'}`,
      ]),
    ),
  };
}

/** What a supplier may read of a year: as staff without entitlement would, no name. */
async function sheetOf(
  standing: Standing,
  told: (criterion: string) => boolean,
  summary: string,
  services: ResultServices,
): Promise<TextDocument> {
  const { results, forms } = services;
  const criteria = (await readable(standing, false, services)).filter(told);
  const { rows } = await results.commentsPage(standing, criteria, 1, MOST_COMMENTS, false);
  const all = await results.resultsOfSupplier(standing.supplier, false);
  const again = await results.wouldChooseAgain(standing, false);
  return resultDocument(
    await nameOf(standing.supplier, services),
    standing.year,
    all.filter(({ criterion }) => told(criterion)),
    told(AGAIN) ? again : { n: 0, bodies: 0, yes: 0 },
    rows,
    summary,
    forms,
  );
}

/** The link to a supplier's own sheet, for staff to hand over. */
async function sendSheetLink(
  turn: ActionTurn,
  standing: Standing,
  { number, at }: Pick<Release, 'number' | 'at'>,
  services: ResultServices,
): Promise<void> {
  const until = Temporal.Instant.fromEpochMilliseconds(at.getTime()).add({ hours: 24 * SHEET_DAYS });
  const subject = { supplier: standing.supplier, year: standing.year, number };
  const { url } = await services.pageLinks.issue('evaluations.sheet', subject, until, turn.person);
  const name = await nameOf(standing.supplier, services);
  await turn.reply(cards.sheetCard(name, standing.year, url, SHEET_DAYS));
}

export const release = action(
  'evaluations.release',
  schema.Release,
  redraws(
    async (turn, { seen, summary, ...standing }, services: ResultServices) => {
      if (summary !== '' && !(await entitled(turn.person, services)))
        throw new CourtierError(
          'refused',
          'Seule l’administration lit ces commentaires, et en dit l’essentiel.',
        );
      const { kind, release } = await services.results.releaseResults(
        turn.person,
        standing,
        (told) => sheetOf(standing, told, summary, services),
        seen,
      );
      if (kind === 'done') await sendSheetLink(turn, standing, release, services);
      return kind;
    },
    (turn, standing, services, word, kind) =>
      resultsOf(turn, standing, services, kind === 'stale' ? CHANGED : word),
    'La fiche peut être transmise.',
  ),
  'staff',
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
    const { documents } = services;
    const standing = Sheet.parse(subject);
    const held = await releaseOf(subject, services);
    return {
      status: 200,
      mediaType: WORD,
      fileName: `resultats-${standing.supplier}-${standing.year}.docx`,
      body: await documents.text(held.document),
    };
  },
  refuse: (sentence) => ({
    status: 404,
    mediaType: 'text/html',
    body: `<!doctype html><html lang="fr-CA"><title>Courtier</title><p>${sentence}</p></html>`,
  }),
};
