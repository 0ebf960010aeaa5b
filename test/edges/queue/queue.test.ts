import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { systemClock } from '../../../src/core/clock.ts';
import { traced, traceId } from '../../../src/core/process/trace.ts';
import { type JobRoute, job } from '../../../src/core/routes/jobs.ts';
import { buildQueue, type JobEngine } from '../../../src/edges/queue/index.ts';
import { openPostgres } from '../../../src/edges/storage/postgres.ts';
import { silent } from '../../support/delivery.ts';
import { type Engine, engines } from '../../support/engines.ts';
import { startPostgres } from '../../support/postgres-server.ts';
import { print } from '../../support/print.ts';
import { rowsOf } from '../../support/rows.ts';

// In real time, on the real engine: what is at stake is when it begins.

const JOBS = 200;
/** On a machine that has nothing else to do; on a busy one, what the enqueuing took tells how busy it is. */
const withinMs = (enqueuedMs: number) => Math.max(5_000, 5 * enqueuedMs);

/** Milliseconds since now, but those for which this process had something to do and the machine served others. */
function stopwatch(): () => number {
  const [start, loop, processor] = [
    performance.now(),
    performance.eventLoopUtilization(),
    process.cpuUsage(),
  ];
  return () => {
    const { user, system } = process.cpuUsage(processor);
    const { active } = performance.eventLoopUtilization(loop);
    const servedOthers = Math.max(0, active - (user + system) / 1_000);
    return performance.now() - start - servedOthers;
  };
}
const Numbered = z.strictObject({ n: z.number() });

/** How often each numbered job ran, and when so many have. */
function counted() {
  const runs = new Map<number, number>();
  const waiting: { readonly n: number; readonly resolve: () => void }[] = [];
  return {
    runs,
    ran(n: number): void {
      runs.set(n, (runs.get(n) ?? 0) + 1);
      for (const each of waiting) if (runs.size >= each.n) each.resolve();
    },
    all: (n: number) => new Promise<void>((resolve) => waiting.push({ n, resolve })),
  };
}

const numbers = Array.from({ length: JOBS }, (_, n) => n);

