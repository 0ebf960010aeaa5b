import type { SQL } from 'drizzle-orm';
import type { DeliveryReason } from '../errors.ts';
import type { PersonKey } from '../people/person-key.ts';
import type { Tx } from './db.ts';

/** Whom a notice is for: a person, in their chat with the assistant, or a conversation. */
export type Recipient =
  | { readonly kind: 'person'; readonly tenantId: string; readonly objectId: string }
  | { readonly kind: 'conversation'; readonly tenantId: string; readonly conversationId: string };

/** Recipients that the database itself reads: rows of tenant_id, object_id, conversation_id ('' where it does not apply). */
export type Audience = SQL;

/** Something to tell. `key` and a recipient are unique for ever: nobody is told twice. */
export interface Notice {
  /** The kind, declared in a feature's manifest, which composes it when its time comes. */
  readonly kind: string;
  readonly key: string;
  /** What it is about: all that is about one thing is cancelled or moved together. */
  readonly about: string;
  /** Ids for the composer; never a person's words. */
  readonly subject: object;
  /** When it is due; at once when absent. */
  readonly at?: Temporal.Instant;
}

/**
 * `held`: drawn up, not to be sent. `sending`: claimed, the connector may have it. `unknown`: it may have
 * been received. `dead`: it cannot be sent.
 */
export const DELIVERY_STATES = [
  'held',
  'pending',
  'sending',
  'sent',
  'unreachable',
  'unknown',
  'dead',
  'cancelled',
] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What could not reach somebody goes on once they are back, if they are back within so many days. */
export const COMES_BACK_DAYS = 30;

export type DeliveryCounts = Readonly<Record<DeliveryState, number>>;

export interface DeliveryRow {
  readonly id: string;
  readonly recipient: Recipient;
  readonly state: DeliveryState;
  readonly reason: DeliveryReason | null;
  readonly changedAt: Date;
  readonly attempts: number;
}

/** How many of a notice's recipients can be reached now, and why the others cannot. */
export interface Reach {
  readonly people: number;
  readonly conversations: number;
  readonly reachable: number;
  readonly notInstalled: number;
  readonly suspended: number;
  readonly removed: number;
}

/** What a person asked of reminders: none before an instant, none before an hour of the day. */
export interface Preferences {
  readonly pausedUntil: Date | null;
  /** Minutes after midnight. */
  readonly notBefore: number | null;
}

/** What waits, what failed, what went stale: for the staff. */
export interface DeliveryHealth {
  readonly waiting: number;
  /** Since when the oldest due notice waits. */
  readonly oldestDue: Date | undefined;
  /** Failures of the last day by state and reason. */
  readonly failures: readonly {
    readonly state: DeliveryState;
    readonly reason: string;
    readonly n: number;
  }[];
  readonly sentToday: number;
  /** Of what goes to few, answers and reminders: what is due, what was sent and what failed within a day. */
  readonly told: { readonly waiting: number; readonly sent: number; readonly failed: number };
  /** Rooms, and people, where the assistant is installed and not blocked. */
  readonly rooms: number;
  readonly people: number;
  readonly conversations: number;
  /** Not heard from for ninety days. */
  readonly stale: number;
  readonly blocked: number;
  readonly pausedUntil: Date | undefined;
}

/** Somebody who was not told something: how much, since when, and the first of it. */
export interface Unreached extends PersonKey {
  readonly n: number;
  readonly since: Date;
  readonly first: string;
}

/** A notice, and whom it is for. */
export interface Addressed {
  readonly notice: Notice;
  readonly to: readonly Recipient[] | Audience;
}

