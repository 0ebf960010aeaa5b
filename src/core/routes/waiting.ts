import type { Card } from '../card.ts';
import type { PersonKey } from '../people/person-key.ts';
import type { Tx } from '../ports/db.ts';
import type { Due } from '../time/due.ts';
import type { Person } from '../turn.ts';

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
  readonly find: (person: PersonKey, id: string, services: S) => Promise<UnderWay | undefined>;
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
  readonly actsFor?: PersonKey | undefined;
  /** The contract or the file that it is of: « Dossier nº 12 ». */
  readonly about?: string | undefined;
  readonly since: Date;
  readonly due: Due;
  /** When whoever has it did something of it last, where that is known here. */
  readonly touched?: Date | undefined;
  /** Who of the staff has it, where the feature itself keeps that. */
  readonly owner?: PersonKey | undefined;
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
    seen: PersonKey | undefined,
    owner: Person | undefined,
    services: S,
  ) => Promise<boolean>;
}
