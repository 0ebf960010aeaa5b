import type { Card } from '../../../../core/card.ts';
import { dueText, pastText } from '../../../../core/due.ts';
import { type AgendaItem, action } from '../../../../core/feature.ts';
import { type OwnQuestion, takesOwn } from '../../../../core/own-things.ts';
import { pageAt, pagingRow } from '../../../../core/paging.ts';
import { draws } from '../../../../core/redraw.ts';
import { count, escapeMarkdown } from '../../../../core/text.ts';
import type { MessageTurn, Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import { closingDue } from '../../campaigns/rules/schedule.ts';
import type { CampaignState } from '../../campaigns/rules/states.ts';
import { channelCardOf } from '../../campaigns/screens/channel.ts';
import { noticed, PAGE, STATES } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import { type EvaluationServices, todayOf } from '../../screens/services.ts';
import type { Evaluation } from '../../tables.ts';
import { readOwnEvaluations } from '../rules/asking.ts';

interface Mine {
  readonly evaluation: Evaluation;
  readonly title: string;
  readonly supplier: string;
  readonly campaign: CampaignState;
}

function standingOf({ evaluation: { state, closesOn }, campaign }: Mine, today: string): string {
  if (state !== 'open') return STATES[state];
  if (campaign === 'closed') return 'Fermée sans réponse';
  return closesOn < today
    ? pastText(closingDue(closesOn))
    : `${STATES.open} · ${dueText(closingDue(closesOn))}`;
}

function listCard(
  rows: readonly Mine[],
  total: number,
  page: number,
  today: string,
  joined: boolean,
  notice = '',
): Card {
  return {
    template: 'evaluations/list',
    summary: notice || `${count(total, 'évaluation')}.`,
    view: {
      ...noticed(notice),
      empty: total === 0,
      unjoined: !joined,
      evaluations: rows.map((row) => ({
        evaluation: row.evaluation.id,
        title: escapeMarkdown(row.title),
        facts: `${escapeMarkdown(row.supplier)} · ${standingOf(row, today)}`,
      })),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'évaluations'),
    },
  };
}

/** A page of what a person has to evaluate. */
export async function myEvaluations(
  person: PersonKey,
  page: number,
  services: EvaluationServices,
  notice = '',
): Promise<Card> {
  const { rows, total } = await services.evaluations.evaluationsPage(person, page, PAGE);
  const joined = total > 0 || (await services.belonging.bodyOf(person)) !== undefined;
  return listCard(rows, total, page, todayOf(services), joined, notice);
}

export async function openMine(turn: MessageTurn, services: EvaluationServices): Promise<void> {
  await turn.reply(
    turn.conversation.kind === 'channel'
      ? await channelCardOf(turn, services)
      : await myEvaluations(turn.person, 1, services),
  );
}

/** What was asked of one's evaluations in words. */
export const ask = takesOwn(
  readOwnEvaluations,
  async (turn: MessageTurn, _asked: OwnQuestion, services: EvaluationServices) => {
    await turn.reply(await myEvaluations(turn.person, 1, services));
    return true;
  },
);

/** How many evaluations are looked into. */
const MOST = 50;

/** The evaluations that somebody has still to answer. */
export async function agenda(
  person: Person,
  services: Pick<EvaluationServices, 'evaluations' | 'clock'>,
): Promise<AgendaItem[]> {
  const today = todayOf(services);
  const { rows } = await services.evaluations.evaluationsPage(person, 1, MOST);
  return rows
    .filter(({ evaluation, campaign }) => evaluation.state === 'open' && campaign === 'open')
    .map((row) => ({
      on: closingDue(row.evaluation.closesOn).on,
      what: `Évaluer ${row.supplier} (${row.title})`,
      when: standingOf(row, today),
      ask: 'mes évaluations',
    }));
}

export const showMine = action(
  'evaluations.list',
  schema.Page,
  draws(({ person }, { page }, services: EvaluationServices) => myEvaluations(person, page, services)),
);
