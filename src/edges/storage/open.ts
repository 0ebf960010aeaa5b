import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { migrate as migratePg } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import pg from 'pg';
import type { Db, Log } from '../../core/ports.ts';
import { lockDirectory } from './lock.ts';

const migrationsFolder = join(import.meta.dirname, 'migrations');

/** Any number, the same in every process: who holds it migrates, the others wait. */
const MIGRATION_LOCK = 20_261_123;

export interface Storage {
  readonly db: Db;
  /** The engine itself, for the queue, which speaks to it without Drizzle. */
  readonly engine:
    | { readonly kind: 'pglite'; readonly pglite: PGlite }
    | { readonly kind: 'postgres'; readonly url: string };
  /** Brings the schema to the newest version. Safe when several processes start together. */
  migrate(): Promise<void>;
  /** Resolves when the database answers, within two seconds. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The embedded database in a directory that no other process uses. First start takes some seconds. */
export async function openEmbedded(directory: string): Promise<Storage> {
  const release = lockDirectory(directory);
  try {
    return embedded(await PGlite.create(join(directory, 'pg')), release);
  } catch (error) {
    release();
    throw error;
  }
}

/** The embedded database around an instance that exists already: a test's, in memory. */
export function embedded(pglite: PGlite, release: () => void = () => {}): Storage {
  const db = drizzlePglite(pglite);
  return {
    db,
    engine: { kind: 'pglite', pglite },
    migrate: () => migratePglite(db, { migrationsFolder }),
    ping: async () => void (await db.execute(sql`select 1`)),
    async close() {
      if (!pglite.closed) await pglite.close();
      release();
    },
  };
}

/** A PostgreSQL server. Idle connections that break are reported and replaced. */
export function openPostgres(url: string, log: Log): Storage {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    statement_timeout: 30_000,
    application_name: 'courtier',
  });
  pool.on('error', (err) => log.warn({ err }, 'database connection lost'));
  const db = drizzlePg(pool);
  return {
    db,
    engine: { kind: 'postgres', url },
    async migrate() {
      const client = await pool.connect();
      try {
        await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
        await migratePg(drizzlePg(client), { migrationsFolder });
      } finally {
        await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {});
        client.release();
      }
    },
    async ping() {
      const timeout = AbortSignal.timeout(2_000);
      await Promise.race([
        db.execute(sql`select 1`),
        new Promise((_, reject) => timeout.addEventListener('abort', () => reject(timeout.reason))),
      ]);
    },
    close: () => pool.end(),
  };
}
