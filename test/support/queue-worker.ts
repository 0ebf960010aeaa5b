import { z } from 'zod';
import { systemClock } from '../../src/core/clock.ts';
import { job } from '../../src/core/routes/jobs.ts';
import { buildQueue } from '../../src/edges/queue/index.ts';
import { openPostgres } from '../../src/edges/storage/postgres.ts';

/** A process with a job that never ends, for a test that kills it. It says when the job has begun. */
const log = { info: () => {}, warn: () => {}, error: () => {} };
const storage = openPostgres(process.env.WORKER_DATABASE ?? '', log);
const endless = job('test.killed', z.strictObject({}), () => {
  process.stdout.write('begun\n');
  return new Promise<void>(() => {});
});
const queue = buildQueue(storage.engine, [endless], () => ({}), log, systemClock);
await queue.start();
await storage.db.transaction((tx) => queue.enqueue(tx, 'test.killed', {}));
