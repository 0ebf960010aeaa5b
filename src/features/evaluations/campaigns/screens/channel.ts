import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { redraws } from '../../../../core/cards/redraw.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Conversations } from '../../../../core/ports/conversations.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import { action } from '../../../../core/routes/turns.ts';
import { sendInPrivate } from '../../../../core/routing/in-private.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { Conversation, Turn } from '../../../../core/turn.ts';
import * as schema from '../../screens/schema.ts';
import type { EvaluationServices } from '../../screens/services.ts';
import type { Waiting } from '../store/channels.ts';

type ChannelServices = EvaluationServices & {
  readonly db: Db;
  readonly deliveries: Deliveries;
  readonly conversations: Conversations;
};

/** In a channel, where nobody turns pages. */
const MOST_WAITING = 10;

/** In a channel: what the body has still to answer. No person is named. */
export function channelCard(designated: boolean, waiting: readonly Waiting[], notice = ''): Card {
  const rest = waiting.length - MOST_WAITING;
  return {
    template: 'evaluations/channel',
    summary: notice || 'Les rappels d’évaluation de votre organisation.',
    view: {
      ...noticeView(notice),
      designated,
      undesignated: !designated,
      none: designated && waiting.length === 0,
      waiting: waiting.slice(0, MOST_WAITING).map(({ id, title, supplier, sentence }) => ({
        evaluation: id,
        title: escapeMarkdown(title),
        facts: `${escapeMarkdown(supplier)} · ${escapeMarkdown(sentence)}`,
      })),
      rest: `Et ${count(rest, 'autre')}.`,
      more: rest > 0,
    },
  };
}

/** In a channel: whether the reminders come there, and what waits; nobody is named. */
export async function channelCardOf(
  { conversation }: Pick<Turn, 'conversation'>,
  { evaluationChannels: channels }: Pick<EvaluationServices, 'evaluationChannels'>,
  notice = '',
): Promise<Card> {
  const designated = (await channels.bodyOf(conversation.id)) !== undefined;
  return channelCard(designated, await channels.waiting(conversation.id), notice);
}

const draw = (turn: Turn, _input: unknown, services: EvaluationServices, word: string): Promise<Card> =>
  channelCardOf(turn, services, word);

function onlyChannel({ conversation }: Turn): Conversation {
  if (conversation.kind !== 'channel') throw notFound();
  return conversation;
}

export const designate = action(
  'evaluations.designate',
  schema.Nothing,
  redraws(
    (turn, _input, { evaluationChannels }) => evaluationChannels.designate(turn.person, onlyChannel(turn)),
    draw,
    'Les rappels de votre organisation viendront ici.',
  ),
);

export const stopChannel = action(
  'evaluations.stopChannel',
  schema.Nothing,
  redraws(
    (turn, _input, { evaluationChannels }) => evaluationChannels.stop(turn.person, onlyChannel(turn)),
    draw,
    'Les rappels ne viendront plus ici.',
  ),
);

/** An evaluation that waits in a channel opens in the personal chat of whoever presses it, and nothing of it there. */
export const toMe = action(
  'evaluations.toMe',
  schema.Reference,
  async (turn, { evaluation }, services: ChannelServices) => {
    await services.evaluations.evaluationSeenBy(evaluation, turn.person);
    const about = `evaluation:${evaluation}:opened`;
    const opened = { kind: 'evaluations.opened', about, subject: { evaluation } };
    await sendInPrivate(turn, opened, services, 'l’évaluation s’ouvrira');
    turn.notify('L’évaluation s’ouvre dans votre conversation personnelle avec Courtier.');
  },
);
