import type { Card } from '../../../../core/card.ts';
import { pagingRow } from '../../../../core/cards/paging.ts';
import { draws } from '../../../../core/cards/redraw.ts';
import { action } from '../../../../core/routes/turns.ts';
import { frenchMoney } from '../../../../core/text/money.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import { quarterOf } from '../../duties/rules/quarters.ts';
import { standingOf } from '../../duties/screens/standing.ts';
import { PAGE } from '../../screens/parts.ts';
import type { ContractServices } from '../../screens/services.ts';
import {
  CONTRACT_STATES,
  DATED,
  EVERY_CONTRACT,
  quarterBeside,
  REGISTER_ORDERS,
  type RegisterFilter,
} from '../rules/filter.ts';
import type { Registered } from '../store/overview.ts';
import * as schema from './schema.ts';
import { DATED_NAMES, filterText, ORDER_NAMES, periodText, standsText, stateNames } from './texts.ts';

const NO_BODY = 'Sans organisme';
const YEARS_BACK = 5;
const YEARS_AHEAD = 3;
const QUARTERS_BACK = 6;

/** The periods to choose from: years around this one, and the quarters of the last ones and the next. */
function periods(today: Temporal.PlainDate, chosen: string) {
  const years = Array.from({ length: YEARS_BACK + YEARS_AHEAD + 1 }, (_, at) =>
    String(today.year + YEARS_AHEAD - at),
  );
  const quarters = [quarterBeside(quarterOf(today), 'after')];
  while (quarters.length < QUARTERS_BACK) {
    const last = quarters.at(-1);
    if (last) quarters.push(quarterBeside(last, 'before'));
  }
  const values = [...years, ...quarters.map(({ start }) => start.toString())];
  return [
    { title: 'Peu importe', value: '' },
    ...[...values, ...(chosen === '' || values.includes(chosen) ? [] : [chosen])].map((value) => ({
      title: periodText(value),
      value,
    })),
  ];
}

/** What the forms that narrow the contracts show: the filter, and what there is to choose. */
export async function filterForm(filter: RegisterFilter, services: ContractServices) {
  const { contracts } = services;
  const suppliers = await contracts.contractSuppliers();
  const names = stateNames(contracts.rules.exitMonths);
  const body = (await services.organizations.namesOf(filter.body === '' ? [] : [filter.body])).get(
    filter.body,
  );
  const supplier = suppliers.find(({ id }) => id === filter.supplier)?.name ?? '';
  return {
    ...filter,
    late: String(filter.late),
    seen: schema.filterWord(filter),
    narrowed: filterText(filter, {
      exitMonths: contracts.rules.exitMonths,
      supplier,
      body: body ?? '',
    }),
    suppliers: [
      { title: 'Tous les fournisseurs', value: '' },
      ...suppliers.map(({ id, name }) => ({ title: name, value: id })),
    ],
    states: CONTRACT_STATES.map((value) => ({ title: names[value], value })),
    dates: DATED.map((value) => ({ title: DATED_NAMES[value], value })),
    periods: periods(contracts.today(), filter.period),
    orders: REGISTER_ORDERS.map((value) => ({ title: ORDER_NAMES[value], value })),
  };
}

function rowOf(row: Registered, { contracts }: Pick<ContractServices, 'contracts'>) {
  const { contract } = row;
  const late = standingOf(row, contracts).filter(({ state }) => state === 'late').length;
  return {
    contract: contract.id,
    label: `Contrat nº ${contract.number}`,
    title: escapeMarkdown(`Nº ${contract.number} · ${contract.title}`),
    who: escapeMarkdown(`${row.body ?? NO_BODY} · ${contract.supplierName}`),
    state: `${standsText(contract, contracts.today())} · ${frenchMoney(contract.amountCents)}`,
    late: late > 0 ? `${count(late, 'obligation')} en retard` : '',
    isLate: late > 0,
  };
}

/** The register of contracts, as somebody wants to see it. */
export async function registerCard(
  filter: RegisterFilter,
  wanted: number,
  services: ContractServices,
): Promise<Card> {
  const { contracts } = services;
  const page = await contracts.register(filter, wanted, PAGE);
  const { totals } = page;
  const form = await filterForm(filter, services);
  const sum = `${count(totals.contracts, 'contrat')}, ${frenchMoney(totals.amountCents)}`;
  const late =
    totals.late > 0 ? `, ${totals.late.toLocaleString('fr-CA')} avec une obligation en retard` : '';
  return {
    template: 'contracts/register',
    summary: `Registre des contrats : ${sum}.`,
    view: {
      ...form,
      lateTitle: 'Seulement avec une obligation en retard',
      lateDuties: 'Obligations en retard',
      narrowed: escapeMarkdown(form.narrowed),
      isNarrowed: form.narrowed !== '',
      totals: `${sum}${late}.`,
      empty: totals.contracts === 0,
      rows: page.items.map((row) => rowOf(row, services)),
      ...pagingRow(page, 'contrats'),
    },
  };
}

/** `registre des contrats`, all of them. */
export async function openRegister(turn: MessageTurn, services: ContractServices): Promise<void> {
  await turn.reply(await registerCard(EVERY_CONTRACT, 1, services));
}

export const showRegister = action(
  'contracts.register',
  schema.List,
  draws((_turn, { page, filter }, services: ContractServices) => registerCard(filter, page, services)),
  'staff',
);
