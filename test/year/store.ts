import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import type { Db } from '../../src/core/ports.ts';
import { database } from '../support/database.ts';
import { createJobsTable } from '../support/fake-queue.ts';
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

/** What the driver says of a connection that broke in the middle of a query. */
const broken = () => Object.assign(new Error('Connection terminated unexpectedly'), { code: '08006' });

/** The world's one database, and a line to it for each process. */
export async function openStore() {
  const storage = await database();
  if (storage.engine.kind !== 'pglite') throw new Error('the world is on the embedded database');
  const { pglite } = storage.engine;
  await createJobsTable(storage.db);
  await watchEffects(storage.db);
  // The ledger's own ids are drawn by the database: here, one after the other.
  await storage.db.execute(sql`create sequence test_ids`);
  await storage.db.execute(
    sql`alter table deliveries alter column id set default lpad(to_hex(nextval('test_ids')), 32, '0')::uuid`,
  );
  return {
    /** For whoever looks at the world from outside: no process' line. */
    db: storage.db,
    /** A line for a process. */
    line: () => lineTo(pglite),
    close: () => storage.close(),
  };
}

function lineTo(pglite: PGlite): Line {
  const line: { db: Db } & Omit<Line, 'db'> = {
    db: undefined as never,
    asked: 0,
    cut: false,
    diesIn: Number.POSITIVE_INFINITY,
  };
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
        if (name === 'query' || name === 'exec' || name === 'sql')
          return async (...given: unknown[]) => {
            gate();
            return value.apply(target, given);
          };
        if (name === 'transaction')
          return async (work: (tx: object) => Promise<unknown>) => {
            gate();
            return value.call(target, (tx: object) => work(guarded(tx)));
          };
        return value.bind(target);
      },
    });
  line.db = drizzle(guarded(pglite));
  return line;
}
