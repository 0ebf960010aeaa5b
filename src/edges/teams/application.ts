import { Application } from '@microsoft/teams-ai';
import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Conversations } from '../../core/ports/conversations.ts';
import type { Afterwards } from '../../core/process/afterwards.ts';
import type { Router } from '../../core/router.ts';
import { isAddressed, isFromBot, personOf, referenceOf, withoutThread } from './activity.ts';
import { droppedFiles, type FileRules } from './files.ts';
import { isFormEcho, messageTurnOf } from './heard.ts';
import type { Render } from './render.ts';
import { boundedJson } from './shape.ts';
import { feedbackOf, THUMBS } from './thumbs.ts';
import { actionTurnOf, turnOf } from './turns.ts';
import { TYPEAHEAD, typeaheadAnswer } from './typeahead.ts';

/** The data of a button; some clients send it as the text of its JSON, or an empty list for none. */
const ExecuteData = z.preprocess(
  (data) => (Array.isArray(data) && data.length === 0 ? {} : typeof data === 'string' ? parsed(data) : data),
  z.record(z.string(), z.unknown()).nullish(),
);

/** The body of an Execute button: the verb and the data that the template wrote, with the inputs merged in. */
const ExecuteValue = z.looseObject({
  action: z.looseObject({ verb: z.string().max(200), data: ExecuteData }),
});

function parsed(text: string): unknown {
  try {
    return boundedJson(JSON.parse(text));
  } catch {
    return text;
  }
}

const UNKNOWN_PERSON =
  'Je ne peux pas vous reconnaître\u00a0: votre compte n’est pas un compte Microsoft Entra de votre organisation.';

/** The Teams side of the router: activities become turns. teams-ai dispatches; nothing of its own AI, state or downloads is used. */
export function buildApplication(
  router: Router,
  conversations: Conversations,
  render: Render,
  fileRules: FileRules,
  afterwards: Afterwards,
): Application {
  const application = new Application({ startTypingTimer: false, removeRecipientMention: false });

  application.activity(ActivityTypes.Message, async (context) => {
    if (!isAddressed(context.activity) || isFormEcho(context.activity)) return;
    const person = personOf(context.activity);
    if (!person) {
      if (!isFromBot(context.activity)) await context.sendActivity(UNKNOWN_PERSON);
      return;
    }
    const turn = turnOf(context, person, render);
    if (!turn) return;
    await router.message(messageTurnOf(turn, context.activity, droppedFiles(context.activity, fileRules)));
    // Read now: the context does not outlive its turn.
    const reference = referenceOf(context.activity);
    if (reference)
      await afterwards.write(`conversation:${reference.id}`, () => conversations.remember(reference));
  });

  application.addRoute(
    async (context) =>
      context.activity.type === ActivityTypes.Invoke && context.activity.name === 'adaptiveCard/action',
    async (context) => {
      const person = personOf(context.activity);
      const turn = person && turnOf(context, person, render);
      const value = ExecuteValue.safeParse(context.activity.value);
      if (!turn)
        return respond(context, {
          statusCode: 200,
          type: 'application/vnd.microsoft.activity.message',
          value: UNKNOWN_PERSON,
        });
      const action = actionTurnOf(turn, context.activity, value.data?.action ?? {}, render);
      await router.action(action.turn, value.data?.action.verb, value.data?.action.data);
      await respond(context, await action.response());
    },
    true,
  );

  application.addRoute(
    async ({ activity }) => activity.type === ActivityTypes.Invoke && activity.name === THUMBS,
    async (context) => {
      const person = personOf(context.activity);
      const turn = person && turnOf(context, person, render);
      const feedback = turn && feedbackOf(turn, context.activity);
      if (feedback) await router.feedback(feedback);
      await respond(context, {});
    },
    true,
  );

  application.addRoute(
    async ({ activity }) => activity.type === ActivityTypes.Invoke && activity.name === TYPEAHEAD,
    async (context) => {
      const known = personOf(context.activity) !== undefined;
      await respond(
        context,
        await typeaheadAnswer(known ? context.activity.value : undefined, router.choices),
      );
    },
    true,
  );

  application.activity(ActivityTypes.InstallationUpdate, async (context) => {
    if (context.activity.action?.startsWith('remove'))
      await conversations.forget(withoutThread(context.activity.conversation.id));
    else await installed(context);
  });

  application.activity(ActivityTypes.ConversationUpdate, async (context) => {
    const { activity } = context;
    const isBot = (member: { id: string }) => member.id === activity.recipient.id;
    if (activity.membersAdded?.some(isBot)) return installed(context);
    if (activity.membersRemoved?.some(isBot))
      return conversations.forget(withoutThread(activity.conversation.id));
    if (activity.channelData?.eventType === 'channelDeleted' && activity.channelData.channel?.id) {
      return conversations.forget(activity.channelData.channel.id);
    }
    if (['teamDeleted', 'teamHardDeleted'].includes(activity.channelData?.eventType)) {
      return conversations.forget(withoutThread(activity.conversation.id));
    }
  });

  async function remember(activity: Activity): Promise<void> {
    const reference = referenceOf(activity);
    if (reference) await conversations.remember(reference);
  }

  async function installed(context: TurnContext): Promise<void> {
    await remember(context.activity);
    const conversation = referenceOf(context.activity);
    if (!conversation) return;
    const nobody = { tenantId: conversation.tenantId, objectId: '', name: '' };
    const turn = turnOf(context, personOf(context.activity) ?? nobody, render);
    if (turn) await router.installed(turn);
  }

  return application;
}

async function respond(context: TurnContext, body: object): Promise<void> {
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } });
}
