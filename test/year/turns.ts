import type { Card } from '../../src/core/card.ts';
import type { ConversationReference } from '../../src/core/ports/conversations.ts';
import { effectId, effectOfPress, FORM_KEY } from '../../src/core/routing/effect.ts';
import { typeset } from '../../src/core/text/text.ts';
import type { ActionTurn, Conversation } from '../../src/core/turn.ts';
import { boundedJson } from '../../src/edges/teams/shape.ts';
import type { Button } from '../support/read-card.ts';
import { effectsSince } from '../support/walk/effects.ts';
import type { Actor } from './cast.ts';
import { draw, type Message, nowOf, type Shown, spoken } from './chats.ts';
import { read } from './history.ts';
import type { House } from './house.ts';
import type { Judging } from './judging.ts';
import type { Processes } from './processes.ts';
import type { Ground } from './world.ts';

/** What a press was answered, as the inbox keeps it for whoever delivers it again. */
interface Answered {
  readonly body?: { readonly type: string; readonly card: Card };
  readonly word: string;
}

interface Saying {
  /** Which process it comes to. */
  readonly to?: number;
  /** How often it is delivered. */
  readonly times?: number;
  readonly conversation?: Conversation;
  readonly files?: Readonly<Record<string, string>>;
}

interface Pressing {
  readonly to?: number;
  /** How often it is delivered at once, to both processes. */
  readonly atOnce?: number;
  /** How often it is delivered again later. */
  readonly again?: number;
  readonly conversation?: Conversation;
}

const CARD = 'application/vnd.microsoft.card.adaptive';
/** Longer than the inbox waits for whoever died. */
const REDELIVERED_AFTER = { seconds: 30 };
const FRESH_MINUTES = 15;
/** How long an answer to a form is given again to whoever presses it again. */
const SAME_FORM_MS = 120_000;

export type Turns = ReturnType<typeof openTurns>;

