import type { PersonKey } from '../people/person-key.ts';
import type { Conversation, Person } from '../turn.ts';
import type { Tx } from './db.ts';

/** `address`, when Teams says it, is to be used at once and kept nowhere; `domain` follows its @. */
export type RosterMember = Person & { readonly domain?: string; readonly address?: string };

export interface RosterPage {
  readonly people: readonly RosterMember[];
  readonly next: string | undefined;
}

/** Who takes part in a conversation, a page at a time. */
export interface Roster {
  page(conversationId: string, continuation?: string): Promise<RosterPage>;
}

/** Where and as whom the assistant speaks first in a conversation. */
export interface ConversationReference extends Conversation {
  readonly serviceUrl: string;
  readonly botId: string;
  readonly botName: string;
  /** The other person of a one-to-one chat. */
  readonly personId?: string;
}

/** The conversations in which the assistant may speak. */
export interface Conversations {
  find(conversationId: string): Promise<ConversationReference | undefined>;
  /** The one-to-one chat with a person, when there is one. */
  personal(person: PersonKey): Promise<ConversationReference | undefined>;
  /** Somebody wrote there, or the assistant was installed: it may speak there again. */
  remember(reference: ConversationReference): Promise<void>;
  /** Nothing is sent there until somebody writes (`suspended`), or the assistant is installed again (`removed`). */
  block(conversationId: string, why: 'suspended' | 'removed'): Promise<void>;
  /** The assistant was removed: nothing is said there any more. */
  forget(conversationId: string): Promise<void>;
  /** Forgets a person's one-to-one chats. */
  forgetPersonal(tx: Tx, person: PersonKey): Promise<void>;
  /** True once per conversation: the first caller says welcome. */
  claimWelcome(conversationId: string): Promise<boolean>;
}
