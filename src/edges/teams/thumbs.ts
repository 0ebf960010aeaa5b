import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { cleanText } from '../../core/text/intake.ts';
import type { Feedback, Turn } from '../../core/turn.ts';

/** The invoke that Teams sends when somebody presses its own thumbs beside a message. */
export const THUMBS = 'message/submitAction';

const LONGEST = 500;
const Value = z.looseObject({
  actionName: z.literal('feedback'),
  actionValue: z.looseObject({
    reaction: z.enum(['like', 'dislike']),
    feedback: z.unknown().optional(),
  }),
});
const Written = z.looseObject({ feedbackText: z.string() });

/** What somebody thinks of a message of ours; undefined when the invoke says nothing of the kind. */
export function feedbackOf({ person, conversation }: Turn, activity: Activity): Feedback | undefined {
  const value = Value.safeParse(activity.value);
  if (!value.success || !activity.replyToId) return undefined;
  const { reaction, feedback } = value.data.actionValue;
  return { person, conversation, activityId: activity.replyToId, reaction, text: wordsOf(feedback) };
}

/** Teams sends what was written as JSON in a text, other clients as the text itself. */
function wordsOf(feedback: unknown): string {
  const written = typeof feedback === 'string' ? (parsed(feedback) ?? feedback) : feedback;
  const found = Written.safeParse(written);
  const text = found.success ? found.data.feedbackText : typeof written === 'string' ? written : '';
  return cleanText(text).trim().slice(0, LONGEST);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
