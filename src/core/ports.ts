import type { ExtractTablesWithRelations, SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from 'drizzle-orm/pg-core';
import type { DeliveryReason } from './errors.ts';
import type { Conversation, Person } from './turn.ts';

/** A database handle or an open transaction: stores take either and never ask which engine is behind. */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** An open transaction. A plain handle is not one: what takes a `Tx` is written with its caller's writes, or not at all. */
export type Tx = PgTransaction<
  PgQueryResultHKT,
  Record<string, never>,
  ExtractTablesWithRelations<Record<string, never>>
>;

/** Speaks to the engine of the database without Drizzle. */
export type Query = (
  text: string,
  values?: unknown[],
) => Promise<{ rows: { readonly [column: string]: unknown }[] }>;

/** Work for later, enqueued with the transaction that made it necessary. */
export interface Queue {
  enqueue(tx: Tx, name: string, payload: object, after?: Temporal.Instant): Promise<void>;
  /** Enqueues every job that features declared for an event. */
  publish(tx: Tx, event: string, payload: object): Promise<void>;
}

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
export interface Unreached extends Pick<Person, 'tenantId' | 'objectId'> {
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
  /** Sends again to those in these states. */
  retry(tx: Tx, key: string, states: readonly DeliveryState[]): Promise<number>;
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
    person: Pick<Person, 'tenantId' | 'objectId'>,
    kinds: readonly string[],
  ): Promise<
    readonly { readonly id: string; readonly kind: string; readonly subject: unknown; readonly at: Date }[]
  >;
  preferences(person: Pick<Person, 'tenantId' | 'objectId'>): Promise<Preferences>;
  /** What is not given stays as it is. */
  prefer(
    tx: Tx,
    person: Pick<Person, 'tenantId' | 'objectId'>,
    preferences: Partial<Preferences>,
  ): Promise<void>;
  erase(tx: Tx, person: Pick<Person, 'tenantId' | 'objectId'>): Promise<void>;
  heldOf(person: Pick<Person, 'tenantId' | 'objectId'>): Promise<unknown>;
  health(): Promise<DeliveryHealth>;
  /** Sendings per second and tenant: for saying how long something takes. */
  readonly rate: number;
}

/** Who the bot is to Entra. */
export interface Identity {
  /** A token for a scope, of the bot's own tenant or of another that let it in; throws when Entra gives none. */
  getToken(
    scope: string,
    tenantId?: string,
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
}

/** `present`: it was there. `unknown`: no such person or team. `refused`: a policy of the organization, or no right. */
export type InstallOutcome = 'installed' | 'present' | 'unknown' | 'refused';

/**
 * What an organization granted the assistant, by a token that it asked of its tenant: all that installing needs, a part
 * of it, or nothing: nobody there consented.
 */
export type Consent = 'given' | 'partial' | 'missing';

/** Installs the assistant where it lacks, in the tenants that allow it. Throws when it may be tried again later. */
export interface Installer {
  /** The tenants whose catalogue of apps has the assistant, each with its id there. */
  readonly catalogues: ReadonlyMap<string, string>;
  /** None is known of a tenant without a catalogue: the outcome is « refused ». */
  forPerson(tenantId: string, objectId: string): Promise<InstallOutcome>;
  forTeam(tenantId: string, groupId: string): Promise<InstallOutcome>;
  consent(tenantId: string): Promise<Consent>;
}

/** An e-mail in plain text. */
export interface Mail {
  readonly to: { readonly name: string; readonly email: string };
  readonly subject: string;
  /** Paragraphs. */
  readonly body: readonly string[];
}

/** The mailbox from which the broker writes. */
export interface Mailbox {
  /** `refused`: it was not sent, and would not be. Throws where nobody knows whether it was. */
  send(mail: Mail): Promise<'sent' | 'refused'>;
}

/** A group of a directory. */
export interface DirectoryGroup {
  readonly tenantId: string;
  readonly id: string;
  readonly name: string;
}

/** Who is in the directories of the organizations that let them be read. Throws when it may be tried again later. */
export interface Directory {
  /** The people who have these addresses, by address in lower case; those whom no directory knows are absent. */
  findByEmail(emails: readonly string[]): Promise<ReadonlyMap<string, Pick<Person, 'tenantId' | 'objectId'>>>;
  /** The groups whose name begins so, at most so many in each directory. */
  groupsNamed(name: string, most: number): Promise<readonly DirectoryGroup[]>;
  /** A group that has this id; undefined where it is no more. */
  findGroup(tenantId: string, id: string): Promise<DirectoryGroup | undefined>;
  /** The people of a group and of the groups in it, at most so many. */
  membersOf(
    tenantId: string,
    id: string,
    most: number,
  ): Promise<readonly Pick<Person, 'tenantId' | 'objectId'>[]>;
}

/** A stretch of time, its end excluded. */
export interface Interval {
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
}

/** A meeting to enter in the broker's calendar. */
export interface Meeting extends Interval {
  /** Stable for ever: entered twice under the same id, it is one event. A UUID. */
  readonly id: string;
  readonly subject: string;
  /** Paragraphs of plain text. */
  readonly body: readonly string[];
  /** Those who are invited by e-mail; the broker is its organizer. */
  readonly attendees: readonly { readonly name: string; readonly email: string }[];
}

/** The broker's calendar. Nothing is read of it but when it is busy. Throws when it may be tried again. */
export interface Calendar {
  /** When the broker is not free between two instants: for some calendars, nothing but what the assistant knows itself. */
  busy(between: Interval): Promise<readonly Interval[]>;
  /** Enters a meeting, or finds it entered already: its event, and the link to join it when there is one. */
  enter(meeting: Meeting): Promise<{ readonly event: string; readonly joinUrl: string | undefined }>;
  /** Takes an event out; one that is gone already is no error. */
  remove(event: string): Promise<void>;
}

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
  personal(person: Pick<Person, 'tenantId' | 'objectId'>): Promise<ConversationReference | undefined>;
  /** Somebody wrote there, or the assistant was installed: it may speak there again. */
  remember(reference: ConversationReference): Promise<void>;
  /** Nothing is sent there until somebody writes (`suspended`), or the assistant is installed again (`removed`). */
  block(conversationId: string, why: 'suspended' | 'removed'): Promise<void>;
  /** The assistant was removed: nothing is said there any more. */
  forget(conversationId: string): Promise<void>;
  /** Forgets a person's one-to-one chats. */
  forgetPersonal(tx: Tx, person: Pick<Person, 'tenantId' | 'objectId'>): Promise<void>;
  /** True once per conversation: the first caller says welcome. */
  claimWelcome(conversationId: string): Promise<boolean>;
}

