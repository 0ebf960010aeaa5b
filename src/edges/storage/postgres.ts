import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Log } from '../../core/ports.ts';
import { migrationsFolder, type Storage } from './storage.ts';

/** Any number, the same in every process: who holds it migrates, the others wait. */
const MIGRATION_LOCK = 20_261_123;

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
  // The pool listens to its idle connections only: one that breaks in the middle of a query would end the process.
  pool.on('connect', (client) => client.on('error', (err) => log.warn({ err }, 'database connection lost')));
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
