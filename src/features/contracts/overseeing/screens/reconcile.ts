import { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { type Download, EXCEL } from '../../../../core/routes/pages.ts';
import { frenchMoney } from '../../../../core/text/money.ts';
import { count, escapeMarkdown, ofName } from '../../../../core/text/text.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import { type Quarter, quarterText } from '../../duties/rules/quarters.ts';
import type { ContractServices } from '../../screens/services.ts';
import { dollars } from '../../screens/staff-files.ts';
import { type Compared, type Reconciled, reconcile, type Verdict } from '../rules/reconciling.ts';
import { readReport } from '../rules/report.ts';
import { meantQuarter } from './quarter.ts';
import { fileWord } from './texts.ts';

const SHOWN = 6;
const SHOWN_PROBLEMS = 5;

/** A report of a supplier says so in its name. */
export const isReport = (name: string): boolean =>
  /\.(?:csv|xlsx)$/i.test(name) && /rapport|trimestr/i.test(name);

const VERDICTS: Readonly<Record<Verdict, string>> = {
  different: 'Montants différents',
  unreported: 'Absent du rapport',
  unknown: 'Inconnu de Courtier',
  same: 'Pareil',
};

const money = (cents: number | undefined): string => (cents === undefined ? 'rien' : frenchMoney(cents));

const titleOf = ({ number, body, title }: Compared): string =>
  [number === undefined ? '' : `Contrat nº ${number}`, body, title].filter(Boolean).join(' · ');

function countsText(rows: readonly Compared[]): string {
  const of = (verdict: Verdict) => rows.filter((row) => row.verdict === verdict).length;
  return [
    count(of('same'), 'ligne pareille', 'lignes pareilles'),
    count(of('different'), 'montant différent', 'montants différents'),
    count(of('unreported'), 'absente du rapport', 'absentes du rapport'),
    count(of('unknown'), 'inconnue de Courtier', 'inconnues de Courtier'),
  ].join(', ');
}

function reconciledCard(
  { suppliers, rows, knownCents, reportedCents }: Reconciled,
  problems: readonly string[],
  quarter: Quarter,
  url: string,
): Card {
  const apart = rows.filter(({ verdict }) => verdict !== 'same');
  return {
    template: 'contracts/reconciled',
    summary: `Rapport ${ofName(suppliers.join(', '))} : ${countsText(rows)}.`,
    view: {
      heading: escapeMarkdown(`Rapport ${ofName(suppliers.join(', '))}`),
      quarter: `Trimestre du ${quarterText(quarter)}`,
      counts: `${countsText(rows)}.`,
      sums: `Rapporté : ${frenchMoney(reportedCents)}. Connu de Courtier : ${frenchMoney(knownCents)}.`,
      alike: apart.length === 0 && problems.length === 0,
      rows: apart.slice(0, SHOWN).map((row) => ({
        title: escapeMarkdown(titleOf(row)),
        text: `${VERDICTS[row.verdict]} : rapporté ${money(row.reportedCents)}, connu ${money(row.knownCents)}`,
      })),
      more:
        apart.length > SHOWN ? `Et ${count(apart.length - SHOWN, 'autre')} : le fichier les a toutes.` : '',
      hasMore: apart.length > SHOWN,
      problems: problems.slice(0, SHOWN_PROBLEMS).map((line) => ({ line: escapeMarkdown(line) })),
      problem: problems.length > 0,
      problemCount: `${count(problems.length, 'ligne n’a pu être lue', 'lignes n’ont pu être lues')} :`,
      url,
    },
  };
}

const ROWS = z.array(
  z.object({
    verdict: z.enum(['same', 'different', 'unknown', 'unreported']),
    number: z.number().optional(),
    title: z.string(),
    body: z.string(),
    supplierName: z.string(),
    knownCents: z.number().optional(),
    reportedCents: z.number().optional(),
  }),
);
const Compare = z.strictObject({
  tenantId: z.string(),
  objectId: z.string(),
  quarter: z.iso.date(),
  suppliers: z.array(z.string()),
  rows: ROWS,
});

const UNREADABLE =
  'Ce fichier n’a pas les colonnes d’un rapport : il lui faut « Montant », avec « Nº » (le numéro du contrat dans Courtier) ou « Organisme ». Le bouton « Exporter » de « rapport du trimestre » en donne un modèle.';
const WHOSE =
  'De quel fournisseur est ce rapport ? Écrivez son nom à côté du fichier, ou ajoutez une colonne « Fournisseur », puis déposez-le de nouveau.';

/** A supplier's report, dropped in the chat: laid beside what Courtier knows of the same quarter. Nothing is written. */
export async function reportDropped(turn: MessageTurn, services: ContractServices): Promise<void> {
  const [file, ...others] = turn.files;
  if (!file || others.length > 0)
    throw new CourtierError('refused', 'Déposez un seul rapport à la fois : chacun a ses différences.');
  const { contracts, documents, feePercent, links } = services;
  const read = readReport(await documents.read(file.name, await file.read()));
  if (!read) throw new CourtierError('invalid', UNREADABLE);
  await contracts.spendReport(turn.person);
  const beside = `${turn.text} ${file.name}`;
  const quarter = meantQuarter(/\b20\d\d-[01]\d-[0-3]\d\b/.exec(beside.replaceAll('_', ' '))?.[0], services);
  const found = reconcile(read.lines, await contracts.quarterContracts(quarter, feePercent), beside);
  if (!found) throw new CourtierError('refused', WHOSE);
  const { tenantId, objectId } = turn.person;
  const { suppliers, rows } = found;
  const subject = { tenantId, objectId, quarter: quarter.start.toString(), suppliers, rows };
  const url = await links.issue('contractReport', subject);
  await turn.reply(reconciledCard(found, read.problems, quarter, url));
}

/** All the lines of a comparison, for whoever dropped the report. */
export async function downloadReport(subject: unknown, services: ContractServices): Promise<Download> {
  const { suppliers, rows, quarter: start, ...person } = Compare.parse(subject);
  if (!(await services.people.may(person, 'staff'))) throw notFound();
  const quarter = meantQuarter(start, services);
  const money = { width: 18, kind: 'money', total: true } as const;
  return {
    fileName: `differences_${fileWord(suppliers.join('-')).slice(0, 60)}_${quarter.start}.xlsx`,
    mediaType: EXCEL,
    body: await services.documents.workbook([
      {
        name: 'Différences',
        heading: [`Rapport ${ofName(suppliers.join(', '))}`, `Trimestre du ${quarterText(quarter)}`],
        columns: [
          { title: 'Résultat', width: 24 },
          { title: 'Fournisseur', width: 26 },
          { title: 'Organisme', width: 32 },
          { title: 'Nº', width: 8 },
          { title: 'Contrat', width: 34 },
          { title: 'Montant rapporté', ...money },
          { title: 'Connu de Courtier', ...money },
          { title: 'Écart', ...money },
        ],
        rows: rows.map((row) => [
          VERDICTS[row.verdict],
          row.supplierName,
          row.body,
          row.number ?? '',
          row.title,
          dollars(row.reportedCents),
          dollars(row.knownCents),
          dollars((row.reportedCents ?? 0) - (row.knownCents ?? 0)),
        ]),
      },
    ]),
  };
}
