import type { Activity } from 'botbuilder';
import { FORM_KEY } from '../../core/routing/effect.ts';
import { cleanText } from '../../core/text/intake.ts';
import type { DroppedFile, MessageTurn, Turn } from '../../core/turn.ts';
import { writtenText } from './mentions.ts';
import { isRecord, recordsOf } from './shape.ts';

const LONGEST_TEXT = 4_000;
/** Neither the message's own HTML, nor a card, a quotation or an announcement of Teams. */
const FILE_TYPE =
  /^(?:audio|video|reference|text\/(?!html)|application\/(?!vnd\.microsoft\.)|application\/vnd\.microsoft\.teams\.file)/;

/** What a person wrote, with the files and the pictures that came along. */
export function messageTurnOf(turn: Turn, activity: Activity, files: readonly DroppedFile[]): MessageTurn {
  const text = cleanText(writtenText(activity))
    .replace(/[^\S\n]/g, ' ')
    .trim()
    .slice(0, LONGEST_TEXT);
  return { ...turn, text, argument: '', files, unread: unreadOf(activity, text) };
}

/** What came along besides files to fetch: Teams sends a picture as one, or inside the message's HTML only. */
function unreadOf({ attachments }: Activity, text: string): MessageTurn['unread'] {
  const kinds = recordsOf(attachments).map(({ contentType, content }) => ({
    type: String(contentType ?? '').toLowerCase(),
    content,
  }));
  if (kinds.some(({ type }) => FILE_TYPE.test(type))) return 'file';
  const isPicture = ({ type, content }: (typeof kinds)[number]) =>
    type.startsWith('image') ||
    (text === '' && type === 'text/html' && typeof content === 'string' && /<img\b/i.test(content));
  return kinds.some(isPicture) ? 'picture' : undefined;
}

/**
 * Whether a message is no more than the echo of a form: some clients post what was submitted, as data or as JSON text,
 * beside the submission itself.
 */
export function isFormEcho(activity: Activity): boolean {
  const submitted = activity.value !== undefined && activity.value !== null;
  const text = writtenText(activity).trim();
  if (text === '') return submitted && recordsOf(activity.attachments).length === 0;
  if (!text.startsWith('{')) return false;
  return submitted || isSubmission(text, Boolean(activity.replyToId));
}

/** JSON that answers a card, or that says by its keys that it comes from one. */
function isSubmission(text: string, isReply: boolean): boolean {
  try {
    const said: unknown = JSON.parse(text);
    return isRecord(said) && (isReply || ['verb', 'action', 'msteams', FORM_KEY].some((key) => key in said));
  } catch {
    return false;
  }
}
