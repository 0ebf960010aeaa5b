import type { Card } from '../../../core/card.ts';
import { noticeView } from '../../../core/cards/notice-view.ts';
import { pagingRow } from '../../../core/cards/paging.ts';
import { draws } from '../../../core/cards/redraw.ts';
import { action } from '../../../core/routes/turns.ts';
import { capital, count, escapeMarkdown } from '../../../core/text/text.ts';
import type { MessageTurn } from '../../../core/turn.ts';
import type { PersonKey } from '../../people/index.ts';
import { EVERYTHING, type Filter, ORDERS, WHOSE } from '../rules/filter.ts';
import type { Item } from '../rules/standing.ts';
import type { Listed } from '../store/reading.ts';
import * as schema from './schema.ts';
import type { OfficeServices } from './services.ts';
import { dayText, holderText, ORDER_NAMES, WHOSE_NAMES } from './texts.ts';

const PAGE = 5;

/** A line of what waits, which opens it. */
export const rowOf = (item: Item, me: PersonKey | undefined) => ({
  wait: `${item.kind}/${item.id}`,
  label: item.title,
  title: escapeMarkdown(item.title),
  text: escapeMarkdown(item.text),
  hasText: item.text !== '',
  who: escapeMarkdown([item.person, item.body ?? ''].filter(Boolean).join(' · ')),
  known: item.person !== '' || item.body !== undefined,
  state: escapeMarkdown([dayText(item), holderText(item, me)].join(' · ')),
  color: item.late && !item.until ? 'Attention' : 'Default',
});

/** « 12 choses attendent : 3 à vous, 5 à personne, 2 dates passées. » */
function countsText({ all, mine, nobody, late, later }: Listed['counts']): string {
  if (all === 0 && later === 0) return '';
  const parts = [
    `${mine.toLocaleString('fr-CA')} à vous`,
    `${nobody.toLocaleString('fr-CA')} à personne`,
    count(late, 'date passée', 'dates passées'),
    ...(later > 0 ? [`${count(later, 'remise', 'remises')} à plus tard`] : []),
  ];
  return `${count(all, 'chose attend', 'choses attendent')} : ${parts.join(', ')}.`;
}

function listCard(
  listed: Listed,
  filter: Filter,
  me: PersonKey,
  { house }: OfficeServices,
  notice: string,
): Card {
  const heading = WHOSE_NAMES[filter.whose];
  const kind = house.waits().find((each) => each.kind === filter.genre);
  const narrowed = [kind ? capital(kind.noun[1]) : '', filter.late ? 'Date passée' : ''].filter(Boolean);
  return {
    template: 'office/list',
    summary: notice || countsText(listed.counts) || 'Rien n’attend l’équipe.',
    view: {
      heading: [heading, ...narrowed].join(' · '),
      ...noticeView(notice),
      counts: countsText(listed.counts),
      counted: countsText(listed.counts) !== '',
      empty: listed.total === 0,
      seen: schema.filterWord(filter),
      page: listed.page,
      rows: listed.items.map((item) => rowOf(item, me)),
      whose: filter.whose,
      late: String(filter.late),
      genre: filter.genre,
      order: filter.order,
      choices: WHOSE.map((value) => ({ title: WHOSE_NAMES[value], value })),
      genres: [
        { title: 'Tous les genres', value: '' },
        ...house.waits().map((each) => ({ title: capital(each.noun[1]), value: each.kind })),
      ],
      orders: ORDERS.map((value) => ({ title: ORDER_NAMES[value], value })),
      ...pagingRow(listed, 'choses'),
    },
  };
}

/** The list of what waits, as somebody wants to see it. */
export async function listFor(
  me: PersonKey,
  filter: Filter,
  page: number,
  services: OfficeServices,
  notice = '',
): Promise<Card> {
  return listCard(await services.office.list(me, filter, page, PAGE), filter, me, services, notice);
}

/** `à traiter`: all that waits for the staff. */
export async function openList(turn: MessageTurn, services: OfficeServices): Promise<void> {
  await turn.reply(await listFor(turn.person, EVERYTHING, 1, services));
}

export const showList = action(
  'office.list',
  schema.List,
  draws((turn, { page, filter }, services: OfficeServices) => listFor(turn.person, filter, page, services)),
  'staff',
);
