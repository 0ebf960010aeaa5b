import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import type { Db, Query } from '../../core/ports/db.ts';
import type { PoolUse, SchemaVersions } from '../../core/process/watched.ts';
import type { Connection } from './connection.ts';

export const migrationsFolder = join(import.meta.dirname, 'migrations');

/** What keeps the database from being worked with. */
export type Unusable = 'database' | 'schema' | 'disk';

export interface Storage {
  /** For turns: somebody waits, so that what is locked or slow is given up soon. */
  readonly db: Db;
  /** For jobs, and for what notices say, which wait longer. */
  readonly jobs: Db;
  /** For sending: nothing else takes its connections. */
  readonly delivery: Db;
  /** For what arrived, before its turn begins: turns that wait for a lock hold up nobody else. */
  readonly inbox: Db;
  /** The engine itself, for the queue, which speaks to it without Drizzle. */
  readonly engine:
    | { readonly kind: 'pglite'; readonly pglite: PGlite }
    | { readonly kind: 'postgres'; readonly connection: Connection };
  /**
   * Brings the schema to the newest version. Safe when several processes start together: one works, the
   * others say that they wait. `prepare` runs on the same connection, in the same turn; the embedded
   * database, which nobody shares, does not need it. Throws a `CourtierError` where the schema is too new.
   */
  migrate(prepare?: (query: Query) => Promise<void>): Promise<void>;
  /** Works on a connection of its own, which waits as long as it must; whoever migrates waits for it meanwhile. */
  alone<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Resolves when the database answers, within two seconds. */
  ping(): Promise<void>;
  /** What is the matter, told within two seconds; undefined when nothing is. */
  trouble(): Promise<Unusable | undefined>;
  /** The newest migrations: the database's, and ours. */
  schema(): Promise<SchemaVersions>;
  /** How the connections are used now, by kind of work; none are counted of the embedded database, which has one. */
  pools(): readonly PoolUse[];
  close(): Promise<void>;
}
