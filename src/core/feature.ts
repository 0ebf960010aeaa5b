import type { Content } from './card.ts';
import type { FirstStepRoute } from './cards/first-steps.ts';
import type { PersonKey } from './people/person-key.ts';
import type { Tx } from './ports/db.ts';
import type { CalendarItem } from './ports/documents.ts';
import type { RecallRoute } from './recalls.ts';
import type { JobRoute } from './routes/jobs.ts';
import type { BodyRoute, Charge, PrivacyRoute, RelyingRoute, Ties, TrailRoute } from './routes/keeping.ts';
import type { NoticeRoute } from './routes/notices.ts';
import type { DownloadRoute, PageRoute, ReadingRoute } from './routes/pages.ts';
import type {
  ActionRoute,
  AnswersRoute,
  ChoicesRoute,
  FilesRoute,
  MessageRoute,
  Spoken,
} from './routes/turns.ts';
import type { AgendaItem, SentRequest, UnderWayRoute, WaitRoute } from './routes/waiting.ts';
import type { Hold, Retention } from './rows/retention.ts';
import type { Feedback, InstalledTurn, MessageTurn, Person } from './turn.ts';

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
  readonly events?: (person: PersonKey, services: S) => Promise<readonly CalendarItem[]>;
  /** What people are reminded of there, until it is done. */
  readonly recalls?: RecallRoute<S>;
  /** What a person sent to the broker there, the latest first. */
  readonly requests?: (person: Person, services: S) => Promise<readonly SentRequest[]>;
  /** What a new office puts in place there. */
  readonly firstSteps?: readonly FirstStepRoute<S>[];
  /** What waits for the broker's staff there. */
  readonly waits?: readonly WaitRoute<S>[];
  /** Of some of a kind that wait, by their id, who has each that is in the hands of somebody who is there. One feature has it. */
  readonly holders?: (
    kind: string,
    ids: readonly string[],
    services: S,
  ) => Promise<ReadonlyMap<string, Person>>;
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
