/** What became of a turn. `refused`: a sentence that was foreseen. `unavailable` and `failed`: an apology. */
export type TurnOutcome = 'done' | 'refused' | 'unavailable' | 'failed';

/** Told of each turn: its kind, the verb or the command of the registry that took it, and what became of it. */
export type TurnWatch = (kind: string, verb: string, outcome: TurnOutcome) => void;

/** Told of each job that ran, and how long it took. */
export type JobWatch = (job: string, outcome: 'done' | 'failed', seconds: number) => void;

/** What waits in the queue, of one job. */
export interface JobDepth {
  readonly job: string;
  readonly waiting: number;
  readonly active: number;
  /** Given up after all their tries. */
  readonly failed: number;
  /** For how long the oldest one that is due waits; 0 when none does. */
  readonly oldestSeconds: number;
}

/** What waits in the ledger, and what became of the deliveries of a day. */
export interface DeliveryDepth {
  readonly states: readonly { readonly state: string; readonly n: number }[];
  readonly due: number;
  readonly oldestSeconds: number;
  /** For how long Teams asked us to be silent. */
  readonly pausedSeconds: number;
}

/** The connections of one kind of work. */
export interface PoolUse {
  readonly pool: string;
  readonly used: number;
  readonly most: number;
  /** How many ask for one and have none. */
  readonly waiting: number;
}

/** The newest migration of the database, and the newest that this code knows; in epoch milliseconds. */
export interface SchemaVersions {
  readonly newest: number;
  readonly known: number;
}

/** How the parts are, for the staff: what cannot be had is undefined. */
export interface Condition {
  readonly version: string;
  readonly jobs: readonly JobDepth[];
  readonly database: {
    readonly engine: 'pglite' | 'postgres';
    readonly bytes: number | undefined;
    readonly schema: SchemaVersions;
  };
  /** Of the disk where the embedded database lives, or the process. */
  readonly disk: { readonly free: number; readonly total: number } | undefined;
}

/** What whoever is on call sees, asked when they look. */
export interface Watched {
  ready(): Promise<string | undefined>;
  jobs(): Promise<readonly JobDepth[]>;
  deliveries(): Promise<DeliveryDepth>;
  pools(): readonly PoolUse[];
  schema(): Promise<SchemaVersions>;
  /** Messages a second that may be sent to the people of a tenant. */
  readonly pace: number;
  /** Days until the secret's last day; undefined when nobody said which it is. */
  secretDays(): number | undefined;
  /** Days until the certificate of the public address ends; undefined when none was seen. */
  certificateDays(): number | undefined;
}
