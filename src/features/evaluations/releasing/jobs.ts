import { z } from 'zod';
import { CourtierError } from '../../../core/errors.ts';
import { Id } from '../../../core/id.ts';
import { job } from '../../../core/routes/jobs.ts';
import { type NoticeRules, teamNotice } from '../../../core/routes/notices.ts';
import { GONE } from '../../../core/rows/retention.ts';
import { summaryOf } from '../answering/screens/documents.ts';
import type { ResultServices } from '../results/screens/actions.ts';
import { sheetOf } from '../results/screens/sheets.ts';
import type { OrderedSheet } from './rules/sheets.ts';
import { orderCardOf, type SheetServices } from './screens/actions.ts';
import { orderCard } from './screens/cards.ts';
import * as schema from './screens/schema.ts';
import { RELEASE_SHEETS, type SheetOrder } from './store/orders.ts';

type JobServices = SheetServices & ResultServices;

const WITHDRAWN = 'Quelqu’un l’a retirée entre-temps.';
const OTHER = 'Quelqu’un en a transmis une autre entre-temps.';
const NOT_STAFF = 'La personne qui l’a demandée n’est plus de l’équipe, ni celle qui l’a approuvée.';

/** In whose name an order is carried out: whoever asked, or approved; undefined where neither is of the staff any more. */
async function doerOf(row: SheetOrder, { people }: ResultServices) {
  const { tenantId, objectId, name, reviewerTenant, reviewerId, reviewerName } = row;
  for (const person of [
    { tenantId, objectId, name },
    { tenantId: reviewerTenant, objectId: reviewerId, name: reviewerName },
  ])
    if (person.objectId !== '' && (await people.may(person, 'staff')))
      return { ...person, name: person.name || GONE };
  return undefined;
}

/** Releases one sheet; why it could not be. Released already, it is not released again. */
async function releaseOne(
  row: SheetOrder,
  { supplier, year, seen }: OrderedSheet,
  services: JobServices,
): Promise<string | undefined> {
  const doer = await doerOf(row, services);
  if (!doer) return NOT_STAFF;
  const standing = { supplier, year };
  try {
    const { kind, release } = await services.results.releaseResults(
      doer,
      standing,
      (told) => sheetOf(standing, told, row.summary, services),
      seen,
      ({ document }) => summaryOf(document) === row.summary,
    );
    if (kind === 'done') return undefined;
    return release.active ? OTHER : WITHDRAWN;
  } catch (error) {
    if (error instanceof CourtierError && error.kind === 'refused') return error.message;
    throw error;
  }
}

/** Releases the sheets of an order, one after the other: stopped, it goes on where it was. */
export const releaseSheets = job(
  RELEASE_SHEETS,
  z.strictObject({ order: Id }),
  async ({ order }, services: JobServices) => {
    for (;;) {
      const next = await services.sheetOrders.nextSheet(order);
      if (!next) return;
      const why = await releaseOne(next.row, next.sheet, services);
      if (!(await services.sheetOrders.treated(order, next.row.done, why))) return;
    }
  },
);

const rules: Omit<NoticeRules, 'kind'> = { policy: 'surely', hours: 'any', pausable: false, priority: 1 };

export const notices = [
  /** The staff's channel: sheets that a second person is to approve, as they stand. */
  teamNotice(
    { kind: 'evaluations.sheetsApproval', ...rules },
    schema.OfSheets,
    ({ sheets }, _recipient, services: JobServices) => orderCardOf(sheets, services),
  ),
  /** Whoever asked for them: what somebody else decided; nothing once it is past. */
  teamNotice(
    { kind: 'evaluations.sheetsDecision', ...rules },
    schema.SheetsDecision,
    async ({ sheets, revision }, _recipient, { sheetOrders }: JobServices) => {
      const row = await sheetOrders.findOrder(sheets);
      return row.state === 'returned' && row.revision === revision ? orderCard(row, true) : undefined;
    },
  ),
  /** The same, once they are released: the receipt. */
  teamNotice(
    { kind: 'evaluations.sheetsDone', ...rules },
    schema.OfSheets,
    async ({ sheets }, _recipient, { sheetOrders }: JobServices) =>
      orderCard(await sheetOrders.findOrder(sheets), true),
  ),
];
