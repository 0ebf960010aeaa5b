import type { SQL } from 'drizzle-orm';
import type { PersonKey } from '../people/person-key.ts';
import type { Tx } from '../ports/db.ts';
import type { Audience } from '../ports/delivery.ts';
import type { Person } from '../turn.ts';

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
  readonly count: (person: PersonKey, services: S) => Promise<number>;
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
  readonly count: (person: PersonKey, organization: string, services: S) => Promise<Kept>;
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
  readonly of: (on: Relied, person: PersonKey, services: S) => Promise<readonly string[]>;
  /** What rests there: « dossier ouvert », « dossiers ouverts ». */
  readonly noun: readonly [string, string];
  /** How many rest on something of these suppliers. */
  readonly count: (on: ReliedTogether, services: S) => Promise<number>;
}
