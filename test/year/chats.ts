import { CARDS_FOLDER } from '../../src/app/paths.ts';
import type { Content } from '../../src/core/card.ts';
import { DeliveryError } from '../../src/core/errors.ts';
import type { Messenger } from '../../src/core/messenger.ts';
import type { Conversations } from '../../src/core/ports/conversations.ts';
import { creatingVerbs } from '../../src/core/routes/turns.ts';
import { typeset } from '../../src/core/text/text.ts';
import { buildRenderer } from '../../src/edges/teams/render.ts';
import { features } from '../../src/features/registry.ts';
import { type Button, type Json, readCard } from '../support/read-card.ts';

const render = buildRenderer(CARDS_FOLDER, creatingVerbs(features));

/** What somebody has before them: a text, or a card with what can be pressed and filled in. */
export interface Shown {
  readonly template: string;
  readonly words: string;
  readonly json: Json;
  readonly buttons: readonly Button[];
  readonly inputs: readonly Json[];
}

/** A message of the assistant, as it stands, and as it stood: old drawings can be pressed too. */
export interface Message {
  readonly activityId: string;
  readonly drawings: Shown[];
}

export const nowOf = ({ drawings }: Message): Shown => drawings.at(-1) as Shown;

/** Words without a card. */
export const spoken = (words: string): Shown => ({ template: '', words, json: {}, buttons: [], inputs: [] });

/** A content as Teams shows it. */
export function draw(content: Content): Shown {
  if (typeof content === 'string') return spoken(typeset(content));
  const json = render(content) as Json;
  const { words, facts, buttons, inputs } = readCard(json);
  return { template: content.template, words: [...words, ...facts].join('\n'), json, buttons, inputs };
}

/** How the connector answers the next sendings. */
export type Mood = 'well' | 'throttled' | 'gateway' | 'silent' | 'lost';

export type Chats = ReturnType<typeof openChats>;

/** Teams as the world has it: what was posted where, and what became of it. */
export function openChats(watch: (conversation: string, shown: Shown, how: string) => void) {
  const chats = new Map<string, Message[]>();
  /** Conversations from which the assistant was removed. */
  const removed = new Set<string>();
  let mood: Mood = 'well';
  const everPosted = new Set<string>();
  let count = 0;
  const inChat = (id: string): Message[] => {
    const known = chats.get(id) ?? [];
    chats.set(id, known);
    return known;
  };
  const find = (activityId: string) => {
    for (const [id, messages] of chats) {
      const message = messages.find((each) => each.activityId === activityId);
      if (message) return { id, message };
    }
    return undefined;
  };

  function post(conversation: string, content: Content, how = 'said'): string {
    const activityId = `activity-${++count}`;
    const shown = draw(content);
    everPosted.add(activityId);
    inChat(conversation).push({ activityId, drawings: [shown] });
    watch(conversation, shown, how);
    return activityId;
  }

  function revise(activityId: string, content: Content): void {
    const found = find(activityId);
    if (!found) return;
    const shown = draw(content);
    found.message.drawings.push(shown);
    watch(found.id, shown, 'redrawn');
  }

  /** Throws as the connector would; for what it took without saying so, after `work`. */
  function refusing<T>(conversation: string, work: () => T): T {
    if (removed.has(conversation)) throw new DeliveryError('unreachable', 'removed');
    switch (mood) {
      case 'throttled':
        throw new DeliveryError('retry', 'throttled', { retryAfterSeconds: 3 });
      case 'gateway':
        throw new DeliveryError('unknown', 'gateway');
      case 'silent':
        throw new DeliveryError('unknown', 'noAnswer');
      case 'lost':
        work();
        throw new DeliveryError('unknown', 'noAnswer');
      default:
        return work();
    }
  }

  return {
    post,
    revise,
    removed,
    /** Every message that ever arrived, also those that were taken back. */
    everPosted,
    in: (conversation: string): readonly Message[] => chats.get(conversation) ?? [],
    find: (activityId: string) => find(activityId)?.message,
    behave(next: Mood) {
      mood = next;
    },
    /** What the ledger speaks through. `alive` throws once its process is dead. */
    messenger: (conversations: Pick<Conversations, 'remember'>, alive: () => void): Messenger => ({
      async send({ id }, content) {
        alive();
        return refusing(id, () => post(id, content, 'told'));
      },
      async update({ id }, activityId, content) {
        alive();
        refusing(id, () => revise(activityId, content));
      },
      async remove({ id }, activityId) {
        alive();
        refusing(id, () => {
          const messages = inChat(id);
          const at = messages.findIndex((each) => each.activityId === activityId);
          if (at >= 0) messages.splice(at, 1);
        });
      },
      async reopen(reference) {
        await conversations.remember(reference);
        return reference;
      },
    }),
  };
}
