import type { Card } from '../../../../core/card.ts';
import { type Page, pagingRow } from '../../../../core/cards/paging.ts';
import { draws } from '../../../../core/cards/redraw.ts';
import { action } from '../../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import { PAGE } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import { CLOSINGS, type Closing } from '../rules.ts';
import type { SupplierComplaints } from '../store/report.ts';
import { supplierOf } from './actions.ts';

/** Why complaints were closed: one, and several. */
const ENDED: Record<Closing, readonly [one: string, several: string]> = {
  settled: ['réglée', 'réglées'],
  explained: ['expliquée', 'expliquées'],
  referred: ['transmise à qui peut agir', 'transmises à qui peut agir'],
  withdrawn: ['retirée par la personne', 'retirées par la personne'],
  double: ['suivie dans un autre message', 'suivies dans un autre message'],
};

/** « 2 ouvertes ; 3 fermées : 2 réglées, 1 retirée par la personne ». */
function becameText({ open, closed }: SupplierComplaints): string {
  const ended = CLOSINGS.filter((reason) => closed[reason] > 0);
  const opened = count(open, 'ouverte');
  if (ended.length === 0) return opened;
  const total = ended.reduce((sum, reason) => sum + closed[reason], 0);
  const why = ended.map((reason) => count(closed[reason], ...ENDED[reason]));
  return `${opened} ; ${count(total, 'fermée')} : ${why.join(', ')}`;
}

async function reportCard(year: number, wanted: number, services: ContractServices): Promise<Card> {
  const page: Page<SupplierComplaints> = await services.comments.complaintsBySupplier(year, wanted, PAGE);
  const rows = [];
  for (const row of page.items) {
    const name = row.supplierId === '' ? 'Aucun fournisseur nommé' : await supplierOf(row, services);
    rows.push({
      supplier: row.supplierId,
      title: escapeMarkdown(`${name} · ${count(row.received, 'plainte')}`),
      state: becameText(row),
    });
  }
  return {
    template: 'contracts/complaints',
    summary: `Plaintes de ${year} : ${count(page.total, 'fournisseur')}.`,
    view: {
      heading: `Plaintes de ${year}, par fournisseur`,
      empty: page.total === 0,
      year,
      rows,
      before: year - 1,
      after: year + 1,
      ...pagingRow(page, 'fournisseurs'),
    },
  };
}

const yearNow = ({ clock }: ContractServices): number => brokerDate(clock.now()).year;

/** `plaintes par fournisseur`. */
export async function openReport(turn: MessageTurn, services: ContractServices): Promise<void> {
  await turn.reply(await reportCard(yearNow(services), 1, services));
}

export const showReport = action(
  'contracts.complaints',
  schema.Complaints,
  draws((_turn, { year, page }, services: ContractServices) =>
    reportCard(year ?? yearNow(services), page, services),
  ),
  'staff',
);
