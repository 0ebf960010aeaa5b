import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as onPostgres } from 'drizzle-orm/node-postgres';
import { drizzle as onPglite } from 'drizzle-orm/pglite';
import type pg from 'pg';
import type { Db } from '../../src/core/ports/db.ts';
import { connectionOf } from '../../src/edges/storage/connection.ts';
import { buildPool, type Patience } from '../../src/edges/storage/pool.ts';
import { database } from '../support/database.ts';
import { silent } from '../support/delivery.ts';
import { createJobsTable } from '../support/fake-queue.ts';
import { migratedPostgres } from '../support/postgres.ts';
import { watchEffects } from '../support/walk/effects.ts';

/** A process' way to the database, which may be cut, and on which its statements are counted. */
export interface Line {
  readonly db: Db;
  /** How many statements it asked. */
  asked: number;
  /** Nothing goes through. */
  cut: boolean;
  /** After so many statements more it is cut; what it was to tell anybody is lost with it. */
  diesIn: number;
}

/** The world's one database, and a line to it for each process. */
export interface Store {
  /** For whoever looks at the world from outside: no process' line. */
  readonly db: Db;
  line(): Line;
  close(): Promise<void>;
}

/** What the driver says of a connection that broke in the middle of a query. */
const broken = () => Object.assign(new Error('Connection terminated unexpectedly'), { code: '08006' });

/** The embedded database: whatever is done at once is done in one order, always the same. */
export async function openStore(): Promise<Store> {
  const storage = await database();
  if (storage.engine.kind !== 'pglite') throw new Error('the world is on the embedded database');
  const { pglite } = storage.engine;
  await prepare(storage.db);
  return { db: storage.db, line: () => lineTo(pglite, onPglite), close: () => storage.close() };
}

/**
 * Of a process on a server: as many connections as all its pools have, and patience: nothing paces the notices of a large
 * office, whose statements wait for each other.
 */
const PATIENT: Patience = { most: 40, connectMs: 600_000, lockMs: 60_000, statementMs: 60_000 };

/** A server of PostgreSQL, on which each process has connections of its own: what is done at once is done at once. */
export async function openServerStore(): Promise<Store> {
  const server = await migratedPostgres();
  const pools: pg.Pool[] = [];
  const pool = (): pg.Pool => {
    const opened = buildPool(connectionOf(server.url), PATIENT, silent, () => {});
    pools.push(opened);
    return opened;
  };
  const db = onPostgres(pool());
  await prepare(db);
  return {
    db,
    line: () => lineTo(pool(), onPostgres),
    async close() {
      await Promise.all(pools.map((each) => each.end()));
      await server.stop();
    },
  };
}

async function prepare(db: Db): Promise<void> {
  await createJobsTable(db);
  await watchEffects(db);
  // The ledger's own ids are drawn by the database: here, one after the other.
  await db.execute(sql`create sequence test_ids`);
  await db.execute(
    sql`alter table deliveries alter column id set default lpad(to_hex(nextval('test_ids')), 32, '0')::uuid`,
  );
}

/** What drivers ask a database by. */
const ASKS = new Set<string | symbol>(['query', 'exec', 'sql']);

function lineTo<Driver extends PGlite | pg.Pool>(driver: Driver, open: (driver: Driver) => Db): Line {
  const line = { asked: 0, cut: false, diesIn: Number.POSITIVE_INFINITY };
  const gate = () => {
    line.asked++;
    if (line.diesIn-- <= 0) line.cut = true;
    if (line.cut) throw broken();
  };
  const guarded = <T extends object>(client: T): T =>
    new Proxy(client, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        if (ASKS.has(name))
          return async (...given: unknown[]) => {
            // A transaction that ends badly is to be undone, also by whoever is cut.
            if (given[0] !== 'rollback') gate();
            return value.apply(target, given);
          };
        if (name === 'connect') return async () => guarded(await value.call(target));
        if (name === 'transaction')
          return async (work: (tx: object) => Promise<unknown>) => {
            gate();
            return value.call(target, (tx: object) => work(guarded(tx)));
          };
        return value.bind(target);
      },
    });
  return Object.assign(line, { db: open(guarded(driver)) });
}
