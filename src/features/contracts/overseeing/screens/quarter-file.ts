import { z } from 'zod';
import { frenchDate } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { type Download, EXCEL } from '../../../../core/feature.ts';
import type { Sheet } from '../../../../core/ports.ts';
import { quarterText } from '../../duties/rules/duties.ts';
import type { ContractServices } from '../../screens/services.ts';
import { dollars } from '../../screens/staff-files.ts';
import type { QuarterContract } from '../store/quarter.ts';
import { meantQuarter } from './quarter.ts';

const OfQuarter = z.strictObject({ tenantId: z.string(), objectId: z.string(), quarter: z.iso.date() });

const MONEY = { width: 18, kind: 'money', total: true } as const;
const sum = (rows: readonly QuarterContract[], of: (row: QuarterContract) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

function supplierSheet(rows: readonly QuarterContract[], heading: string[]): Sheet {
  const bySupplier = Map.groupBy(rows, ({ supplier }) => supplier);
  return {
    name: 'Par fournisseur',
    heading,
    columns: [
      { title: 'Fournisseur', width: 30 },
      { title: 'Organismes', width: 12 },
      { title: 'Contrats', width: 12, total: true },
      { title: 'Contrats sans facture notée', width: 14, total: true },
      { title: 'Factures payées', width: 12, total: true },
      { title: 'Montant payé', ...MONEY },
      { title: 'Frais de gestion', ...MONEY },
      { title: 'Montant rapporté', ...MONEY },
      { title: 'Écart', width: 18, kind: 'money', difference: { of: 7, less: 5 } },
    ],
    rows: [...bySupplier.values()].map((theirs) => [
      theirs[0]?.supplierName ?? '',
      new Set(theirs.map(({ bodyId }) => bodyId)).size,
      theirs.length,
      theirs.filter(({ invoices }) => invoices === 0).length,
      sum(theirs, ({ invoices }) => invoices),
      sum(theirs, ({ paidCents }) => paidCents) / 100,
      theirs[0]?.feeCents === undefined ? '' : sum(theirs, ({ feeCents = 0 }) => feeCents) / 100,
      '',
      '',
    ]),
  };
}

const contractSheet = (rows: readonly QuarterContract[], heading: string[]): Sheet => ({
  name: 'Par contrat',
  heading,
  columns: [
    { title: 'Fournisseur', width: 26 },
    { title: 'Organisme', width: 32 },
    { title: 'Nº', width: 8 },
    { title: 'Contrat', width: 34 },
    { title: 'Factures payées', width: 12, total: true },
    { title: 'Montant payé', ...MONEY },
    { title: 'Frais de gestion', ...MONEY },
    { title: 'Montant rapporté', ...MONEY },
    { title: 'Écart', width: 18, kind: 'money', difference: { of: 7, less: 5 } },
  ],
  rows: rows.map(({ supplierName, body, number, title, invoices, paidCents, feeCents }) => [
    supplierName,
    body ?? '',
    number,
    title,
    invoices,
    paidCents / 100,
    dollars(feeCents),
    '',
    '',
  ]),
});

/** What Courtier knows of a quarter, with a column for what the suppliers report, for whoever asked. */
export async function downloadQuarter(subject: unknown, services: ContractServices): Promise<Download> {
  const { quarter: start, ...person } = OfQuarter.parse(subject);
  if (!(await services.people.may(person, 'staff'))) throw notFound();
  const { contracts, documents, feePercent } = services;
  const quarter = meantQuarter(start, services);
  const rows = await contracts.quarterContracts(quarter, feePercent);
  const heading = [
    `Trimestre du ${quarterText(quarter)}`,
    `Ce que Courtier connaît en date du ${frenchDate(contracts.today())}. Une acquisition est une facture payée (guide, section 4.3).`,
  ];
  return {
    fileName: `rapport-trimestriel_${quarter.start}_au_${quarter.end}.xlsx`,
    mediaType: EXCEL,
    body: await documents.workbook([supplierSheet(rows, heading), contractSheet(rows, heading)]),
  };
}