describe.each(engines)('on $name', ({ name, open }) => {
  let engine: Engine;
  let running: JobEngine | undefined;
  beforeAll(async () => {
    engine = await open();
  });
  afterEach(async () => {
    await running?.stop();
  });
  afterAll(() => engine.close());

  async function started(...jobs: JobRoute<unknown>[]): Promise<JobEngine> {
    running = buildQueue(engine.storage.engine, jobs, () => ({}), silent, systemClock);
    await running.start();
    return running;
  }

  test('two hundred jobs of one transaction are done within five seconds', async () => {
    const { runs, ran, all } = counted();
    const queue = await started(job('test.together', Numbered, async ({ n }) => ran(n)));
    const taken = stopwatch();
    await engine.storage.db.transaction(async (tx) => {
      for (const n of numbers) await queue.enqueue(tx, 'test.together', { n });
    });
    const enqueued = taken();
    await all(JOBS);
    const ms = taken();
    print(`${name}: ${JOBS} jobs of one transaction in ${ms.toFixed(0)} ms`);
    expect(ms).toBeLessThan(withinMs(enqueued));
    expect([...runs.values()].every((times) => times === 1)).toBe(true);
  });

  test('two hundred jobs of two hundred transactions are done within five seconds', async () => {
    const { ran, all } = counted();
    const queue = await started(job('test.apart', Numbered, async ({ n }) => ran(n)));
    const taken = stopwatch();
    for (const n of numbers)
      await engine.storage.db.transaction((tx) => queue.enqueue(tx, 'test.apart', { n }));
    const enqueued = taken();
    await all(JOBS);
    const ms = taken();
    print(`${name}: ${JOBS} jobs of ${JOBS} transactions in ${ms.toFixed(0)} ms`);
    expect(ms).toBeLessThan(withinMs(enqueued));
  });

  test('a job is done under the id of what made it necessary, of which its input knows nothing', async () => {
    const seen = Promise.withResolvers<string | undefined>();
    const queue = await started(job('test.traced', Numbered, async () => seen.resolve(traceId())));
    const id = 'a'.repeat(32);
    await traced(id, 'test', () =>
      engine.storage.db.transaction((tx) => queue.enqueue(tx, 'test.traced', { n: 1 })),
    );
    expect(await seen.promise).toBe(id);
  });

  test('a job that does not end holds up none of another queue', async () => {
    const { ran, all } = counted();
    const end = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow = job('test.slow', z.strictObject({}), () => {
      begun.resolve();
      return end.promise;
    });
    const light = [0, 1, 2, 3].map((of) => job(`test.light${of}`, Numbered, async ({ n }) => ran(n)));
    const queue = await started(slow, ...light);
    await engine.storage.db.transaction((tx) => queue.enqueue(tx, 'test.slow', {}));
    await begun.promise;
    const taken = stopwatch();
    await engine.storage.db.transaction(async (tx) => {
      for (const n of numbers) await queue.enqueue(tx, `test.light${n % 4}`, { n });
    });
    const enqueued = taken();
    await all(JOBS);
    expect(taken()).toBeLessThan(withinMs(enqueued));
    end.resolve();
  });

  test('a job that fails is tried again on time, and those beside it run once', async () => {
    const { runs, ran, all } = counted();
    const again = Promise.withResolvers<number>();
    const queue = await started(
      job('test.failing', Numbered, async ({ n }) => {
        ran(n);
        if (n !== 7) return;
        if (runs.get(n) === 1) throw new Error('on purpose');
        again.resolve(Date.now());
      }),
    );
    await engine.storage.db.transaction(async (tx) => {
      for (const n of numbers.slice(0, 20)) await queue.enqueue(tx, 'test.failing', { n });
    });
    await all(20);
    const failed = Date.now();
    const planned = await dueAt('test.failing', 'retry');
    const began = await again.promise;
    print(
      `${name}: a retry planned after ${(planned - failed).toFixed(0)} ms began ${(began - planned).toFixed(0)} ms later`,
    );
    expect(began).toBeGreaterThanOrEqual(planned - 50);
    expect(began - planned).toBeLessThan(2_000);
    expect(numbers.slice(0, 20).map((n) => runs.get(n))).toEqual(
      numbers.slice(0, 20).map((n) => (n === 7 ? 2 : 1)),
    );
  });

  test('a job begins within two seconds of its instant', async () => {
    const begun = Promise.withResolvers<Temporal.Instant>();
    const queue = await started(
      job('test.timed', z.strictObject({}), async () => begun.resolve(systemClock.now())),
    );
    const at = systemClock.now().add({ milliseconds: 2_500 });
    await engine.storage.db.transaction((tx) => queue.enqueue(tx, 'test.timed', {}, at));
    const late = at.until(await begun.promise).total('milliseconds');
    print(`${name}: a job began ${late.toFixed(0)} ms after its instant`);
    expect(late).toBeGreaterThan(-50);
    expect(late).toBeLessThan(2_000);
  });

  test('it is ready between its start and its stop', async () => {
    const queue = buildQueue(engine.storage.engine, [], () => ({}), silent, systemClock);
    expect(queue.ready()).toBe(false);
    await queue.start();
    expect(queue.ready()).toBe(true);
    await queue.stop();
    expect(queue.ready()).toBe(false);
  });

  /** When the only job of a queue that is in a state is due, in epoch milliseconds. */
  async function dueAt(queue: string, state: string): Promise<number> {
    for (;;) {
      const [row] = await rowsOf(
        engine.storage.db,
        sql`select extract(epoch from start_after) * 1000 as at from pgboss.job where name = ${queue} and state = ${state}`,
        z.object({ at: z.coerce.number() }),
      );
      if (row) return row.at;
    }
  }
});

test('a queue whose database is away is not ready, and does what was due once it is back', async () => {
  const server = await startPostgres();
  const storage = openPostgres(server.migrated, silent);
  const done = Promise.withResolvers<void>();
  const outlasting = job('test.outage', z.strictObject({}), async () => done.resolve());
  const queue = buildQueue(storage.engine, [outlasting], () => ({}), silent, systemClock);
  await queue.start();
  const soon = systemClock.now().add({ seconds: 5 });
  await storage.db.transaction((tx) => queue.enqueue(tx, 'test.outage', {}, soon));
  await server.restart(() => until(() => !queue.ready()));
  await done.promise;
  await until(() => queue.ready());
  await queue.stop();
  await storage.close();
  await server.stop();
});

test('a job whose process was killed begins again in another within a minute', async () => {
  const server = await startPostgres();
  const storage = openPostgres(server.migrated, silent);
  const again = Promise.withResolvers<void>();
  const killed = job('test.killed', z.strictObject({}), async () => again.resolve());
  const victim = spawn(process.execPath, [join(import.meta.dirname, '../../support/queue-worker.ts')], {
    env: { ...process.env, WORKER_DATABASE: server.migrated },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(victim.stdout, 'data');
  const at = performance.now();
  victim.kill('SIGKILL');
  const queue = buildQueue(storage.engine, [killed], () => ({}), silent, systemClock);
  await queue.start();
  await again.promise;
  const seconds = (performance.now() - at) / 1_000;
  print(`a job whose process was killed began again after ${seconds.toFixed(0)} s`);
  expect(seconds).toBeLessThan(60);
  await queue.stop();
  await storage.close();
  await server.stop();
});

/** Looks again until something is so. */
async function until(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((done) => setTimeout(done, 50));
}
