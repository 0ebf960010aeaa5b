import type { Activity, ConversationParameters } from 'botbuilder';
import type { BotFrameworkAuthentication } from 'botframework-connector';
import { z } from 'zod';
import type { Content } from '../../core/card.ts';
import { DeliveryError } from '../../core/errors.ts';
import type { Messenger } from '../../core/messenger.ts';
import type { ConversationReference, Conversations, Roster } from '../../core/ports/conversations.ts';
import { cleanLine } from '../../core/text/intake.ts';
import { typeset } from '../../core/text/text.ts';
import { buildConnectors } from './connectors.ts';
import { deliveryError } from './failures.ts';
import type { Render } from './render.ts';

/** The SDK's type demands a continuation even of the first page. */
type MembersPage = { pageSize: number; continuationToken: string };

/** An outgoing activity for a text or a card. */
export function activityFor(content: Content, render: Render): Partial<Activity> {
  if (typeof content === 'string') return { type: 'message', text: typeset(content), textFormat: 'markdown' };
  return {
    type: 'message',
    summary: typeset(content.summary),
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: render(content) }],
    ...(content.feedback ? { channelData: { feedbackLoop: { type: 'default' } } } : {}),
  };
}

/** A conversation that Teams does not know any more is forgotten; a message that somebody deleted is not one. */
const forgetIfGone =
  (conversations: Pick<Conversations, 'forget'>, conversationId: string) =>
  async (error: unknown): Promise<never> => {
    if (error instanceof DeliveryError && error.reason === 'gone')
      await conversations.forget(conversationId).catch(() => {});
    throw error;
  };

const addressed = (
  activity: Partial<Activity>,
  { id, botId: from, botName, tenantId, kind }: ConversationReference,
): Partial<Activity> => ({
  ...activity,
  from: { id: from, name: botName },
  conversation: {
    id,
    tenantId,
    isGroup: kind !== 'personal',
    conversationType: kind === 'group' ? 'groupChat' : kind,
    name: '',
  },
  channelId: 'msteams',
});

/** The address that Teams gives with a member of a conversation, which its types do not know. */
const Addressed = z.object({ email: z.string().catch(''), userPrincipalName: z.string().catch('') });

/** Somebody's address, by which Teams opens a chat with them, and what follows its @. */
function addressOf(member: object) {
  const { email, userPrincipalName } = Addressed.parse(member);
  const address = cleanLine(userPrincipalName || email || '', 320);
  const domain = cleanLine((email || userPrincipalName || '').split('@')[1] ?? '', 200).toLowerCase();
  return domain ? { domain, address } : {};
}

/** Speaking first, and reading rosters, in conversations whose reference is known. One attempt a call. */
export function buildMessenger(
  authentication: BotFrameworkAuthentication,
  botId: string | undefined,
  conversations: Conversations,
  render: Render,
): Messenger & Roster {
  const { clientFor, calling } = buildConnectors(authentication, botId);

  async function referenceOf(conversationId: string): Promise<ConversationReference> {
    const reference = await conversations.find(conversationId).catch((cause: unknown) => {
      throw new DeliveryError('retry', 'unavailable', { cause });
    });
    if (!reference) throw new DeliveryError('unreachable', 'notInstalled');
    return reference;
  }

  return {
    send: (to, content) =>
      calling(to, async (client) => {
        const activity = addressed(activityFor(content, render), to);
        const sent = await client.conversations.sendToConversation(to.id, activity as Activity);
        if (!sent.id) throw new DeliveryError('unknown', 'noAnswer');
        return sent.id;
      }).catch(forgetIfGone(conversations, to.id)),

    update: (to, activityId, content) =>
      calling(to, async (client) => {
        const activity = { ...addressed(activityFor(content, render), to), id: activityId };
        await client.conversations.updateActivity(to.id, activityId, activity as Activity);
      }),

    remove: (to, activityId) =>
      calling(to, async (client) => {
        await client.conversations.deleteActivity(to.id, activityId);
      }),

    async reopen(reference) {
      const { botId: id, botName: name, tenantId, personId } = reference;
      if (!personId) throw new DeliveryError('unreachable', 'gone');
      try {
        const client = await clientFor(reference);
        const opened = await client.conversations.createConversation({
          bot: { id, name },
          isGroup: false,
          members: [{ id: personId }],
          tenantId,
          channelData: { tenant: { id: tenantId } },
        } as ConversationParameters);
        if (!opened.id) throw new DeliveryError('unknown', 'noAnswer');
        // The address stays ours: an answer does not decide where our token goes.
        const known = { ...reference, id: opened.id };
        await conversations.remember(known);
        return known;
      } catch (cause) {
        throw deliveryError(cause);
      }
    },

    async page(conversationId, continuation) {
      const reference = await referenceOf(conversationId);
      const page = await calling(reference, (client) =>
        client.conversations.getConversationPagedMembers(conversationId, {
          pageSize: 200,
          ...(continuation && { continuationToken: continuation }),
        } as MembersPage),
      ).catch(forgetIfGone(conversations, conversationId));
      const people = page.members.flatMap((member) => {
        const objectId = member.aadObjectId ?? (member as { objectId?: string }).objectId;
        return objectId
          ? [
              {
                tenantId: reference.tenantId,
                objectId: objectId.toLowerCase(),
                name: cleanLine(member.name ?? ''),
                ...addressOf(member),
              },
            ]
          : [];
      });
      return { people, next: page.continuationToken || undefined };
    },
  };
}