/** What a cell holds. Amounts are numbers of dollars; days and moments sort as such, and are shown in French. */
export type Cell = string | number | Temporal.PlainDate | Temporal.PlainDateTime;

export type Row = readonly Cell[];

/** The rows of a table: all of them, or, where they may be many, parts of them as they are asked for. */
export type Rows = readonly Row[] | AsyncIterable<readonly Row[]>;

/** A table of a workbook; each column says how it is shown. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly {
    readonly title: string;
    readonly width: number;
    readonly kind?: 'money' | 'percent' | 'day' | 'moment';
    /** Its numbers are added up below the table, those that a filter leaves. */
    readonly total?: true;
    /** Each number has a bar of its length behind it. */
    readonly bar?: true;
    /** One column less another, counted from 0, once the first of them is filled in. */
    readonly difference?: { readonly of: number; readonly less: number };
  }[];
  readonly rows: Rows;
  /** A bar for each row, below the table: the columns of its labels and of its values, counted from 0. */
  readonly chart?: { readonly title: string; readonly labels: number; readonly values: number };
  /** Its cells are read again by a program: they hold what they were given, without typography. */
  readonly asTyped?: true;
  /** Lines above the table: what it is, of when. */
  readonly heading?: readonly string[];
}

/** A text to print: a title, and sections of paragraphs and tables. */
export interface TextDocument {
  readonly title: string;
  readonly subtitle: string;
  /** The public body whose document it is, at the top of each page. */
  readonly organization?: string | undefined;
  readonly sections: readonly {
    readonly heading: string;
    readonly paragraphs: readonly string[];
    /** After the paragraphs; the first row is its header. */
    readonly table?: readonly (readonly string[])[];
  }[];
  /** Who signs it, at its end: each has a place for a name, a signature and a date. */
  readonly signatures?: readonly string[];
}

/** Something in a calendar: between two instants, or a whole day. */
export interface AgendaItem {
  /** Stable for ever: an item that comes again under its id replaces the other. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly when: Interval | Temporal.PlainDate;
  readonly url?: string;
  /** Minutes before it when the calendar recalls it. */
  readonly alarms?: readonly number[];
  readonly cancelled?: boolean;
  /** Items of the same calendar that say the same: this one stands in their place. */
  readonly insteadOf?: readonly string[];
  /** Grows with each change. */
  readonly sequence?: number;
}

/** A sheet that somebody filled: its cells as text, each at the place that it has in the file. */
export interface Grid {
  readonly name: string;
  /** Row 1 is the first; a cell that was left empty is ''. */
  readonly rows: readonly (readonly string[])[];
}

/** A file of an archive. */
export interface Unpacked {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Files for people to keep, and those that they fill. A `CourtierError` says so when too many are being made for one to
 * wait.
 */
export interface Documents {
  /** The sheets of a workbook (.xlsx), or the only one of a .csv. Throws a `CourtierError` for what cannot be read. */
  read(name: string, bytes: Uint8Array): Promise<readonly Grid[]>;
  /** The files of a .zip, by name, hidden ones left out. Throws a `CourtierError` for what cannot be read. */
  unpack(bytes: Uint8Array, most: number): Promise<readonly Unpacked[]>;
  /** An .xlsx workbook; not made any further once whoever asked for it is gone. */
  workbook(sheets: readonly Sheet[], gone?: AbortSignal): Promise<Uint8Array>;
  /** A .docx document. */
  text(document: TextDocument, gone?: AbortSignal): Promise<Uint8Array>;
  /** An iCalendar text (RFC 5545). */
  agenda(name: string, items: readonly AgendaItem[], now: Temporal.Instant): Promise<string>;
}

/** What an event was answered, to give again: JSON, or nothing. */
export type Answer = object | undefined;

/** An event that this process works on. */
export interface Lease {
  /** False once another process took it up from this one, which seemed dead: nothing more is to be said here. */
  isOurs(): Promise<boolean>;
}

/** What arrives: each event is worked on once, however often it is delivered and to however many processes. */
export interface Inbox {
  /**
   * Does the work of an event, unless it was done or is being done, here or elsewhere; its answer either way. An answer
   * that does not stand any more, by what it is and its age in milliseconds, is not given: the work is done again.
   * Work that throws may be done again.
   */
  once(
    key: string,
    work: (lease: Lease) => Promise<Answer>,
    stands?: (answer: Answer, ageMs: number) => boolean,
  ): Promise<Answer>;
}

/** Structured log. Never a message's text, a name or an address. */
export interface Log {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}
