import { z } from 'zod';
import { frenchDate } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Sheet } from '../../../../core/ports/documents.ts';
import { mapParts } from '../../../../core/process/parts.ts';
import { type Download, EXCEL } from '../../../../core/routes/pages.ts';
import { action } from '../../../../core/routes/turns.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import { giveFile } from '../../screens/staff-files.ts';
import { CLOSING_NAMES, CLOSINGS, COMMENT_NAMES, standingText } from '../rules.ts';
import type { Comment } from '../store/records.ts';
import type { SupplierComplaints } from '../store/report.ts';

const OfYear = z.strictObject({ tenantId: z.string(), objectId: z.string(), year: z.int() });
/** No year has complaints about more suppliers. */
const EVERY_SUPPLIER = 1_000;
const NOBODY = 'Aucun fournisseur nommé';

type Naming = (supplier: string) => string;

const supplierSheet = (rows: readonly SupplierComplaints[], heading: string[], name: Naming): Sheet => ({
  name: 'Par fournisseur',
  heading,
  chart: { title: 'Plaintes reçues, par fournisseur', labels: 0, values: 1 },
  columns: [
    { title: 'Fournisseur', width: 32 },
    { title: 'Plaintes reçues', width: 12, total: true, bar: true },
    { title: 'Ouvertes', width: 12, total: true },
    ...CLOSINGS.map((reason) => ({
      title: `Fermées : ${CLOSING_NAMES[reason].toLowerCase()}`,
      width: 16,
      total: true as const,
    })),
  ],
  rows: rows.map(({ supplierId, received, open, closed }) => [
    name(supplierId),
    received,
    open,
    ...CLOSINGS.map((reason) => closed[reason]),
  ]),
});

/** Each of them without who wrote it, nor their words: those are in the case. */
const eachSheet = (rows: AsyncIterable<readonly Comment[]>, heading: string[], name: Naming): Sheet => ({
  name: 'Plaintes',
  heading,
  columns: [
    { title: 'Nº', width: 8 },
    { title: 'Fournisseur', width: 32 },
    { title: 'Genre', width: 34 },
    { title: 'Reçue le', width: 18, kind: 'day' },
    { title: 'État', width: 34 },
    { title: 'Fermée le', width: 18, kind: 'day' },
  ],
  rows: mapParts(rows, (row) => [
    row.number,
    name(row.supplierId),
    COMMENT_NAMES[row.kind],
    brokerDate(row.createdAt),
    standingText(row),
    row.closedAt ? brokerDate(row.closedAt) : '',
  ]),
});

export const exportReport = action(
  'contracts.exportComplaints',
  schema.Complaints,
  (turn, { year }, services: ContractServices) => {
    const about = { year: year ?? brokerDate(services.clock.now()).year };
    return giveFile(turn, services, { kind: 'contractComplaints', what: 'Le rapport des plaintes', about });
  },
  'staff',
);

/** The complaints of a year by supplier, for whoever asked, if they are of the staff still. */
export async function downloadComplaints(subject: unknown, services: ContractServices): Promise<Download> {
  const { year, ...person } = OfYear.parse(subject);
  if (!(await services.people.may(person, 'staff'))) throw notFound();
  const { catalogue, comments, contracts, documents } = services;
  const current = await catalogue.current();
  const name: Naming = (id) => (id === '' ? NOBODY : (current.supplier(id)?.supplier.name ?? id));
  const { items } = await comments.complaintsBySupplier(year, 1, EVERY_SUPPLIER);
  const heading = [`Plaintes de ${year}, par fournisseur`, `En date du ${frenchDate(contracts.today())}.`];
  return {
    fileName: `plaintes-fournisseurs_${year}.xlsx`,
    mediaType: EXCEL,
    body: (gone) =>
      documents.workbook(
        [
          supplierSheet(items, heading, name),
          eachSheet(comments.complaintsIn(year), [`Plaintes de ${year}`, heading[1] ?? ''], name),
        ],
        gone,
      ),
  };
}
