import { type Activity, ActivityTypes } from 'botbuilder';
import { z } from 'zod';
import { newId } from '../../core/id.ts';
import type { ConversationReference } from '../../core/ports/conversations.ts';
import { effectId } from '../../core/routing/effect.ts';
import { cleanLine } from '../../core/text/intake.ts';
import type { ConversationKind, Person } from '../../core/turn.ts';
import { isMentioned } from './mentions.ts';
import { boundedJson, isRecord, recordsOf } from './shape.ts';

const word = z
  .string()
  .min(1)
  .max(400)
  .regex(/^\P{Cc}*$/u);
/** What is only shown or compared: left out when it is not what it should be. */
const text = z.string().nullish().catch(undefined);
const name = z
  .unknown()
  .transform((given) => (typeof given === 'string' ? cleanLine(given) : undefined))
  .optional();
const records = z
  .unknown()
  .transform((given) => (Array.isArray(given) ? recordsOf(given) : undefined))
  .optional();
/** Left out when it is empty or no text: who acts, or from where, is then not known. */
const known = z.preprocess(
  (given) => (typeof given === 'string' && given !== '' ? given : undefined),
  word.optional(),
);
const identified = z.preprocess(
  (given) => (isRecord(given) ? given : undefined),
  z.looseObject({ id: known }).optional(),
);
const account = z.looseObject({ id: word, name, aadObjectId: known, role: text });

/** The parts of a Bot Framework activity that are relied on; the rest passes untouched, but for its depth. */
export const IncomingActivity = z.preprocess(
  (body) => boundedJson(body),
  z.looseObject({
    type: word,
    id: word.nullish().catch(undefined),
    channelId: word,
    serviceUrl: z.url().max(400),
    from: account,
    recipient: account,
    conversation: z.looseObject({
      id: word,
      conversationType: z.enum(['personal', 'groupChat', 'channel']).nullish().catch(undefined),
      tenantId: known,
      name,
    }),
    text,
    textFormat: text,
    locale: text,
    action: text,
    name: word.nullish().catch(undefined),
    replyToId: word.nullish().catch(undefined),
    entities: records,
    attachments: records,
    membersAdded: records,
    membersRemoved: records,
    channelData: z.preprocess(
      (given) => (isRecord(given) ? given : undefined),
      z
        .looseObject({
          tenant: identified,
          team: identified,
          channel: identified,
          eventType: text,
        })
        .optional(),
    ),
  }),
);
export type IncomingActivity = z.infer<typeof IncomingActivity>;

/** Every tenant that the activity claims to come from. */
export function tenantsOf(activity: {
  conversation: { tenantId?: string | null | undefined };
  channelData?: Activity['channelData'];
}): string[] {
  return [activity.conversation.tenantId, activity.channelData?.tenant?.id].filter(
    (id) => typeof id === 'string',
  );
}

/** Whether a bot acts, the assistant itself too: its id begins with « 28: », whether its role is told or not. */
export const isFromBot = ({ from }: Activity): boolean => from.role === 'bot' || from.id.startsWith('28:');

/** Who acts; undefined for a bot, a connector or anyone whom Entra does not know. */
export function personOf(activity: Activity): Person | undefined {
  const tenantId = tenantsOf(activity)[0];
  const objectId = activity.from?.aadObjectId;
  if (!tenantId || !objectId || isFromBot(activity)) return undefined;
  return {
    tenantId: tenantId.toLowerCase(),
    objectId: objectId.toLowerCase(),
    name: activity.from.name ?? '',
  };
}

const KINDS: Record<string, ConversationKind> = {
  personal: 'personal',
  groupChat: 'group',
  channel: 'channel',
};

/** What kind of conversation it is; its id says so when its type is not told. */
function kindOf({ id, conversationType, isGroup }: Activity['conversation']): ConversationKind | undefined {
  if (conversationType) return KINDS[conversationType];
  const thread = withoutThread(id);
  if (/@thread\.(?:tacv2|skype)$/.test(thread)) return 'channel';
  return isGroup || thread.endsWith('@thread.v2') ? 'group' : 'personal';
}

/** The conversation, without the thread of a channel: rights and references belong to the channel. */
export function referenceOf(activity: Activity): ConversationReference | undefined {
  const tenantId = tenantsOf(activity)[0];
  const kind = kindOf(activity.conversation);
  if (!tenantId || !kind) return undefined;
  const teamId = activity.channelData?.team?.id;
  const personId = kind === 'personal' ? activity.from?.aadObjectId : undefined;
  return {
    id: withoutThread(activity.conversation.id),
    kind,
    tenantId: tenantId.toLowerCase(),
    serviceUrl: activity.serviceUrl,
    botId: activity.recipient.id,
    botName: activity.recipient.name ?? 'Courtier',
    ...(teamId ? { teamId } : {}),
    ...(activity.conversation.name ? { name: activity.conversation.name } : {}),
    ...(personId ? { personId: personId.toLowerCase() } : {}),
  };
}

/**
 * What identifies an event. Teams may deliver one again under another id, some thirty seconds later, but not with
 * another local time and other words.
 */
export function occurrenceOf(activity: Activity): string {
  const { id, type, name, text, value, replyToId, conversation, from, localTimestamp } = activity;
  const event = localTimestamp
    ? [
        new Date(localTimestamp).toJSON() ?? String(localTimestamp),
        replyToId ?? null,
        text ?? null,
        value ?? null,
      ]
    : (id ?? newId());
  return effectId(conversation.id, from.id, type, name ?? null, event);
}

export const withoutThread = (conversationId: string): string =>
  conversationId.split(';')[0] ?? conversationId;

/** In a channel or a group chat the assistant speaks when it is mentioned; in a personal chat, always. */
export function isAddressed(activity: Activity): boolean {
  if (activity.type !== ActivityTypes.Message || kindOf(activity.conversation) === 'personal') return true;
  return isMentioned(activity);
}
