import type { Card } from '../../../core/card.ts';
import { comesBack, forgiving } from '../../../core/cards/forgiving.ts';
import { noticeView } from '../../../core/cards/notice-view.ts';
import { pageOf, pagingRow } from '../../../core/cards/paging.ts';
import { draws, redraws } from '../../../core/cards/redraw.ts';
import { frenchDay } from '../../../core/clock.ts';
import { action, creating } from '../../../core/routes/turns.ts';
import { frenchMoney } from '../../../core/text/money.ts';
import { count, escapeMarkdown } from '../../../core/text/text.ts';
import type { ActionTurn } from '../../../core/turn.ts';
import { quarterText } from '../duties/rules/quarters.ts';
import { head, PAGE } from '../screens/parts.ts';
import * as schema from '../screens/schema.ts';
import type { ContractServices, OfContract } from '../screens/services.ts';
import type { Contract } from '../tables.ts';
import { lastFees } from '../texts.ts';
import { feesOf, type QuarterFee } from './rules.ts';
import type { Invoice } from './store.ts';

/** The paid invoices, and the fees of each period. */
function invoicesView(
  contract: Contract,
  invoices: readonly Invoice[],
  fees: readonly QuarterFee[],
  wanted: number,
  today: Temporal.PlainDate,
  notice = '',
): Card {
  const page = pageOf(invoices, wanted, PAGE);
  return {
    template: 'contracts/invoices',
    summary: `${count(invoices.length, 'facture')} notée${invoices.length < 2 ? '' : 's'}.`,
    view: {
      ...head(contract),
      ...noticeView(notice),
      today: today.toString(),
      empty: invoices.length === 0,
      quarters: fees.map(({ quarter, paidCents, feeCents }) => ({
        title: quarterText(quarter),
        value: `${frenchMoney(paidCents)} payés${feeCents === undefined ? '' : `, frais de gestion de ${frenchMoney(feeCents)}`}`,
      })),
      ended: contract.endsOn <= today.toString(),
      lastFees: lastFees(contract),
      rateless: fees.some(({ feeCents }) => feeCents === undefined),
      invoices: page.items.map(({ id, paidOn, amountCents, note }) => ({
        contract: contract.id,
        invoice: id,
        text: `${frenchDay(paidOn)} · ${frenchMoney(amountCents)}${note === '' ? '' : ` · ${escapeMarkdown(note)}`}`,
      })),
      ...pagingRow(page, 'factures'),
    },
  };
}

async function invoicesCard(
  { person }: ActionTurn,
  { contract: id, page = 1 }: OfContract,
  { contracts, feePercent }: ContractServices,
  notice: string,
) {
  const contract = await contracts.find(id, person);
  const paid = await contracts.invoices(id, person);
  return invoicesView(contract, paid, feesOf(paid, feePercent), page, contracts.today(), notice);
}

export const showInvoices = action('contracts.invoices', schema.ContractPage, draws(invoicesCard));

export const addInvoice = forgiving(
  comesBack(schema.Reference, invoicesCard),
  creating(
    'contracts.addInvoice',
    {
      noun: ['facture', 'factures'],
      person: 300,
      body: 2_000,
      tenant: 60_000,
      why: 'A year of monthly invoices of twenty-five contracts, noted in a day by one person.',
    },
    schema.Invoice,
    redraws(
      (turn, { contract, ...invoice }, { contracts }) =>
        contracts.addInvoice(turn.person, contract, invoice, turn.effect),
      invoicesCard,
      'La facture est notée.',
    ),
  ),
);

export const dropInvoice = action(
  'contracts.dropInvoice',
  schema.DropInvoice,
  redraws(
    (turn, { contract, invoice }, { contracts }) => contracts.dropInvoice(turn.person, contract, invoice),
    invoicesCard,
    'La facture est retirée.',
  ),
);
