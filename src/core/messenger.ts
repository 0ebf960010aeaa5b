import type { Content } from './card.ts';
import type { ConversationReference } from './ports/conversations.ts';

/**
 * Speaking first, for the delivery ledger alone: what is said unasked is a notice, written with what made it necessary.
 * Failures are `DeliveryError`s.
 */
export interface Messenger {
  /** Posts in a conversation, at once: nothing is looked up first. The activity id that Teams gave it. */
  send(to: ConversationReference, content: Content): Promise<string>;
  /** Replaces what was posted. */
  update(to: ConversationReference, activityId: string, content: Content): Promise<void>;
  /** Deletes what was posted. */
  remove(to: ConversationReference, activityId: string): Promise<void>;
  /** Opens the one-to-one chat again when its old reference no longer answers; the new one is remembered. */
  reopen(reference: ConversationReference): Promise<ConversationReference>;
}
