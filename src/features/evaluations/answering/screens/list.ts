import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageAt, pagingRow } from '../../../../core/cards/paging.ts';
import { draws } from '../../../../core/cards/redraw.ts';
import { type OwnQuestion, takesOwn } from '../../../../core/people/own-things.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { AgendaItem } from '../../../../core/routes/waiting.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { MessageTurn, Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import { closingDue } from '../../campaigns/rules/schedule.ts';
import { channelCardOf } from '../../campaigns/screens/channel.ts';
import { isAwaited } from '../../rules/standing.ts';
import { LIST_PAGE } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { EvaluationServices } from '../../screens/services.ts';
import { readOwnEvaluations } from '../rules/asking.ts';
import type { Listed } from '../store/listing.ts';

function listCard(rows: readonly Listed[], total: number, page: number, joined: boolean, notice = ''): Card {
  const first = rows.find(({ standing }) => isAwaited(standing));
  return {
    template: 'evaluations/list',
    summary: notice || `${count(total, 'évaluation')}.`,
    view: {
      ...noticeView(notice),
      empty: total === 0,
      unjoined: !joined,
      evaluations: rows.map(({ evaluation, title, supplier, standing }) => ({
        evaluation: evaluation.id,
        title: escapeMarkdown(title),
        facts: `${escapeMarkdown(supplier)} · ${escapeMarkdown(standing.sentence)}`,
      })),
      first: first?.evaluation.id ?? '',
      firstTitle: first ? `Évaluer : ${first.title}` : '',
      waiting: first !== undefined,
      ...pagingRow(pageAt(rows, page, total, LIST_PAGE), 'évaluations'),
    },
  };
}

/** A page of what a person has to evaluate. */
export async function myEvaluations(
  person: PersonKey,
  wanted: number,
  services: EvaluationServices,
  notice = '',
): Promise<Card> {
  const { rows, page, total } = await services.evaluations.evaluationsPage(person, wanted, LIST_PAGE);
  const joined = total > 0 || (await services.belonging.bodyOf(person)) !== undefined;
  return listCard(rows, total, page, joined, notice);
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
  services: Pick<EvaluationServices, 'evaluations'>,
): Promise<AgendaItem[]> {
  const { rows } = await services.evaluations.evaluationsPage(person, 1, MOST);
  return rows
    .filter(({ standing }) => isAwaited(standing))
    .map(({ evaluation, title, supplier, standing }) => ({
      on: closingDue(evaluation.closesOn).on,
      what: `Évaluer ${supplier} (${title})`,
      when: standing.sentence,
      ask: 'mes évaluations',
    }));
}

export const showMine = action(
  'evaluations.list',
  schema.Page,
  draws(({ person }, { page }, services: EvaluationServices) => myEvaluations(person, page, services)),
);
