import { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { pagingRow } from '../../../../core/cards/paging.ts';
import { draws } from '../../../../core/cards/redraw.ts';
import { action } from '../../../../core/routes/turns.ts';
import { frenchMoney } from '../../../../core/text/money.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import { type Quarter, quarterOf, quarterText } from '../../duties/rules/quarters.ts';
import { PAGE } from '../../screens/parts.ts';
import type { ContractServices } from '../../screens/services.ts';
import { giveFile } from '../../screens/staff-files.ts';
import { lastQuarter, quarterBeside } from '../rules/filter.ts';
import type { QuarterSupplier, QuarterTotals } from '../store/quarter.ts';
import * as schema from './schema.ts';

/** The quarter of a day; the one that was over last, where none is said. */
export const Quarterly = z.object({
  page: z.int().min(1).max(10_000).default(1),
  quarter: z.iso
    .date()
    .refine((text) => text >= '2000' && text < '2100')
    .optional()
    .catch(undefined),
});

export const meantQuarter = (
  text: string | undefined,
  { contracts }: Pick<ContractServices, 'contracts'>,
): Quarter =>
  text === undefined ? lastQuarter(contracts.today()) : quarterOf(Temporal.PlainDate.from(text));

const paidText = ({ invoices, paidCents, feeCents }: QuarterTotals): string =>
  `${count(invoices, 'facture payée', 'factures payées')}, ${frenchMoney(paidCents)}${feeCents === undefined ? '' : `, frais de ${frenchMoney(feeCents)}`}`;

const silentText = (silent: number): string =>
  silent === 0 ? '' : `${count(silent, 'contrat')} sans facture notée`;

const rowOf = (row: QuarterSupplier) => ({
  seen: schema.filterWord({ supplier: row.supplier }),
  label: row.name,
  title: escapeMarkdown(row.name),
  text: `${count(row.contracts, 'contrat')}, ${count(row.bodies, 'organisme')} : ${paidText(row)}`,
  silent: silentText(row.silent),
  isSilent: row.silent > 0,
});

async function quarterCard(quarter: Quarter, wanted: number, services: ContractServices): Promise<Card> {
  const { contracts, feePercent } = services;
  const page = await contracts.quarterBySupplier(quarter, feePercent, wanted, PAGE);
  const { totals } = page;
  return {
    template: 'contracts/quarter',
    summary: `Trimestre du ${quarterText(quarter)} : ${frenchMoney(totals.paidCents)}.`,
    view: {
      heading: `Trimestre du ${quarterText(quarter)}`,
      quarter: quarter.start.toString(),
      before: quarterBeside(quarter, 'before').start.toString(),
      after: quarterBeside(quarter, 'after').start.toString(),
      totals: `${count(totals.contracts, 'contrat')} : ${paidText(totals)}.`,
      silent: totals.silent > 0 ? `${silentText(totals.silent)}.` : '',
      isSilent: totals.silent > 0,
      rateless: feePercent === undefined,
      empty: page.total === 0,
      rows: page.items.map(rowOf),
      ...pagingRow(page, 'fournisseurs'),
    },
  };
}

/** `rapport du trimestre`: of the quarter that was over last. */
export async function openQuarter(turn: MessageTurn, services: ContractServices): Promise<void> {
  await turn.reply(await quarterCard(meantQuarter(undefined, services), 1, services));
}

export const showQuarter = action(
  'contracts.quarter',
  Quarterly,
  draws((_turn, { page, quarter }, services: ContractServices) =>
    quarterCard(meantQuarter(quarter, services), page, services),
  ),
  'staff',
);

export const exportQuarter = action(
  'contracts.exportQuarter',
  Quarterly,
  (turn, { quarter }, services: ContractServices) => {
    const { start } = meantQuarter(quarter, services);
    const about = { quarter: start.toString() };
    return giveFile(turn, services, { kind: 'contractQuarter', what: 'Le rapport du trimestre', about });
  },
  'staff',
);
