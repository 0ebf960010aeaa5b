import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { z } from 'zod';
import { systemClock } from '../src/core/clock.ts';
import { job } from '../src/core/routes/jobs.ts';
import { deliveryJobs } from '../src/edges/delivery/index.ts';
import { buildQueue } from '../src/edges/queue/index.ts';
import { embedded } from '../src/edges/storage/embedded.ts';
import type { Storage } from '../src/edges/storage/index.ts';
import { openPostgres } from '../src/edges/storage/postgres.ts';
import { features } from '../src/features/registry.ts';
import { silent } from '../test/support/delivery.ts';
import { postgres } from '../test/support/postgres.ts';
import { row } from './figures.ts';

const JOBS = 200;
const IDLE_SECONDS = 60;
/** Given up after so long: what is not done by then is what the line tells. */
const PATIENCE_MS = 60_000;

/** How fast a burst is worked off, and what the queue costs when there is nothing to do, on both engines. */
export async function benchQueue(): Promise<void> {
  console.log(`\nThe queue, with all the queues of the registry, ${IDLE_SECONDS} s idle`);
  row('', 'burst, 1 tx', 'burst, 200', 'idle stmt/s');
  const pglite = await PGlite.create();
  let asked = countPglite(pglite);
  await measured('PGlite', embedded(pglite), () => asked.statements);
  const server = await postgres();
  asked = countPg();
  await measured('PostgreSQL', openPostgres(server.url, silent), () => asked.statements);
  await server.stop();
}

async function measured(engine: string, storage: Storage, statements: () => number): Promise<void> {
  await storage.migrate();
  const done: (() => void)[] = [];
  const burst = job('bench.burst', z.strictObject({}), async () => done.pop()?.());
  const others = [...features.flatMap((feature) => feature.jobs), ...deliveryJobs(() => {})];
  // Their own work is left out: what remains is the engine's.
  const jobs = [burst, ...others.map((each) => ({ ...each, handle: async () => {} }))];
  const queue = buildQueue(storage.engine, jobs, () => ({}), silent, systemClock);
  await queue.start();
  const together = await seconds(done, () =>
    storage.db.transaction(async (tx) => {
      for (let n = 0; n < JOBS; n++) await queue.enqueue(tx, 'bench.burst', {});
    }),
  );
  const apart = await seconds(done, async () => {
    for (let n = 0; n < JOBS; n++) await storage.db.transaction((tx) => queue.enqueue(tx, 'bench.burst', {}));
  });
  const before = statements();
  await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1_000));
  const rate = (statements() - before) / IDLE_SECONDS;
  row(`${engine}, ${jobs.length} queues`, together, apart, rate);
  await queue.stop();
  await storage.close();
}

/** Until the last job ran; how many ran when they do not within a minute. */
async function seconds(done: (() => void)[], enqueue: () => Promise<void>): Promise<string> {
  const all = Array.from({ length: JOBS }, () => new Promise<void>((resolve) => done.push(resolve)));
  const start = performance.now();
  await enqueue();
  const patience = new Promise<'late'>((resolve) => setTimeout(resolve, PATIENCE_MS, 'late').unref());
  const late = (await Promise.race([Promise.all(all), patience])) === 'late';
  const missing = done.splice(0).length;
  return late ? `${JOBS - missing} done` : `${((performance.now() - start) / 1_000).toFixed(2)} s`;
}

function countPglite(pglite: PGlite) {
  const asked = { statements: 0 };
  for (const method of ['query', 'exec'] as const) {
    const original = pglite[method].bind(pglite) as (...args: unknown[]) => unknown;
    Object.defineProperty(pglite, method, {
      value: (...args: unknown[]) => {
        asked.statements++;
        return original(...args);
      },
    });
  }
  return asked;
}

function countPg() {
  const asked = { statements: 0 };
  const original = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  Object.defineProperty(pg.Client.prototype, 'query', {
    value(this: pg.Client, ...args: unknown[]) {
      asked.statements++;
      return original.apply(this, args);
    },
  });
  return asked;
}
