import type { Card } from '../../../../core/card.ts';
import { pagingRow } from '../../../../core/cards/paging.ts';
import { draws } from '../../../../core/cards/redraw.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { action } from '../../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import { PAGE } from '../../screens/parts.ts';
import type { ContractServices } from '../../screens/services.ts';
import { EVERY_CONTRACT, type RegisterFilter } from '../rules/filter.ts';
import type { LateDuty } from '../store/lateness.ts';
import { filterForm } from './list.ts';
import * as schema from './schema.ts';
import { daysLate } from './texts.ts';

const MOST_NAMED = 3;

const whoText = (names: readonly string[]): string => {
  const rest = names.length - MOST_NAMED;
  const shown = names.slice(0, MOST_NAMED).join(', ');
  if (shown === '') return 'Personne ne reçoit les rappels de ce contrat';
  return `Rappels à ${shown}${rest > 0 ? ` et à ${count(rest, 'autre')}` : ''}`;
};

const rowOf = ({ contract, body, title, dueOn, people }: LateDuty, today: Temporal.PlainDate) => ({
  contract: contract.id,
  label: title,
  title: escapeMarkdown(title),
  who: escapeMarkdown(
    `${body ?? 'Sans organisme'} · ${contract.supplierName} · contrat nº ${contract.number}`,
  ),
  state: `Attendu au plus tard le ${frenchDay(dueOn)}, ${daysLate(dueOn, today)}`,
  people: escapeMarkdown(whoText(people)),
});

/** What is late of all bodies, and who is reminded of it. Nothing is sent from here. */
async function lateCard(filter: RegisterFilter, wanted: number, services: ContractServices): Promise<Card> {
  const { contracts } = services;
  const page = await contracts.latePage(filter, wanted, PAGE);
  const form = await filterForm(filter, services);
  return {
    template: 'contracts/late',
    summary: `${count(page.total, 'obligation')} en retard.`,
    view: {
      ...form,
      none: 'Rien n’est en retard ici. Les autres filtres montrent peut-être ce qui l’est ailleurs.',
      narrowed: escapeMarkdown(form.narrowed),
      isNarrowed: form.narrowed !== '',
      heading: `${count(page.total, 'obligation')} en retard`,
      empty: page.total === 0,
      rows: page.items.map((row) => rowOf(row, contracts.today())),
      ...pagingRow(page, 'obligations'),
    },
  };
}

/** `obligations en retard`, all of them. */
export async function openLate(turn: MessageTurn, services: ContractServices): Promise<void> {
  await turn.reply(await lateCard(EVERY_CONTRACT, 1, services));
}

export const showLate = action(
  'contracts.late',
  schema.List,
  draws((_turn, { page, filter }, services: ContractServices) => lateCard(filter, page, services)),
  'staff',
);
