import type { Activity, TurnContext } from 'botbuilder';
import type { Card, Content } from '../../core/card.ts';
import { within } from '../../core/process/within.ts';
import { effectId, effectOfPress } from '../../core/routing/effect.ts';
import { typeset } from '../../core/text/text.ts';
import type { ActionTurn, Person, Turn } from '../../core/turn.ts';
import { occurrenceOf, referenceOf } from './activity.ts';
import { deliveryError } from './failures.ts';
import { activityFor } from './messenger.ts';
import type { Render } from './render.ts';

const SECOND_ATTEMPT_MS = 400;
/** How long a form may take to come back beside the answer: Teams waits for that one. */
const PATIENCE_MS = 3_000;

/** What an Execute button receives for an answer. */
export interface CardResponse {
  readonly statusCode: 200;
  readonly type: 'application/vnd.microsoft.card.adaptive' | 'application/vnd.microsoft.activity.message';
  readonly value: object | string;
}

/** The turn of whoever acted, in the conversation where they did. Undefined when it tells no conversation of ours. */
export function turnOf(context: TurnContext, person: Person, render: Render): Turn | undefined {
  const conversation = referenceOf(context.activity);
  if (!conversation) return undefined;
  const { id, kind, tenantId, teamId, name } = conversation;
  return {
    person,
    conversation: { id, kind, tenantId, ...(teamId ? { teamId } : {}), ...(name ? { name } : {}) },
    effect: effectId(occurrenceOf(context.activity)),
    reply: (content: Content) => send(context, activityFor(content, render)),
    revise: async (activityId, content) =>
      void (await context.updateActivity({ ...activityFor(content, render), id: activityId })),
  };
}

/** Posts in the turn's conversation; a second time, a moment later, only when the first surely was not accepted. */
async function send(context: TurnContext, activity: Partial<Activity>): Promise<string> {
  const attempt = async () => (await context.sendActivity(activity))?.id ?? '';
  try {
    return await attempt();
  } catch (first) {
    const error = deliveryError(first);
    if (error.outcome !== 'retry' || (error.retryAfterSeconds ?? 0) > 5) throw error;
    await new Promise((done) =>
      setTimeout(done, (error.retryAfterSeconds ?? 0) * 1_000 || SECOND_ATTEMPT_MS),
    );
    return attempt().catch((second: unknown) => {
      throw deliveryError(second);
    });
  }
}

/** The turn of a pressed button, and what to answer once its handler has run. */
export function actionTurnOf(
  turn: Turn,
  activity: Activity,
  { verb, data }: { readonly verb?: unknown; readonly data?: unknown },
  render: Render,
): { turn: ActionTurn; response(): Promise<CardResponse> } {
  let card: Card | undefined;
  let word = '';
  return {
    turn: {
      ...turn,
      cardActivityId: activity.replyToId,
      effect: effectOfPress({
        person: turn.person,
        conversationId: turn.conversation.id,
        cardActivityId: activity.replyToId,
        verb,
        data,
        occurrence: occurrenceOf(activity),
      }),
      update: (replacement) => {
        card = replacement;
      },
      notify: (text) => {
        word = text;
      },
    },
    async response() {
      if (!card) return wordOf(word || "C'est fait.");
      if (card.refused && (await comesBack(turn, activity, card))) return wordOf(card.refused.sentence);
      return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: render(card) };
    },
  };
}

const wordOf = (text: string): CardResponse => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: typeset(text),
});

/**
 * Puts a form that was refused back in its place, as it was typed: the answer is then the sentence. Where others read along
 * only whoever pressed sees it, and where it cannot be put back too: it is the answer itself.
 */
async function comesBack(turn: Turn, { replyToId }: Activity, form: Card): Promise<boolean> {
  if (turn.conversation.kind !== 'personal') return false;
  try {
    await within<unknown>(PATIENCE_MS, () => (replyToId ? turn.revise(replyToId, form) : turn.reply(form)));
    return true;
  } catch {
    return false;
  }
}