/** What people do to the assistant, as Teams delivers it: its messages, its presses, its installations. */
export function openTurns(
  ground: Ground,
  { houseFor, inProcess, isSilent, settle }: Processes,
  { see, weigh, throwSurprise }: Judging,
) {
  const { clock, chats, history, figures, drawnAt } = ground;
  let occurrences = 0;
  const say = (who: string, what: string) => history.add({ at: clock.now(), who, what });
  const about = () => ({ trouble: ground.inTrouble(), happening: ground.happening() });

  const turnOf = (house: House, actor: Actor, conversation: Conversation, occurrence: string) => ({
    person: actor.person,
    conversation,
    effect: effectId('turn', occurrence),
    reply: async (content: Parameters<typeof draw>[0]) => {
      house.alive();
      return chats.post(conversation.id, content);
    },
    revise: async (activityId: string, content: Parameters<typeof draw>[0]) => {
      house.alive();
      chats.revise(activityId, content);
    },
  });

  /** How a conversation is written to later, as Teams tells it with each message and each installation. */
  const referenceOf = (actor: Actor, conversation: Conversation): ConversationReference => ({
    ...conversation,
    serviceUrl: 'https://smba.trafficmanager.net/teams/',
    botId: '28:bot',
    botName: 'Courtier',
    ...(conversation.kind === 'personal' && { personId: actor.person.objectId }),
  });

  /** Drawn in this session, while nobody else did anything. */
  const isFresh = (shown: Shown): boolean => {
    const at = drawnAt.get(shown);
    return at !== undefined && at.until(clock.now()).total('minutes') < FRESH_MINUTES;
  };

  /** Somebody hears what a press was answered; the card in its place. */
  function hear(actor: Actor, message: Message, { word, body }: Answered): Shown | undefined {
    const from = `Courtier → ${actor.person.name}`;
    if (word !== '') {
      say(from, `dit « ${word} »`);
      see({ to: actor, shown: spoken(word), how: 'word', ...about() });
    }
    if (!body) return undefined;
    const shown = draw(body.card);
    drawnAt.set(shown, clock.now());
    message.drawings.push(shown);
    say(from, read(shown));
    see({ to: actor, shown, how: 'answer', ...about() });
    return shown;
  }

  return {
    /** The assistant is added for somebody, or to the staff's channel. */
    async install(actor: Actor, conversation: Conversation = actor.chat): Promise<void> {
      const house = houseFor(0);
      chats.removed.delete(conversation.id);
      await house.conversations.remember(referenceOf(actor, conversation));
      say(actor.person.name, 'ajoute l’assistant');
      await house.router.installed(turnOf(house, actor, conversation, `install-${++occurrences}`));
      await effectsSince(ground.db);
      throwSurprise();
    },

    /** Somebody writes, or drops a file. */
    async says(
      actor: Actor,
      text: string,
      { to = 0, times = 1, conversation = actor.chat, files = {} }: Saying = {},
    ): Promise<void> {
      await settle();
      figures.turns++;
      const occurrence = effectId('message', ++occurrences);
      const dropped = Object.entries(files).map(([name, content]) => ({
        name,
        read: async () => new TextEncoder().encode(content),
      }));
      say(
        actor.person.name,
        `écrit « ${text.slice(0, 300)} »${dropped.map(({ name }) => ` [${name}]`).join('')}`,
      );
      const shownBefore = history.lines.length;
      let asked = 0;
      let firstSaid = shownBefore;
      for (let n = 0; n < times; n++) {
        const house = houseFor(to + n);
        const before = house.line.asked;
        await inProcess(house, async () => {
          await house.inbox.once(occurrence, async () => {
            const turn = turnOf(house, actor, conversation, occurrence);
            await house.router.message({ ...turn, text, argument: '', files: dropped });
            // Whoever was forgotten, and writes again, can be written to.
            const reference = referenceOf(actor, conversation);
            await house.services.afterwards.write(`conversation:${reference.id}`, () =>
              house.conversations.remember(reference),
            );
            return undefined;
          });
        });
        asked = Math.max(asked, house.line.asked - before);
        if (n === 0) firstSaid = history.lines.length;
        if (n + 1 < times) clock.advance(REDELIVERED_AFTER);
      }
      const saidAgain = times > 1 ? history.lines.length - firstSaid : undefined;
      await weigh(actor, `écrit « ${text.slice(0, 60)} »`, { asked, shownBefore, saidAgain });
    },

    /** Somebody presses a button of a card that they were shown; once, or at once on both processes. */
    async press(
      actor: Actor,
      message: Message,
      shown: Shown,
      button: Button,
      typed: object,
      { to = 0, atOnce = 1, again = 0, conversation = actor.chat }: Pressing = {},
    ): Promise<Shown | undefined> {
      await settle();
      figures.turns++;
      figures.presses++;
      const newest = shown === nowOf(message);
      const fresh = newest && isFresh(shown);
      const data = boundedJson({ ...(button.alone ? {} : typed), ...button.data });
      const occurrence = effectId('press', ++occurrences);
      const { verb = '' } = button;
      const { activityId: cardActivityId } = message;
      const { person } = actor;
      const effect = effectOfPress({
        person,
        conversationId: conversation.id,
        cardActivityId,
        verb,
        data,
        occurrence,
      });
      const key = typeof button.data[FORM_KEY] === 'string' ? effect : occurrence;
      const with_ =
        Object.keys(typed).length > 0 && !button.alone ? ` avec ${JSON.stringify(typed).slice(0, 400)}` : '';
      say(
        person.name,
        `presse [${button.title}]${atOnce > 1 ? ' deux fois' : ''}${newest ? '' : ' d’une vieille carte'}${with_} (${verb})`,
      );
      const shownBefore = history.lines.length;
      let asked = 0;
      let answered: Shown | undefined;
      let word = '';
      const deliver = async (house: House): Promise<void> => {
        const before = house.line.asked;
        let answer: Answered | undefined;
        await inProcess(house, async () => {
          const work = async (): Promise<Answered> => {
            const given: { card?: Card; word: string } = { word: '' };
            const turn: ActionTurn = {
              ...turnOf(house, actor, conversation, occurrence),
              cardActivityId,
              effect,
              update: (card) => {
                given.card = card;
              },
              notify: (text) => {
                given.word = typeset(text);
              },
            };
            await house.router.action(turn, verb, data);
            return { ...(given.card && { body: { type: CARD, card: given.card } }), word: given.word };
          };
          answer = (await house.inbox.once(
            key,
            work,
            (kept, ageMs) => key !== effect || (ageMs < SAME_FORM_MS && 'body' in (kept ?? {})),
          )) as Answered | undefined;
        });
        asked = Math.max(asked, house.line.asked - before);
        if (!answer || isSilent(house)) return;
        if (answer.word !== '') word = answer.word;
        answered = hear(actor, message, answer) ?? answered;
      };
      await Promise.all(Array.from({ length: atOnce }, (_, n) => deliver(houseFor(to + n))));
      for (let n = 0; n < again; n++) {
        clock.advance(REDELIVERED_AFTER);
        await deliver(houseFor(to + n + 1));
      }
      await weigh(actor, `presse ${verb}`, {
        asked,
        shownBefore,
        verb,
        fresh,
        word,
        answered,
        atOnce: atOnce + again,
      });
      return answered;
    },
  };
}
