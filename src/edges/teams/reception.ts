import { type Activity, ActivityTypes } from 'botbuilder';
import { z } from 'zod';
import type { Answer } from '../../core/ports/inbox.ts';
import { effectOfPress, FORM_KEY } from '../../core/routing/effect.ts';
import { occurrenceOf, personOf, referenceOf } from './activity.ts';

/** Two presses of a form that are further apart than that are two requests for its card, which may have changed. */
const ONE_PRESS_MS = 120_000;

const FormValue = z.looseObject({
  action: z.looseObject({ verb: z.string(), data: z.looseObject({ [FORM_KEY]: z.uuid() }) }),
});

const CardAnswer = z.looseObject({
  body: z.looseObject({ type: z.literal('application/vnd.microsoft.card.adaptive') }),
});

/**
 * Under which key an activity is worked on once, and as long as what stands its answer. A form is known by its drawing
 * and its content: two presses at once are one. A form that was refused may be sent again as it was.
 */
export function receptionOf(activity: Activity): {
  readonly key: string;
  readonly stands: (answer: Answer, ageMs: number) => boolean;
} {
  const occurrence = occurrenceOf(activity);
  const person = personOf(activity);
  const conversation = referenceOf(activity);
  const form = activity.type === ActivityTypes.Invoke ? FormValue.safeParse(activity.value).data : undefined;
  if (!person || !conversation || !form) return { key: occurrence, stands: () => true };
  const { verb, data } = form.action;
  return {
    key: effectOfPress({
      person,
      conversationId: conversation.id,
      cardActivityId: activity.replyToId,
      verb,
      data,
      occurrence,
    }),
    stands: (answer, ageMs) => ageMs < ONE_PRESS_MS && CardAnswer.safeParse(answer).success,
  };
}
