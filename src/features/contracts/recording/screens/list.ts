import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageAt, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { action } from '../../../../core/routes/turns.ts';
import { count } from '../../../../core/text/text.ts';
import type { MessageTurn, Person } from '../../../../core/turn.ts';
import { standingOf } from '../../duties/screens/standing.ts';
import { head, PAGE } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import type { Contracts } from '../store/contracts.ts';
import type { Followed } from '../store/records.ts';

function listCard(
  rows: readonly Followed[],
  total: number,
  page: number,
  contracts: Pick<Contracts, 'rules' | 'today'>,
  joined: boolean,
  notice = '',
): Card {
  return {
    template: 'contracts/list',
    summary: `${count(total, 'contrat')}.`,
    view: {
      ...noticeView(notice),
      empty: total === 0,
      unjoined: !joined,
      contracts: rows.map((followed) => {
        const late = standingOf(followed, contracts).filter(({ state }) => state === 'late').length;
        return {
          ...head(followed.contract),
          term: `${followed.contract.terminatedOn ? 'Résilié le' : 'Jusqu’au'} ${frenchDay(followed.contract.endsOn)}`,
          late: late > 0 ? `${count(late, 'obligation')} en retard` : '',
          hasLate: late > 0,
        };
      }),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'contrats'),
    },
  };
}

export async function list(
  person: Person,
  page: number,
  { contracts, belonging }: ContractServices,
  notice = '',
): Promise<Card> {
  const { rows, total } = await contracts.page(person, page, PAGE);
  const joined = total > 0 || (await belonging.bodyOf(person)) !== undefined;
  return listCard(rows, total, page, contracts, joined, notice);
}

/** Some contracts among others, as many as a card holds. */
export const contractsListed = (
  rows: readonly Followed[],
  { contracts }: Pick<ContractServices, 'contracts'>,
): Card =>
  listCard(
    rows.slice(0, PAGE),
    Math.min(rows.length, PAGE),
    1,
    contracts,
    true,
    rows.length > PAGE ? `Les ${PAGE} premiers de ${rows.length} ; « mes contrats » les montre tous.` : '',
  );

export async function openList(turn: MessageTurn, services: ContractServices): Promise<void> {
  await turn.reply(await list(turn.person, 1, services));
}

export const showList = action(
  'contracts.list',
  schema.Page,
  async (turn, { page }, services: ContractServices) => turn.update(await list(turn.person, page, services)),
);
