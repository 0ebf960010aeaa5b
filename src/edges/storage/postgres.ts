import type { Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Log } from '../../core/ports.ts';
import { migrationsFolder, type Storage } from './storage.ts';

/** Any number, the same in every process: who holds it migrates, the others wait. */
const MIGRATION_LOCK = 20_261_123;

/** The longest statement. */
const PATIENCE_MS = 20_000;

/** What a pooled client has and its types leave out. */
interface Wired {
  readonly connection: { readonly stream: Socket };
}

/**
 * A PostgreSQL server. Connections that break are reported and replaced; one on which nothing comes back, longer than
 * any statement may last, has lost its other end without a word, and is cut.
 */
export function openPostgres(url: string, log: Log, patienceMs = PATIENCE_MS): Storage {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    statement_timeout: patienceMs,
    // The server, too, lets go of what a lost transaction had locked.
    idle_in_transaction_session_timeout: patienceMs,
    application_name: 'courtier',
  });
  // The pool listens to its idle connections only: one that breaks in the middle of a query would end the process.
  pool.on('connect', (client) => {
    client.on('error', (err) => log.warn({ err }, 'database connection lost'));
    const { stream } = (client as unknown as Wired).connection;
    stream.setTimeout(patienceMs * 1.25, () => stream.destroy(new Error('the database is silent')));
  });
  pool.on('error', () => {});
  const db = drizzle(pool);
  return {
    db,
    engine: { kind: 'postgres', url },
    async migrate() {
      const client = await pool.connect();
      try {
        await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
        await migrate(drizzle(client), { migrationsFolder });
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
