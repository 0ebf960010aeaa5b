import { frenchDate } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Sheet } from '../../../../core/ports/documents.ts';
import { mapParts } from '../../../../core/process/parts.ts';
import { type Download, EXCEL } from '../../../../core/routes/pages.ts';
import { action } from '../../../../core/routes/turns.ts';
import { plainDate } from '../../../../core/time/days.ts';
import type { ContractServices } from '../../screens/services.ts';
import { giveFile } from '../../screens/staff-files.ts';
import type { LateDuty } from '../store/lateness.ts';
import type { RegisterRow } from '../store/register.ts';
import { filterForm } from './list.ts';
import * as schema from './schema.ts';
import { standsText } from './texts.ts';

function registerSheet(
  rows: AsyncIterable<readonly RegisterRow[]>,
  heading: string[],
  today: Temporal.PlainDate,
): Sheet {
  return {
    name: 'Contrats',
    heading,
    columns: [
      { title: 'Nº', width: 8 },
      { title: 'Organisme', width: 32 },
      { title: 'Contrat', width: 34 },
      { title: 'Fournisseur', width: 24 },
      { title: 'Offres', width: 34 },
      { title: 'Signé le', width: 18, kind: 'day' },
      { title: 'Début', width: 18, kind: 'day' },
      { title: 'Fin', width: 18, kind: 'day' },
      { title: 'État', width: 26 },
      { title: 'RCTI', width: 8 },
      { title: 'Montant', width: 18, kind: 'money', total: true },
      { title: 'Factures payées notées', width: 18, kind: 'money', total: true },
      { title: 'Obligations en retard', width: 13, total: true },
    ],
    rows: mapParts(rows, ({ contract, body, lateDuties, paidCents }) => [
      contract.number,
      body ?? '',
      contract.title,
      contract.supplierName,
      contract.offers,
      plainDate(contract.signedOn),
      plainDate(contract.startsOn),
      plainDate(contract.endsOn),
      standsText(contract, today),
      contract.rcti ? 'Oui' : 'Non',
      contract.amountCents / 100,
      paidCents / 100,
      lateDuties,
    ]),
  };
}

const lateSheet = (rows: AsyncIterable<readonly LateDuty[]>, heading: string[]): Sheet => ({
  name: 'Obligations en retard',
  heading,
  columns: [
    { title: 'Nº', width: 8 },
    { title: 'Organisme', width: 32 },
    { title: 'Contrat', width: 34 },
    { title: 'Fournisseur', width: 24 },
    { title: 'Obligation', width: 44 },
    { title: 'Attendue au plus tard le', width: 20, kind: 'day' },
    { title: 'Rappelée à', width: 36 },
  ],
  rows: mapParts(rows, ({ contract, body, title, dueOn, people }) => [
    contract.number,
    body ?? '',
    contract.title,
    contract.supplierName,
    title,
    plainDate(dueOn),
    people.join(', '),
  ]),
});

export const exportRegister = action(
  'contracts.exportRegister',
  schema.List,
  (turn, { filter }, services: ContractServices) =>
    giveFile(turn, services, {
      kind: 'contractRegister',
      what: 'Le registre des contrats',
      about: { filter },
    }),
  'staff',
);

/** The register as a filter shows it when the link is followed, for whoever asked, if they are of the staff still. */
export async function downloadRegister(subject: unknown, services: ContractServices): Promise<Download> {
  const { filter, ...person } = schema.FileOf.parse(subject);
  if (!(await services.people.may(person, 'staff'))) throw notFound();
  const { contracts, documents } = services;
  const today = contracts.today();
  const { narrowed } = await filterForm(filter, services);
  const asOf = `En date du ${frenchDate(today)}. ${narrowed || 'Tous les contrats'}.`;
  return {
    fileName: `registre-contrats_${today}.xlsx`,
    mediaType: EXCEL,
    body: (gone) =>
      documents.workbook(
        [
          registerSheet(contracts.registerParts(filter), ['Registre des contrats', asOf], today),
          lateSheet(contracts.lateParts(filter), ['Obligations en retard', asOf]),
        ],
        gone,
      ),
  };
}
