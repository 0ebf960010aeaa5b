import { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { pageOf } from '../../../../core/cards/paging.ts';
import { draws } from '../../../../core/cards/redraw.ts';
import type { Clock } from '../../../../core/clock.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Documents } from '../../../../core/ports/documents.ts';
import { readParts } from '../../../../core/process/parts.ts';
import { EXCEL } from '../../../../core/routes/pages.ts';
import { action } from '../../../../core/routes/turns.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { ActionTurn, MessageTurn } from '../../../../core/turn.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import type { Comments } from '../../../contracts/index.ts';
import type { Links, PageLinks, People, PersonKey } from '../../../people/index.ts';
import type { Forms } from '../../answering/rules/form.ts';
import { resultSheets } from '../../answering/screens/documents.ts';
import { linkCard } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import { enough, type ScoredYear } from '../store/result-scores.ts';
import type { Results } from '../store/results.ts';
import * as cards from './cards.ts';
import { COMMENTS, commentsCard } from './comment-cards.ts';

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

export const nameOf = async (supplier: string, { catalogue }: Pick<ResultServices, 'catalogue'>) =>
  (await catalogue.current()).supplier(supplier)?.supplier.name ?? supplier;

/** Administrators see also what fewer than three bodies said. */
export const entitled = (person: PersonKey, { people }: ResultServices): Promise<boolean> =>
  people.may(person, 'admin');

async function list(person: PersonKey, wanted: number, services: ResultServices) {
  const { results, catalogue } = services;
  const all = await entitled(person, services);
  const [suppliers, view] = await Promise.all([results.evaluatedSuppliers(), catalogue.current()]);
  const named = suppliers.map((supplier) => ({
    supplier,
    name: view.supplier(supplier)?.supplier.name ?? supplier,
  }));
  named.sort((a, b) => a.name.localeCompare(b.name, 'fr'));
  const page = pageOf(named, wanted, cards.PAGE);
  const shown = page.items.map(({ supplier }) => supplier);
  const bySupplier = Map.groupBy(await results.overallResults(shown, all), ({ supplier }) => supplier);
  const items = page.items.map((each) => ({ ...each, results: bySupplier.get(each.supplier) ?? [] }));
  return cards.suppliersCard({ ...page, items }, all);
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
export async function resultsOf(
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
      complained: await comments.howManyComplaints(supplier, year),
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
async function heldBack(standing: ScoredYear, { results }: ResultServices): Promise<number> {
  const [all, told] = await Promise.all([
    results.commented(standing, true),
    results.commented(standing, false),
  ]);
  const sum = (rows: readonly { readonly n: number }[]) => rows.reduce((total, { n }) => total + n, 0);
  return sum(all) - sum(told.filter(enough));
}

/** The criteria of a year on which enough bodies wrote something. */
export async function readable(standing: ScoredYear, all: boolean, { results }: ResultServices) {
  const rows = await results.commented(standing, all);
  return rows.filter((row) => all || enough(row)).map(({ criterion }) => criterion);
}

/** A page of what was written on a supplier, as far as somebody may read it. */
export async function commentsOf(
  { person }: Pick<ActionTurn, 'person'>,
  { page: wanted, ...standing }: ScoredYear & { readonly page: number },
  services: ResultServices,
  notice: string,
): Promise<Card> {
  const { results, forms } = services;
  const all = await entitled(person, services);
  const criteria = await readable(standing, all, services);
  const { rows, page, total } = await results.commentsPage(standing, criteria, wanted, COMMENTS, all);
  const name = await nameOf(standing.supplier, services);
  return commentsCard(standing, name, rows, total, page, forms, notice);
}

export const showComments = action('evaluations.resultComments', schema.Comments, draws(commentsOf), 'staff');

export const exportResults = action(
  'evaluations.export',
  schema.Nothing,
  async (turn, _input, services: ResultServices) => {
    const { tenantId, objectId } = turn.person;
    const url = await services.links.issue('evaluationResults', { tenantId, objectId });
    await turn.reply(linkCard('Le classeur des résultats est prêt', 'Télécharger (.xlsx)', url));
    turn.notify('Le lien est ci-dessous.');
  },
  'staff',
);

/** Each has some years of some fifteen criteria. */
const SUPPLIERS_AT_ONCE = 20;

const Whose = z.strictObject({ tenantId: z.string(), objectId: z.string() });

export async function downloadResults(subject: unknown, services: ResultServices) {
  const person = Whose.parse(subject);
  // Whoever asked for it, as they are now.
  if (!(await services.people.may(person, 'staff'))) throw notFound();
  const all = await entitled(person, services);
  const { results, forms, documents, clock } = services;
  const [suppliers, view] = await Promise.all([results.evaluatedSuppliers(), services.catalogue.current()]);
  const named = (supplier: string) => view.supplier(supplier)?.supplier.name ?? supplier;
  const opinions = (await results.overallResults(suppliers, all)).map((row) => ({
    ...row,
    name: named(row.supplier),
  }));
  const rows = readParts(
    suppliers,
    async (some) => {
      const found = await results.resultsOfSuppliers(some, all);
      return some.map((supplier) => ({ name: named(supplier), results: found.get(supplier) ?? [] }));
    },
    SUPPLIERS_AT_ONCE,
  );
  const today = brokerDate(clock.now());
  return {
    fileName: `resultats-evaluations_${today}.xlsx`,
    mediaType: EXCEL,
    body: (gone?: AbortSignal) =>
      documents.workbook(
        resultSheets(opinions, rows, forms, all, [
          'Résultats des évaluations des fournisseurs',
          `En date du ${frenchDate(today)}. ${all ? 'Tout est montré, à l’usage des administrateurs.' : 'Ce que moins de trois organismes ont dit n’est pas montré.'}`,
        ]),
        gone,
      ),
  };
}
