import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Card, Content } from './card.ts';
import type { Conversation, Person } from './turn.ts';

/** A database handle or an open transaction: stores take either and never ask which engine is behind. */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** Work for later, enqueued with the transaction that made it necessary. */
export interface Queue {
  enqueue(tx: Db, name: string, payload: object): Promise<void>;
  /** Enqueues every job that features declared for an event. */
  publish(tx: Db, event: string, payload: object): Promise<void>;
}

/** Speaking first. Failures are `DeliveryError`s. */
export interface Messenger {
  /** Posts in a known conversation; the activity id that Teams gave it. */
  send(conversationId: string, content: Content): Promise<string>;
  /** Replaces a card that was posted. */
  update(conversationId: string, activityId: string, card: Card): Promise<void>;
}

export interface RosterPage {
  readonly people: readonly Person[];
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
  personal(person: Pick<Person, 'tenantId' | 'objectId'>): Promise<ConversationReference | undefined>;
  remember(reference: ConversationReference): Promise<void>;
  /** The assistant was removed: nothing is said there any more. */
  forget(conversationId: string): Promise<void>;
  /** Forgets a person's one-to-one chats. */
  forgetPersonal(tx: Db, person: Pick<Person, 'tenantId' | 'objectId'>): Promise<void>;
  /** True once per conversation: the first caller says welcome. */
  claimWelcome(conversationId: string): Promise<boolean>;
}

/** A table of a workbook. Amounts are numbers of dollars; the column says how they are shown. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly {
    readonly title: string;
    readonly width: number;
    readonly kind?: 'money' | 'percent';
  }[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Lines above the table: what it is, of when. */
  readonly heading?: readonly string[];
}

/** A text to print: a title, and sections of paragraphs. */
export interface TextDocument {
  readonly title: string;
  readonly subtitle: string;
  readonly sections: readonly { readonly heading: string; readonly paragraphs: readonly string[] }[];
}

/** Files for people to keep. */
export interface Documents {
  /** An .xlsx workbook. */
  workbook(sheets: readonly Sheet[]): Promise<Uint8Array>;
  /** A .docx document. */
  text(document: TextDocument): Promise<Uint8Array>;
}

/** Structured log. Never a message's text, a name or an address. */
export interface Log {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}
