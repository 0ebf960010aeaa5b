import type { Card } from './card.ts';
import type { FirstStep } from './cards/first-steps.ts';
import type { Clock } from './clock.ts';
import type { Feature } from './feature.ts';
import type { PersonKey } from './people/person-key.ts';
import type { Calendar } from './ports/calendar.ts';
import type { Conversations, Roster } from './ports/conversations.ts';
import type { Db, Tx } from './ports/db.ts';
import type { Audience, Deliveries } from './ports/delivery.ts';
import type { Directory, Installer } from './ports/directory.ts';
import type { CalendarItem, Documents } from './ports/documents.ts';
import type { Log } from './ports/log.ts';
import type { Mailbox } from './ports/mailbox.ts';
import type { Queue } from './ports/queue.ts';
import type { Afterwards } from './process/afterwards.ts';
import type { Condition } from './process/watched.ts';
import type { Recalls } from './recalls.ts';
import type { Access, Presence } from './router.ts';
import type {
  BodyRoute,
  Charge,
  Fate,
  Kept,
  Relied,
  ReliedTogether,
  Ties,
  TrailRoute,
} from './routes/keeping.ts';
import type { NoticeRules } from './routes/notices.ts';
import type { Download, PageAnswer, PageRoute } from './routes/pages.ts';
import type { Quota } from './routes/quota.ts';
import type { Example, MessageRoute } from './routes/turns.ts';
import type { AgendaItem, SentRequest, UnderWay, Wait, WaitRoute } from './routes/waiting.ts';
import type { Hold, Retention } from './rows/retention.ts';
import type { BusinessDays } from './time/business-days.ts';
import type { DecentHours } from './time/decent-hours.ts';
import type { Conversation, MessageTurn, Person } from './turn.ts';

/** What the deployer set, as far as features are concerned. */
export interface Settings {
  /** Who the assistant is for Teams; undefined in the local mode. */
  readonly bot?: { readonly id: string } | undefined;
  /** Entra object ids of the first administrators; `tenant/id` for those of one tenant. */
  readonly admins: readonly string[];
  /** The Entra tenants whose people are served, in lower case. */
  readonly tenants: readonly string[];
  readonly publicUrl: string;
  readonly timeZone: string;
  /** The broker's management fee in percent. */
  readonly feePercent: number | undefined;
  /** Whether a second member of the staff approves what is told to many. */
  readonly approval: boolean;
  /** Whether the staff see the domain of the address of whoever asks to act for a body. */
  readonly domains: boolean;
  /** The hosts where the button of a notice may lead. */
  readonly linkHosts: readonly string[];
  /** What the deployer makes of the figures of the quotas, in percent. */
  readonly quotaPercent: number;
  /** How many days the link of a supplier's page is good. */
  readonly linkDays: number;
  /** ISO date of the last day of the application's secret, as it is when it is read. */
  readonly secretExpires: string | undefined;
}

/** What is around the features: real in production, fakes in tests. */
export interface Outside {
  readonly db: Db;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly roster: Roster;
  readonly conversations: Conversations;
  readonly deliveries: Deliveries;
  readonly calendar: Calendar;
  readonly documents: Documents;
  /** None unless the organization lets the assistant install itself. */
  readonly installer: Installer | undefined;
  /** None unless an organization lets its directory be read. */
  readonly directory: Directory | undefined;
  /** None unless the deployer named the mailbox from which the broker writes. */
  readonly mailbox: Mailbox | undefined;
  readonly days: BusinessDays;
  /** How the parts around the features are now. */
  readonly condition: () => Promise<Condition>;
  readonly log: Log;
  readonly settings: Settings;
  /** The tables of what is around the features. */
  readonly retention: readonly Retention[];
}

/** What a feature holds about people, ready to be asked. */
export interface Holding {
  readonly title: string;
  export(person: Person): Promise<unknown>;
  erase(tx: Tx, person: Person): Promise<void>;
  fates(person: Person): Promise<readonly Fate[]>;
}

/** How the acts on a kind of object read, ready to be asked. */
export interface Trail extends Omit<TrailRoute<never>, 'names' | 'find'> {
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Absent where such objects have no numbers. */
  readonly find?: (number: number) => Promise<string | undefined>;
}

