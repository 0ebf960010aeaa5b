import { setTimeout } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { CourtierError } from '../../core/errors.ts';
import type { Query } from '../../core/ports/db.ts';
import type { Log } from '../../core/ports/log.ts';
import { within } from '../../core/process/within.ts';
import { FULL } from '../../core/rows/database-trouble.ts';
import { type Connection, connectionOf, type Token } from './connection.ts';
import { applyMigrations, isCompatible, readMigrations, schemaVersions } from './migrate.ts';
import { buildPool, type Patience } from './pool.ts';
import { migrationsFolder, type Storage, type Unusable } from './storage.ts';

/** Any number, the same in every process: who holds it migrates, the others wait. */
const MIGRATION_LOCK = 20_261_123;
/** How often one asks for it. A query that waited for it would itself hold up an index built concurrently. */
const ASK_MS = 250;

/** A turn gives up what is locked, so that its connection serves the others. */
const TURNS: Patience = { most: 20, connectMs: 5_000, lockMs: 2_000, statementMs: 15_000 };
const JOBS: Patience = { most: 8, connectMs: 10_000, lockMs: 5_000, statementMs: 20_000 };
const DELIVERY: Patience = { most: 6, connectMs: 10_000, lockMs: 10_000, statementMs: 20_000 };
/** Whoever gives it up works on an event that another process may work on too: a busy machine is waited for. */
const INBOX: Patience = { most: 6, connectMs: 6_000, lockMs: 3_000, statementMs: 6_000 };
/** For readiness, which waits for nobody. */
const WATCH: Patience = { most: 1, connectMs: 5_000, lockMs: 1_000, statementMs: 2_000 };

/** How long a refusal for want of room is believed. */
const FULL_MS = 15_000;

export interface PostgresOptions {
  /** The longest statement, in milliseconds, where it is to be shorter than usual. */
  readonly patienceMs?: number;
  /** The folder of the migrations that this code knows. */
  readonly migrations?: string;
  /** What is given as a password instead of the address's. */
  readonly token?: Token | undefined;
}

/** A PostgreSQL server: separate connections for turns, jobs, delivery and the inbox, each with its own patience. */
export function openPostgres(
  url: string,
  log: Log,
  {
    patienceMs = Number.POSITIVE_INFINITY,
    migrations: folder = migrationsFolder,
    token,
  }: PostgresOptions = {},
): Storage {
  const connection = connectionOf(url, token);
  let fullAt = Number.NEGATIVE_INFINITY;
  const refused = (code: string) => {
    if (code === FULL) fullAt = performance.now();
  };
  const pool = ({ statementMs, ...patience }: Patience) =>
    buildPool(connection, { ...patience, statementMs: Math.min(statementMs, patienceMs) }, log, refused);
  const pools = {
    turns: pool(TURNS),
    jobs: pool(JOBS),
    delivery: pool(DELIVERY),
    inbox: pool(INBOX),
    watch: pool(WATCH),
  };
  let known: ReturnType<typeof readMigrations> | undefined;
  const migrations = () => {
    known ??= readMigrations(folder);
    return known;
  };
  const watching: Query = (text, values) => pools.watch.query(text, values);

  async function trouble(): Promise<Unusable | undefined> {
    if (!(await isCompatible(watching, migrations()))) return 'schema';
    return performance.now() - fullAt < FULL_MS ? 'disk' : undefined;
  }

  return {
    db: drizzle(pools.turns),
    jobs: drizzle(pools.jobs),
    delivery: drizzle(pools.delivery),
    inbox: drizzle(pools.inbox),
    engine: { kind: 'postgres', connection },
    migrate: (prepare) =>
      alone(connection, log, async (query) => {
        await applyMigrations(query, migrations(), log);
        await prepare?.(query);
      }),
    alone: (work) => alone(connection, log, work),
    ping: () => within(2_000, async () => void (await drizzle(pools.watch).execute(sql`select 1`))),
    trouble: () => within(2_000, trouble).catch(() => 'database' as const),
    schema: () => schemaVersions(watching, migrations()),
    pools: () =>
      Object.entries(pools).map(([pool, { totalCount, idleCount, waitingCount, options }]) => ({
        pool,
        used: totalCount - idleCount,
        most: options.max,
        waiting: waitingCount,
      })),
    async close() {
      await Promise.all(Object.values(pools).map((each) => each.end()));
    },
  };
}

/** Works on a connection of its own, which waits as long as it must, while no other process does. */
async function alone<T>(connection: Connection, log: Log, work: (query: Query) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    ...connection,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'courtier-migrations',
  });
  client.on('error', (err) => log.warn({ err }, 'database connection lost'));
  await client.connect();
  const query: Query = async (text, values) => {
    // Several statements in one text have several results.
    const results: pg.QueryResult | pg.QueryResult[] = await client.query(text, values);
    return { rows: [results].flat().flatMap(({ rows }) => rows) };
  };
  try {
    // Whatever the server's or the role's defaults are.
    await query('set statement_timeout = 0');
    await query('set idle_in_transaction_session_timeout = 0');
    await turnToMigrate(query, log);
    return await work(query);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '42501')
      throw new CourtierError(
        'unavailable',
        'L’utilisateur de DATABASE_URL n’a pas le droit de créer les tables de Courtier dans cette base de données.',
        error,
      );
    throw error;
  } finally {
    // The lock goes with the connection.
    await client.end().catch(() => {});
  }
}

async function turnToMigrate(query: Query, log: Log): Promise<void> {
  const isOurs = async () => {
    const [row] = (await query('select pg_try_advisory_lock($1) as ours', [MIGRATION_LOCK])).rows;
    return row?.ours === true;
  };
  if (await isOurs()) return;
  log.info({}, 'another process migrates the database: waiting for it');
  while (!(await isOurs())) await setTimeout(ASK_MS);
  log.info({}, 'the other process is done with the database');
}