/** Telling many, once each, within the limits of Teams. Writes take part in the caller's transaction. */
export interface Deliveries {
  /** Adds recipients; whoever the notice already has stays as they are. `held` ones are not sent: `unhold` forgets them. */
  address(
    tx: Tx,
    notice: Notice,
    to: readonly Recipient[] | Audience,
    state?: 'held' | 'pending',
  ): Promise<void>;
  /** Several notices at the price of one: each to its own recipients, or all that have one same audience, of few, to it. */
  addressEach(tx: Tx, told: readonly Addressed[]): Promise<void>;
  /** Forgets the held ones. */
  unhold(tx: Tx, key: string): Promise<void>;
  /** Stops whatever about some things is not yet claimed; how many. */
  cancel(tx: Tx, ...about: readonly string[]): Promise<number>;
  /** Stops what is not yet claimed of a notice for whoever is not of an audience; how many. */
  keepOnly(tx: Tx, key: string, audience: Audience): Promise<number>;
  /** Takes up again what about something was cancelled: what is no longer to tell is not told. */
  revive(tx: Tx, about: string): Promise<void>;
  /** Tells others what a conversation did not receive since an instant; whoever was told it already is not told again. */
  passOn(tx: Tx, conversationId: string, since: Date, to: Audience): Promise<void>;
  /** Moves what is not yet claimed of a notice to another instant. */
  move(tx: Tx, key: string, at: Temporal.Instant): Promise<void>;
  /** Edits in place, or deletes, all that a notice posted. The correction is a notice of its own. */
  correct(tx: Tx, correction: Notice, of: string, how: 'edit' | 'delete'): Promise<void>;
  /**
   * Draws what a notice posted anew, in place: it is composed again, and whoever sees it sees its newest state. What
   * is being posted is edited once it is there; what could not be posted is posted.
   */
  redraw(tx: Tx, key: string): Promise<void>;
  /** A message that was posted otherwise becomes a notice's, in a conversation that is known: it can be redrawn. */
  adopt(tx: Tx, notice: Notice, conversationId: string, activityId: string): Promise<void>;
  /** Sends again to those in these states, of an audience where one is given; how many. */
  retry(tx: Tx, key: string, states: readonly DeliveryState[], audience?: Audience): Promise<number>;
  /** Every channel in which the assistant is installed. */
  readonly channels: Audience;
  /** Every channel and group chat in which the assistant is installed. */
  readonly rooms: Audience;
  /** Of those, the ones that may be spoken to now. */
  readonly openRooms: Audience;
  /**
   * The recipients of a notice, for a query that joins them to other rows: id, tenant_id, object_id, conversation_id,
   * state, reason, changed_at, attempts.
   */
  rowsOf(key: string): SQL;
  /** Every person whom the assistant can speak to. */
  readonly people: Audience;
  /** The people to whom something about a thing is still to be told. */
  waiting(about: string): Audience;
  counts(key: string): Promise<DeliveryCounts>;
  reach(key: string): Promise<Reach>;
  /** A page of a notice's recipients in some states, in a stable order. */
  page(
    key: string,
    states: readonly DeliveryState[],
    offset: number,
    size: number,
  ): Promise<readonly DeliveryRow[]>;
  /** A page of a notice's people of one tenant who lack the assistant, by rising id, after one of them. */
  lacking(key: string, tenantId: string, after: string, size: number): Promise<readonly DeliveryRow[]>;
  /** Of a notice that is held, a page of those who cannot be reached. */
  outOfReach(key: string, offset: number, size: number): Promise<readonly DeliveryRow[]>;
  /** The people to whom what answers them could not be told since an instant. */
  unreached(since: Date): Promise<readonly Unreached[]>;
  /** True when a person, or a conversation, was posted a notice. */
  wasPosted(key: string, to: Recipient): Promise<boolean>;
  /** A person's notices to come of some kinds, the next first. */
  coming(
    person: PersonKey,
    kinds: readonly string[],
  ): Promise<
    readonly { readonly id: string; readonly kind: string; readonly subject: unknown; readonly at: Date }[]
  >;
  preferences(person: PersonKey): Promise<Preferences>;
  /** What is not given stays as it is. */
  prefer(tx: Tx, person: PersonKey, preferences: Partial<Preferences>): Promise<void>;
  erase(tx: Tx, person: PersonKey): Promise<void>;
  heldOf(person: PersonKey): Promise<unknown>;
  health(): Promise<DeliveryHealth>;
  /** Sendings per second and tenant: for saying how long something takes. */
  readonly rate: number;
}
