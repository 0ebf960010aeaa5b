import { z } from 'zod';
import { frenchDate } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Sheet } from '../../../../core/ports/documents.ts';
import { mapParts } from '../../../../core/process/parts.ts';
import { type Download, EXCEL } from '../../../../core/routes/pages.ts';
import { quarterText } from '../../duties/rules/quarters.ts';
import type { ContractServices } from '../../screens/services.ts';
import { dollars } from '../../screens/staff-files.ts';
import type { QuarterContract, QuarterSupplier } from '../store/quarter.ts';
import { meantQuarter } from './quarter.ts';

const OfQuarter = z.strictObject({ tenantId: z.string(), objectId: z.string(), quarter: z.iso.date() });

const MONEY = { width: 18, kind: 'money', total: true } as const;
/** No quarter has contracts with more suppliers. */
const EVERY_SUPPLIER = 5_000;

function supplierSheet(rows: readonly QuarterSupplier[], heading: string[]): Sheet {
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
    rows: rows.map(({ name, bodies, contracts, silent, invoices, paidCents, feeCents }) => [
      name,
      bodies,
      contracts,
      silent,
      invoices,
      paidCents / 100,
      dollars(feeCents),
      '',
      '',
    ]),
  };
}

const contractSheet = (rows: AsyncIterable<readonly QuarterContract[]>, heading: string[]): Sheet => ({
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
  rows: mapParts(rows, ({ supplierName, body, number, title, invoices, paidCents, feeCents }) => [
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
  const suppliers = await contracts.quarterBySupplier(quarter, feePercent, 1, EVERY_SUPPLIER);
  const heading = [
    `Trimestre du ${quarterText(quarter)}`,
    `Ce que Courtier connaît en date du ${frenchDate(contracts.today())}. Une acquisition est une facture payée (guide, section 4.3).`,
  ];
  return {
    fileName: `rapport-trimestriel_${quarter.start}_au_${quarter.end}.xlsx`,
    mediaType: EXCEL,
    body: (gone) =>
      documents.workbook(
        [
          supplierSheet(suppliers.items, heading),
          contractSheet(contracts.quarterParts(quarter, feePercent), heading),
        ],
        gone,
      ),
  };
}
