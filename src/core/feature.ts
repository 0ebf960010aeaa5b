import type { SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { Card, Content } from './card.ts';
import type { Due } from './due.ts';
import type { FirstStepRoute } from './first-steps.ts';
import type { Audience, AgendaItem as CalendarItem, Recipient, Tx } from './ports.ts';
import type { Quota, Uncounted } from './quota.ts';
import type { RecallRoute } from './recalls.ts';
import type { Hold, Retention } from './retention.ts';
import type { ActionTurn, ConversationKind, Feedback, InstalledTurn, MessageTurn, Person } from './turn.ts';

export type Role = 'client' | 'staff' | 'admin';

/** A picture: the name of one of Fluent's icons, and a sign for the clients that draw none. */
export interface Picture {
  readonly icon: string;
  readonly sign: string;
}

/** A choice of a list: what is read, and what is sent. */
export type Choice = {
  readonly title: string;
  readonly value: string;
};

/** Choices that are found while somebody types, where their client asks for them. What is found is for everybody. */
export interface ChoicesRoute<S> {
  /** The name that the list of choices has in its card. */
  readonly dataset: string;
  /** The best first. */
  readonly find: (text: string, services: S) => Promise<readonly Choice[]>;
}

/**
 * Under which heading `aide` shows a command of clients; `first`, with its picture, before all headings; with `greeting`
 * in the first words of a chat alone.
 */
export interface HelpPlace {
  readonly group: 'ask' | 'buy' | 'contracts' | 'settings';
  readonly first?: Picture & { readonly greeting?: true };
}

/** A command that a person may type. It matches the whole message, accents and case aside. */
export interface MessageRoute<S> {
  readonly command: string;
  readonly aliases?: readonly string[];
  /** One line for `aide` and for the Teams manifest. */
  readonly description: string;
  readonly help?: HelpPlace;
  readonly role: Role;
  readonly scopes: readonly ConversationKind[];
  /** A card leads to it as well: it is not one of the twelve, at most, that Teams itself proposes in a scope. */
  readonly minor?: true;
  /** What shows of it, in a shared place, what everybody around may know: a button of the feature, which needs no data. */
  readonly team?: string;
  /** Words may follow the command, as those of a memo would: `turn.argument`. */
  readonly takesArgument?: boolean;
  readonly handle: (turn: MessageTurn, services: S) => Promise<void>;
}

/**
 * A button of a card. `input` refuses a wrong type or an excessive length, and drops the keys that it does not know:
 * clients send along the card's other inputs, and keys of their own.
 */
export interface ActionRoute<S> {
  readonly verb: string;
  readonly role: Role;
  /** Each drawing of its form has a key of its own, so that `turn.effect` is the same for a form that is sent twice. */
  readonly creates?: true;
  /** How often in a day; what creates says it, or why it is not counted. */
  readonly quota?: Quota | Uncounted;
  readonly input: z.ZodType;
  /**
   * Its form as things stand, of what was sent: when that is refused, it comes back with what was typed. Undefined when
   * what was sent is of no form of ours.
   */
  readonly form?: (turn: ActionTurn, sent: object, services: S) => Promise<Card | undefined>;
  readonly handle: (turn: ActionTurn, input: unknown, services: S) => Promise<void>;
}

/** Work done outside a turn, begun within two seconds of the instant that it is for. The payload holds ids, never a person's words. */
export interface JobRoute<S> {
  readonly name: string;
  readonly input: z.ZodType;
  /** Cron expression in UTC for upkeep that may be missed without harm; absent for work that is enqueued. */
  readonly every?: string;
  /** The event that enqueues it, with the event's payload: how a feature hears of another one, whichever is above. */
  readonly on?: string;
  readonly handle: (input: unknown, services: S) => Promise<void>;
}

/**
 * What becomes of somebody's things when they have themselves erased, told to them before. `ends`: deleted, or closed in
 * order. `goesOn`: their colleagues, or the broker, go on without them. `team`: the staff go on, who are told.
 */
export interface Fate {
  readonly kind: 'ends' | 'goesOn' | 'team';
  readonly count: number;
  /** One of them, and several. */
  readonly noun: readonly [string, string];
  /** What becomes of one, and of several: « rendu à l’équipe », « rendus à l’équipe ». */
  readonly becomes: readonly [string, string];
  /** Where the staff find them. */
  readonly command?: string;
}

/** What a member of the staff looks after: handed over when their role is withdrawn. */
export interface Charge<S> {
  /** One of them, and several. */
  readonly noun: readonly [string, string];
  /** Where the staff find them. */
  readonly command: string;
  readonly count: (person: Pick<Person, 'tenantId' | 'objectId'>, services: S) => Promise<number>;
  /** Gives them to a colleague, or back to the team. */
  readonly hand: (tx: Tx, person: Person, heir: Person | undefined, services: S) => Promise<void>;
}

/** What a feature holds about a person, for the right of access and of erasure. */
export interface PrivacyRoute<S> {
  readonly title: string;
  /** Everything held, as JSON-serialisable data. */
  readonly export: (person: Person, services: S) => Promise<unknown>;
  readonly erase: (tx: Tx, person: Person, services: S) => Promise<void>;
  /** What becomes of what is alive, and of what is nobody's but theirs. */
  readonly fates?: (person: Person, services: S) => Promise<readonly Fate[]>;
}

/** A file to keep. */
export interface MadeDownload {
  readonly fileName: string;
  readonly mediaType: string;
  readonly body: string | Uint8Array;
}

/** The same, of which the body may be made last, for as long as whoever asked for it is not gone. */
export interface Download extends Omit<MadeDownload, 'body'> {
  readonly body: MadeDownload['body'] | ((gone?: AbortSignal) => Promise<Uint8Array>);
}

/** A file behind a short-lived link. */
export interface DownloadRoute<S> {
  readonly kind: string;
  readonly handle: (subject: unknown, services: S) => Promise<Download>;
}

/** The media type of an .xlsx workbook. */
export const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The media type of a .docx document. */
export const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** What a page, a feed or a document answers. */
export interface PageAnswer {
  readonly status: 200 | 403 | 404 | 409 | 422;
  readonly mediaType: 'text/html' | 'text/calendar' | typeof WORD;
  readonly body: string | Uint8Array;
  /** For a file to keep. */
  readonly fileName?: string;
}

/** A page for somebody without an account, or a feed for a calendar, behind a numbered link. */
export interface PageRoute<S> {
  /** The kind of link that leads there. */
  readonly kind: string;
  /** What such links are, for the staff who list them: « Page du fournisseur ». */
  readonly title: string;
  /** What follows their secret in an address, for programs that want an extension. */
  readonly suffix?: string;
  /** Who loses what when one is revoked: a sentence. */
  readonly loses: string;
  /** Where to ask for another: a sentence for whoever holds one that leads nowhere, whatever it was for. */
  readonly again: string;
  /** What one is about, and for whom, for the staff. Throws `notFound` when it leads nowhere any more. */
  readonly about: (subject: unknown, services: S) => Promise<string>;
  /**
   * What a link of the release before is for, as one of today would say it; undefined when it holds no more. The same
   * as it was, where there is none. A later release drops it.
   */
  readonly former?: (subject: unknown, services: S) => Promise<object | undefined>;
  /** The fields of its forms in which people write: their words are given back to whoever sends them too late. */
  readonly words?: readonly string[];
  /** `form` is what was submitted; undefined when the page is only looked at. */
  readonly handle: (subject: unknown, form: URLSearchParams | undefined, services: S) => Promise<PageAnswer>;
  /** What a refusal looks like there, when it is not a page with one sentence. */
  readonly refuse?: (sentence: string) => PageAnswer;
}

/** Pages for everybody, of what is nobody's: by what their address names. */
export interface ReadingRoute<S> {
  /** `place` is '' for the first one. Throws `notFound` where there is none. */
  readonly handle: (place: string, services: S) => PageAnswer;
}

/** How a kind of object's acts read in the journal. Never in somebody's words: what they wrote is not there. */
export interface TrailRoute<S> {
  /** The first word of the acts: `contract` of `contract.amend`. */
  readonly prefix: string;
  /** What such objects are called together, and one of them: « Contrats », « Contrat ». */
  readonly title: string;
  readonly one: string;
  /** What was done, by the rest of the act: « a noté le contrat ». `{n}` is a number that ends the act's word. */
  readonly acts: Readonly<Record<string, string>>;
  /** What tells such objects apart, by their ids: « nº 12 ». Those that are not there any more are absent. */
  readonly names?: (ids: readonly string[], services: S) => Promise<ReadonlyMap<string, string>>;
  /** The id of the object that has a number. */
  readonly find?: (number: number, services: S) => Promise<string | undefined>;
}

/** How many of a body's things there are, for somebody who acts for it, or did. */
export interface Kept {
  /** Those that they see, as one who acts for it. */
  readonly seen: number;
  /** Those that they made for it: they stay there without them. */
  readonly made: number;
}

/** What a feature keeps for public bodies, told when somebody leaves one. */
export interface BodyRoute<S> {
  /** One of them, and several: « dossier », « dossiers ». */
  readonly noun: readonly [string, string];
  /** The command that finds them. */
  readonly command: string;
  readonly count: (
    person: Pick<Person, 'tenantId' | 'objectId'>,
    organization: string,
    services: S,
  ) => Promise<Kept>;
}

/** People whom the database itself reads: rows of tenant_id, object_id. */
export type Ties = SQL;

/** What a supplier's fiche says: of the supplier, and of these offers. */
export interface Relied {
  readonly supplier: string;
  readonly offers: readonly string[];
}

/** Several suppliers, with all their offers. */
export interface ReliedTogether {
  readonly suppliers: readonly string[];
  readonly offers: readonly string[];
}

/** Who relies on what a fiche says, and for what. */
export interface RelyingRoute<S> {
  /** Those who are told when it is corrected, suspended or withdrawn. */
  readonly audience: (on: Relied, services: S) => Audience;
  /** What of a person's rests on it, in a sentence each, as it stands now: « Dossier nº 12 … ». */
  readonly of: (
    on: Relied,
    person: Pick<Person, 'tenantId' | 'objectId'>,
    services: S,
  ) => Promise<readonly string[]>;
  /** What rests there: « dossier ouvert », « dossiers ouverts ». */
  readonly noun: readonly [string, string];
  /** How many rest on something of these suppliers. */
  readonly count: (on: ReliedTogether, services: S) => Promise<number>;
}

/** What to do with dropped files, and who may drop them. */
export interface FilesRoute<S> {
  readonly role: Role;
  /** Whether a file of that name is for it; absent for whoever takes what no other does. */
  readonly takes?: (name: string) => boolean;
  /** What such files are called together: « des fiches ». */
  readonly noun: string;
  /** Counted as `files` of its feature. */
  readonly quota: Quota;
  readonly handle: (turn: MessageTurn, services: S) => Promise<void>;
}

/** How a kind of notice is delivered. */
export interface NoticeRules {
  readonly kind: string;
  /** `once`: never sent twice, what may have been received is listed for a person. `surely`: that is sent once more. */
  readonly policy: 'once' | 'surely';
  /** `decent`: business days between 8 and 18 h. */
  readonly hours: 'decent' | 'any';
  /** Waits for the end of a person's pause, and for their hour. */
  readonly pausable: boolean;
  /** What it is, in the list of a person's reminders. */
  readonly title?: string;
  /** The smaller goes first: 0 answers somebody, 1 is a reminder, 2 goes to many. */
  readonly priority: 0 | 1 | 2;
}

/** A kind of notice, composed when its time comes; `undefined` when there is nothing to tell any more. */
export interface NoticeRoute<S> extends NoticeRules {
  readonly subject: z.ZodType;
  readonly compose: (subject: unknown, recipient: Recipient, services: S) => Promise<Content | undefined>;
  /** Of which file or contract, and what there is to do: a line in the list of a person's reminders. */
  readonly about?: (subject: unknown, person: Person, services: S) => Promise<string>;
}

/** What somebody has under way: it may go along with what they ask of the staff, if they let it. */
export interface UnderWay {
  readonly id: string;
  readonly title: string;
  /** Where it stands: « Consulter le Catalogue ». */
  readonly step: string;
}

/** How what people have under way is found, by a feature that does not know what it is. */
export interface UnderWayRoute<S> {
  /** The command that opens the latest. */
  readonly command: string;
  /** The latest that is open. */
  readonly latest: (person: Person, services: S) => Promise<UnderWay | undefined>;
  /** One of theirs as it stands now; undefined where it is theirs no more. */
  readonly find: (
    person: Pick<Person, 'tenantId' | 'objectId'>,
    id: string,
    services: S,
  ) => Promise<UnderWay | undefined>;
}

/** The title of a button that needs nothing of its card, typed as words: it does what the button does. */
export interface Spoken {
  readonly words: readonly string[];
  readonly verb: string;
  readonly data?: Readonly<Record<string, string | number | boolean>>;
}

/** Something that somebody has to do, or to attend. */
export interface AgendaItem {
  /** Absent for what has no date. */
  readonly on?: Temporal.PlainDate | undefined;
  readonly what: string;
  /** When, and whose word that is; how it stands, where it has no date. */
  readonly when: string;
  readonly late?: boolean;
  /** The words that open it. */
  readonly ask: string;
}

/** Something that somebody sent to the broker, beside their questions: a comment, a request. */
export interface SentRequest {
  /** « Commentaire nº 3 ». */
  readonly title: string;
  readonly at: Date;
  readonly text: string;
  /** Where it stands, in words. */
  readonly state: string;
  readonly stands: 'waiting' | 'answered' | 'ended';
  /** The words that open it, where there is more to see. */
  readonly ask?: string;
}

/** Something that waits for the broker's staff: concluded from the feature's own rows, each time that it is read. */
export interface Wait {
  /** What names it among its kind. */
  readonly id: string;
  /** « Question nº 12 ». */
  readonly title: string;
  /** What it says, in somebody's words or in ours. */
  readonly text: string;
  /** Whoever waits for it, as they are called; empty for nobody in particular. */
  readonly person: string;
  /** The body that it is for; what it is not known, that of `actsFor` now, where it may be said. */
  readonly body?: string | undefined;
  readonly actsFor?: Pick<Person, 'tenantId' | 'objectId'> | undefined;
  /** The contract or the file that it is of: « Dossier nº 12 ». */
  readonly about?: string | undefined;
  readonly since: Date;
  readonly due: Due;
  /** When whoever has it did something of it last, where that is known here. */
  readonly touched?: Date | undefined;
  /** Who of the staff has it, where the feature itself keeps that. */
  readonly owner?: Pick<Person, 'tenantId' | 'objectId'> | undefined;
}

/** What waits for the staff in a feature. */
export interface WaitRoute<S> {
  /** Unique in the house: `question`. */
  readonly kind: string;
  /** One of them, and several. */
  readonly noun: readonly [string, string];
  /**
   * All of them, in as many statements however many there are. Where only some are wanted, `only` has those of their ids
   * that are ours (`Id`): no others need be read where they may be many, and may be listed all the same.
   */
  readonly list: (services: S, only?: readonly string[]) => Promise<readonly Wait[]>;
  /** The staff's card of one. Throws `notFound` for what is not there any more. */
  readonly open: (id: string, services: S) => Promise<Card>;
  /**
   * Says who has it, in a feature that keeps that itself; nobody where `owner` is undefined. False, and nothing is
   * written, where it does not wait any more, or is not in the hands of `seen`.
   */
  readonly assign?: (
    tx: Tx,
    by: Person,
    id: string,
    seen: Pick<Person, 'tenantId' | 'objectId'> | undefined,
    owner: Person | undefined,
    services: S,
  ) => Promise<boolean>;
}

/** A question that shows what can be asked: the entry that answers it, and its title. */
export type Example = {
  readonly entry: string;
  readonly title: string;
};

/** What a feature can answer, for those that read a message before it. */
export interface AnswersRoute<S> {
  /** Whether a word, folded, occurs in what it answers, its stem or that very form: it is then no misspelt name. */
  readonly knows: (word: string, services: S, written?: boolean) => boolean;
  /** Whether it answers a text for sure: a name in passing then comes after. */
  readonly surely: (text: string, services: S) => boolean;
  /** Questions to begin with. */
  readonly examples: (services: S) => readonly Example[];
}

/** What a feature does, by the services that its handlers ask for: all that the router, the queue and `aide` need to know of it. */
export interface Feature<S> {
  readonly id: string;
  readonly messages: readonly MessageRoute<S>[];
  readonly actions: readonly ActionRoute<S>[];
  readonly jobs: readonly JobRoute<S>[];
  readonly templates: readonly string[];
  /**
   * What everybody around may see: why no word or name of somebody, of a body or of the staff is shown by any of its
   * clients' commands and buttons, or by those named; or that whoever presses one shows it on purpose. All others are for a personal chat only; the staff's, for their
   * channel too.
   */
  readonly anywhere?: string | Readonly<Record<string, string>>;
  readonly notices?: readonly NoticeRoute<S>[];
  readonly privacy?: PrivacyRoute<S>;
  /** How long each of its tables is kept, and whom it names. */
  readonly retention?: readonly Retention[];
  /** What it has other features keep. */
  readonly holds?: readonly Hold[];
  readonly downloads?: readonly DownloadRoute<S>[];
  readonly pages?: readonly PageRoute<S>[];
  /** The guide's passages, below /guide: one feature has them. */
  readonly reading?: ReadingRoute<S>;
  /** What it keeps for public bodies. */
  readonly bodies?: readonly BodyRoute<S>[];
  /** Gives one body what is kept here for another: the staff found that both are the same. */
  readonly merge?: (tx: Tx, from: string, into: string, services: S) => Promise<void>;
  /** Those who owe something here now, or are owed something: they are not forgotten, however long they are silent. */
  readonly ties?: (services: S) => Ties;
  /** What here rests on what a fiche of the catalogue says. */
  readonly relying?: RelyingRoute<S>;
  /** What the staff look after, one by one. */
  readonly charges?: readonly Charge<S>[];
  /** What it writes to the trail of who did what. */
  readonly trails?: readonly TrailRoute<S>[];
  /**
   * Receives a message that is no command, in the order of the registry: false leaves it to the next
   * feature. The last one takes everything.
   */
  readonly freeText?: (turn: MessageTurn, services: S) => Promise<boolean>;
  /** Titles of its buttons that may be typed. */
  readonly spoken?: readonly Spoken[];
  /** What a person has to do there now, in any order. */
  readonly agenda?: (person: Person, services: S) => Promise<readonly AgendaItem[]>;
  /** What is of a person's own calendar there, as they see it now, in any order. */
  readonly events?: (
    person: Pick<Person, 'tenantId' | 'objectId'>,
    services: S,
  ) => Promise<readonly CalendarItem[]>;
  /** What people are reminded of there, until it is done. */
  readonly recalls?: RecallRoute<S>;
  /** What a person sent to the broker there, the latest first. */
  readonly requests?: (person: Person, services: S) => Promise<readonly SentRequest[]>;
  /** What a new office puts in place there. */
  readonly firstSteps?: readonly FirstStepRoute<S>[];
  /** What waits for the broker's staff there. */
  readonly waits?: readonly WaitRoute<S>[];
  /** Who has something that waits, where it is in the hands of somebody who is there. One feature has it. */
  readonly holder?: (kind: string, id: string, services: S) => Promise<Person | undefined>;
  readonly answers?: AnswersRoute<S>;
  readonly choices?: readonly ChoicesRoute<S>[];
  /** What people have under way here. One feature has it. */
  readonly underWay?: UnderWayRoute<S>;
  /**
   * Says where to go with words that are not answered in a shared place: a sentence, with a way there, and a button for
   * what may be shown to those around. One feature has it.
   */
  readonly elsewhere?: (sentence: string, words: string, services: S, team: string | undefined) => Content;
  /** Receives what people think of a message, in the order of the registry: false when it is none of the feature's. */
  readonly feedback?: (feedback: Feedback, services: S) => Promise<boolean>;
  /** Receives files that somebody drops in the chat; what several take goes to the last of the registry. */
  readonly files?: FilesRoute<S>;
  /** Takes up what a crash interrupted; runs at each start, once jobs can be enqueued. */
  readonly resume?: (services: S) => Promise<void>;
  /** Fills what is empty, where the deployer wants an example of everything; before `resume`. */
  readonly samples?: (services: S) => Promise<void>;
  /** Takes over what another process changed; before the first turn, then every few seconds. */
  readonly refresh?: (services: S) => Promise<void>;
  /** What the first turn needs and being ready does not. */
  readonly warm?: (services: S) => void;
  /** The assistant arrived in a conversation. */
  readonly installed?: (turn: InstalledTurn, services: S) => Promise<void>;
}

/** An action whose handler receives its parsed input. */
export function action<S, I extends z.ZodType>(
  verb: string,
  input: I,
  handle: (turn: ActionTurn, input: z.output<I>, services: S) => Promise<void>,
  role: Role = 'client',
): ActionRoute<S> {
  return {
    verb,
    input,
    role,
    handle: (turn, value, services) => handle(turn, value as z.output<I>, services),
  };
}

/**
 * An action that creates something: `turn.effect` is its id, and creating it twice is creating it once. Its quota is
 * counted under its verb by what writes it (`quotas.spend`).
 */
export const creating = <S, I extends z.ZodType>(
  verb: string,
  quota: Quota | Uncounted,
  input: I,
  handle: Parameters<typeof action<S, I>>[2],
  role?: Role,
): ActionRoute<S> => ({ ...action(verb, input, handle, role), creates: true, quota });

/** An action that creates nothing, but reaches others: counted likewise. */
export const counted = <S>(quota: Quota, route: ActionRoute<S>): ActionRoute<S> => ({ ...route, quota });

/** What is counted in a day, by the name under which it is. */
export const quotasOf = (
  features: readonly {
    readonly id: string;
    readonly actions: readonly Pick<ActionRoute<never>, 'verb' | 'quota'>[];
    readonly files?: Pick<FilesRoute<never>, 'quota'>;
  }[],
): ReadonlyMap<string, Quota> =>
  new Map(
    features.flatMap(({ id, actions, files }) => [
      ...actions.flatMap(({ verb, quota }) => (quota && 'noun' in quota ? [[verb, quota] as const] : [])),
      ...(files ? [[`${id}.files`, files.quota] as const] : []),
    ]),
  );

/** The verbs whose forms carry a key. */
export const creatingVerbs = (
  features: readonly { readonly actions: readonly Pick<ActionRoute<never>, 'verb' | 'creates'>[] }[],
): ReadonlySet<string> =>
  new Set(features.flatMap(({ actions }) => actions.flatMap(({ verb, creates }) => (creates ? [verb] : []))));

/** A job whose handler receives its parsed payload. */
export function job<S, I extends z.ZodType>(
  name: string,
  input: I,
  handle: (input: z.output<I>, services: S) => Promise<void>,
  when: Pick<JobRoute<S>, 'every' | 'on'> = {},
): JobRoute<S> {
  return {
    name,
    input,
    handle: (value, services) => handle(value as z.output<I>, services),
    ...when,
  };
}

/** A kind of notice whose composer receives its parsed subject. */
export function notice<S, I extends z.ZodType>(
  rules: NoticeRules,
  subject: I,
  compose: (subject: z.output<I>, recipient: Recipient, services: S) => Promise<Content | undefined>,
  about?: (subject: z.output<I>, person: Person, services: S) => Promise<string>,
): NoticeRoute<S> {
  return {
    ...rules,
    subject,
    compose: (value, recipient, services) => compose(value as z.output<I>, recipient, services),
    ...(about && {
      about: (value: unknown, person: Person, services: S) => about(value as z.output<I>, person, services),
    }),
  };
}
