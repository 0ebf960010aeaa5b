import type { Card, Content } from './card.ts';
import type { Id } from './id.ts';

/** A person as Bot Framework vouches for them: Entra tenant and object id; the name is for display only. */
export interface Person {
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
}

export type ConversationKind = 'personal' | 'group' | 'channel';

export interface Conversation {
  readonly id: string;
  readonly kind: ConversationKind;
  readonly tenantId: string;
  /** The team's Entra group or thread id, for a channel. */
  readonly teamId?: string;
  readonly name?: string;
}

/** What every turn offers to a handler. */
export interface Turn {
  readonly person: Person;
  readonly conversation: Conversation;
  /** The id of what this turn creates: the same for a turn that is delivered, or a form that is sent, twice. */
  readonly effect: Id;
  /** Posts a new message in this conversation; the activity id that Teams gave it. */
  reply(content: Content): Promise<string>;
  /** Replaces what this turn posted. */
  revise(activityId: string, content: Content): Promise<void>;
}

/** A file that somebody dropped. Reading it throws a `CourtierError` when it cannot be had. */
export interface DroppedFile {
  readonly name: string;
  read(): Promise<Uint8Array>;
}

/** Somebody wrote. `text` is without the mention of the assistant; `argument` is what follows the command. */
export interface MessageTurn extends Turn {
  readonly text: string;
  readonly argument: string;
  readonly files: readonly DroppedFile[];
  /** What came along and cannot be read at all: a picture, or a file that is not there to be fetched. */
  readonly unread?: 'picture' | 'file' | undefined;
}

/** Somebody pressed a card's button. */
export interface ActionTurn extends Turn {
  /** The activity that carries the card, when Teams tells it. */
  readonly cardActivityId: string | undefined;
  /** Replaces the card that was pressed, for the person who pressed it. */
  update(card: Card): void;
  /** A short word to the person, without touching the card. */
  notify(text: string): void;
}

/** What somebody thinks of a message of ours, said with the thumbs that Teams itself shows beside it. */
export interface Feedback {
  readonly person: Person;
  readonly conversation: Conversation;
  /** The message that it is about. */
  readonly activityId: string;
  readonly reaction: 'like' | 'dislike';
  /** What they wrote beside it; empty when nothing. */
  readonly text: string;
}

/** The assistant was added to a conversation. */
export interface InstalledTurn extends Turn {}
