import type { Card } from '../../../../core/card.ts';
import { dueText, pastText } from '../../../../core/due.ts';
import { action } from '../../../../core/feature.ts';
import { pageAt, pagingRow } from '../../../../core/paging.ts';
import { draws } from '../../../../core/redraw.ts';
import { count, escapeMarkdown } from '../../../../core/text.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import { closingDue } from '../../campaigns/rules/schedule.ts';
import type { CampaignState } from '../../campaigns/rules/states.ts';
import { channelCardOf } from '../../campaigns/screens/channel.ts';
import { noticed, PAGE, STATES } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import { type EvaluationServices, todayOf } from '../../screens/services.ts';
import type { Evaluation } from '../../tables.ts';

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

function listCard(rows: readonly Mine[], total: number, page: number, today: string, notice = ''): Card {
  return {
    template: 'evaluations/list',
    summary: notice || `${count(total, 'évaluation')}.`,
    view: {
      ...noticed(notice),
      empty: total === 0,
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
  return listCard(rows, total, page, todayOf(services), notice);
}

export async function openMine(turn: MessageTurn, services: EvaluationServices): Promise<void> {
  await turn.reply(
    turn.conversation.kind === 'channel'
      ? await channelCardOf(turn, services)
      : await myEvaluations(turn.person, 1, services),
  );
}

export const showMine = action(
  'evaluations.list',
  schema.Page,
  draws(({ person }, { page }, services: EvaluationServices) => myEvaluations(person, page, services)),
);