/** What a feature keeps for public bodies, ready to be counted. */
export interface BodyThings extends Omit<BodyRoute<never>, 'count'> {
  count(person: PersonKey, organization: string): Promise<Kept>;
}

/** What a member of the staff looks after, ready to be asked. */
export interface Charges extends Pick<Charge<never>, 'noun' | 'command'> {
  count(person: PersonKey): Promise<number>;
  hand(tx: Tx, person: Person, heir: Person | undefined): Promise<void>;
}

/** What of a feature rests on what a fiche says, ready to be asked. */
export interface Relying {
  audience(on: Relied): Audience;
  of(on: Relied, person: PersonKey): Promise<readonly string[]>;
  readonly noun: readonly [string, string];
  count(on: ReliedTogether): Promise<number>;
}

/** What waits for the staff in some feature, ready to be asked. */
export interface Waits extends Pick<WaitRoute<never>, 'kind' | 'noun'> {
  /** All of them, or those of some ids. */
  list(only?: readonly string[]): Promise<readonly Wait[]>;
  open(id: string): Promise<Card>;
  /** Absent where the feature does not keep who has what. */
  readonly assign?: (
    tx: Tx,
    by: Person,
    id: string,
    seen: PersonKey | undefined,
    owner: Person | undefined,
  ) => Promise<boolean>;
}

