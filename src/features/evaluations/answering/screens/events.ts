import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageAt, pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { ActionTurn, MessageTurn } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import { PAGE } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import { type EvaluationServices, todayOf } from '../../screens/services.ts';
import type { Forms } from '../rules/form.ts';
import type { ContractEvent } from '../store/events.ts';
import { eventText } from './memory.ts';

function eventsCard(
  contract: { readonly id: string; readonly title: string; readonly supplierName: string },
  events: readonly ContractEvent[],
  page: number,
  today: string,
  { groups }: Forms,
  notice = '',
): Card {
  const paged = pageOf(events, page, PAGE);
  const criteria = groups.flatMap((group) => group.criteria);
  const titles = new Map(criteria.map(({ id, title }) => [id, title]));
  return {
    template: 'evaluations/events',
    summary: notice || `${count(events.length, 'événement')} noté${events.length < 2 ? '' : 's'}.`,
    view: {
      contract: contract.id,
      name: `${escapeMarkdown(contract.title)} · ${escapeMarkdown(contract.supplierName)}`,
      ...noticeView(notice),
      today,
      empty: events.length === 0,
      events: paged.items.map((event) => ({
        contract: contract.id,
        event: event.id,
        text: eventText(event),
        about: titles.get(event.criterion ?? '') ?? '',
        precise: titles.has(event.criterion ?? ''),
        by: `Noté par ${escapeMarkdown(event.by)}`,
      })),
      criteria: [
        { title: 'Le contrat en général', value: 'all' },
        ...criteria.map(({ id, title }) => ({ title, value: id })),
      ],
      ...pagingRow(paged, 'événements'),
    },
  };
}

/** A person's contracts, to choose the one that an event is about. */
const chooseCard = (
  contracts: readonly { readonly id: string; readonly title: string; readonly supplierName: string }[],
  total: number,
  page: number,
): Card => ({
  template: 'evaluations/choose',
  summary: 'Sur quel contrat ?',
  view: {
    none: total === 0,
    contracts: contracts.map(({ id, title, supplierName }) => ({
      contract: id,
      name: escapeMarkdown(title),
      supplier: escapeMarkdown(supplierName),
    })),
    ...pagingRow(pageAt(contracts, page, total, PAGE), 'contrats'),
  },
});

const eventsOf = async (
  { person }: ActionTurn,
  { contract, page = 1 }: { readonly contract: string; readonly page?: number },
  services: EvaluationServices,
  notice: string,
): Promise<Card> => {
  const { contracts, evaluations } = services;
  const row = await contracts.find(contract, person);
  const noted = await evaluations.events(contract, person);
  return eventsCard(row, noted, page, todayOf(services), services.forms, notice);
};

async function contractsOf(
  person: PersonKey,
  page: number,
  { contracts }: EvaluationServices,
): Promise<Card> {
  const { rows, total } = await contracts.page(person, page, PAGE);
  return chooseCard(
    rows.map(({ contract }) => contract),
    total,
    page,
  );
}

export async function openEvents(turn: MessageTurn, services: EvaluationServices): Promise<void> {
  await turn.reply(await contractsOf(turn.person, 1, services));
}

export const choose = action(
  'evaluations.choose',
  schema.Page,
  draws(({ person }, { page }, services: EvaluationServices) => contractsOf(person, page, services)),
);

export const listEvents = action('evaluations.events', schema.Events, draws(eventsOf));

export const note = creating(
  'evaluations.note',
  {
    noun: ['événement', 'événements'],
    person: 200,
    body: 1_500,
    tenant: 30_000,
    why: 'A contract keeps two hundred in all: a year of one, noted in a day.',
  },
  schema.Event,
  redraws(
    ({ person, effect }, { contract, criterion, ...event }, { evaluations, forms }) => {
      const known = forms.groups.some(({ criteria }) => criteria.some(({ id }) => id === criterion));
      return evaluations.note(person, contract, { ...event, criterion: known ? criterion : null }, effect);
    },
    eventsOf,
    'L’événement est noté. Il sera rappelé à l’évaluation.',
  ),
);

export const dropEvent = action(
  'evaluations.dropEvent',
  schema.DropEvent,
  redraws(
    ({ person }, { contract, event }, { evaluations }) => evaluations.dropEvent(person, contract, event),
    eventsOf,
    'L’événement est retiré.',
  ),
);