/** A kind of page, ready to be asked. */
export interface PageKind
  extends Pick<PageRoute<never>, 'kind' | 'title' | 'suffix' | 'loses' | 'again' | 'words' | 'refuse'> {
  handle(subject: unknown, form: URLSearchParams | undefined): Promise<PageAnswer>;
  /** Undefined when it leads nowhere any more. */
  about(subject: unknown): Promise<string | undefined>;
  /** What a link of the release before is for now; undefined when it holds no more. */
  subjectOf(former: unknown): Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** All the features together, for one that speaks of all: none is named. To be asked once they are built, not before. */
export interface House {
  /** The commands of every feature. */
  commands(): readonly MessageRoute<never>[];
  /** Whether a command is answered in a place, for those who have the right to it. */
  isAnsweredIn(
    route: Pick<MessageRoute<never>, 'command' | 'scopes' | 'role'>,
    conversation: Conversation,
  ): Promise<boolean>;
  /** Runs a message as if the person had typed it, with the same rights. */
  run(turn: MessageTurn): Promise<void>;
  /** What every feature holds about people. */
  privacies(): readonly Holding[];
  /** The holdings in the order of erasing: what rests on others comes before them. */
  erasings(): readonly Holding[];
  /** Every table with its period: the features' and those around them. */
  retentions(): readonly Retention[];
  /** What features have others keep. */
  holds(): readonly Hold[];
  /** What every feature keeps for public bodies. */
  bodies(): readonly BodyThings[];
  /** Gives one body what every feature keeps for another. */
  merge(tx: Tx, from: string, into: string): Promise<void>;
  /** Of every feature, those who owe something there, or are owed something. */
  ties(): readonly Ties[];
  /** Of every feature, what rests on what a fiche of the catalogue says. */
  relying(): readonly Relying[];
  /** Of every feature, what a member of the staff looks after. */
  charges(): readonly Charges[];
  /** Every kind of object whose acts are written down. */
  trails(): readonly Trail[];
  /** Every kind of notice. */
  noticeKinds(): readonly NoticeRules[];
  /** What one to come is about, for whom it reminds; empty where nothing says it. */
  noticeAbout(kind: string, subject: unknown, person: Person): Promise<string>;
  downloads(): readonly { readonly kind: string; handle(subject: unknown): Promise<Download> }[];
  pages(): readonly PageKind[];
  /** A passage of the guide, for everybody. Throws `notFound` where there is none. */
  read(place: string): PageAnswer;
  /** What may be done how often in a day, by the name under which it is counted. */
  quotas(): ReadonlyMap<string, Quota>;
  /** Whether a word, folded, occurs in what some feature answers: its stem, or `written`, that very form. */
  knows(word: string, written?: boolean): boolean;
  /** Whether some feature answers a text for sure. */
  answers(text: string): boolean;
  /** Of every feature, what a person has to do: what has a date first, as it comes. */
  agenda(person: Person): Promise<readonly AgendaItem[]>;
  /** Of every feature, what is of a person's own calendar. */
  events(person: PersonKey): Promise<readonly CalendarItem[]>;
  /** What every feature has people reminded of. */
  readonly recalls: Recalls;
  /** Of every feature, what a new office puts in place, in order, as it stands. */
  firstSteps(person: Person): Promise<readonly FirstStep[]>;
  /** Of every feature, what waits for the staff. */
  waits(): readonly Waits[];
  /**
   * Of some of a kind that wait, by their id, the member of the staff who has each, and is there; those that anybody may
   * act on are left out. As many statements however many they are.
   */
  holdersOf(kind: string, ids: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** The address that opens the personal chat with the assistant, with words ready to be sent; undefined without Teams. */
  chatLink(words?: string): string | undefined;
  /** Of every feature, what a person sent to the broker, the latest first. */
  requests(person: Person): Promise<readonly SentRequest[]>;
  /** Questions that show what can be asked. */
  examples(): readonly Example[];
  /** The latest that a person has under way and open. */
  latestUnderWay(person: Person): Promise<UnderWay | undefined>;
  /** The command that opens it; '' where no feature has anything under way. */
  underWayCommand(): string;
  /** One that they have under way, as it stands now; undefined where it is theirs no more. */
  findUnderWay(person: PersonKey, id: string): Promise<UnderWay | undefined>;
}

/** What each feature is built from, besides the features below it. Handlers have it too. */
export interface Ports extends Outside {
  readonly house: House;
  readonly afterwards: Afterwards;
  /** When people are written to. */
  readonly hours: DecentHours;
  readonly timeZone: string;
  /** The broker's management fee in percent, « 2.5 », when it is configured. */
  readonly feePercent: string | undefined;
}

/** What the house itself needs that some feature builds: who may do what, who was there, and what a link stands for. */
export interface Keys {
  readonly access: Access;
  readonly presence: Presence;
  readonly links: Opener;
  readonly pageLinks: Opener<{ readonly id: string }> & {
    /** A link was used. */
    used(id: string): Promise<void>;
  };
}
interface Opener<More = object> {
  /** Throws a `CourtierError` for a link that does not hold, or not any more. */
  open(token: string): Promise<More & { readonly kind: string; readonly subject: unknown }>;
}

type All<T> = (T extends unknown ? (each: T) => void : never) extends (all: infer A) => void ? A : never;

/** The services that some features build. */
export type Built<B extends readonly AnyFeature[]> = All<ReturnType<B[number]['build']>>;

/** Everything that the handlers of some features may ask for. */
export type ServicesOf<B extends readonly AnyFeature[]> = Ports & Built<B>;

/** How a feature's services are made. */
export interface Making<B extends readonly AnyFeature[], Read, Own extends object> {
  /** The features whose services it uses: they are built before it. */
  readonly below: B;
  /** Reads what it needs of the files that come with the code: once for the process, before there is a database. */
  readonly read?: () => Read;
  /** Its services, on one kind of connection: turns and jobs have services of their own. */
  readonly build: (ports: Ports, below: Built<B>, read: Read) => Own;
}

/** A feature with the way to make its services, in a list with others: its handlers find what they ask for in `S`. */
export interface Member<S> extends Feature<S> {
  readonly below: readonly AnyFeature[];
  readonly read?: () => unknown;
  readonly build: (ports: Ports, below: never, read: never) => object;
}
export type AnyFeature = Member<never>;

/**
 * The manifest that a feature exports. Its handlers may ask for the ports, its own services and those of `below`, and
 * for nothing else: types see to it. `build` comes before what uses its result.
 */
export const feature = <const B extends readonly AnyFeature[], Read, Own extends object = never>(
  manifest: Making<B, Read, Own> & Feature<NoInfer<Ports & Built<B> & Own>>,
): Making<B, Read, Own> & Feature<Ports & Built<B> & Own> => manifest;
