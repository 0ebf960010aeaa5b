import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../src/core/ports/db.ts';
import type { Queue } from '../../src/core/ports/queue.ts';
import type { JobRoute } from '../../src/core/routes/jobs.ts';
import { rowsOf } from './rows.ts';

export interface WaitingJob {
  readonly name: string;
  readonly payload: object;
  readonly after?: Temporal.Instant;
}

const Row = z.object({
  name: z.string(),
  payload: z.record(z.string(), z.unknown()),
  after: z.string().nullable(),
});

/** The table in which the jobs wait, in the tests' database, beside those that each test empties. */
export const createJobsTable = (db: Db) =>
  db.execute(sql`
    create table if not exists test_jobs
      (id serial primary key, place int not null default 1, name text not null, payload jsonb not null, after timestamptz)`);

/**
 * The engine's promises without its time: what is enqueued waits with the transaction that enqueued it, and is gone
 * when that is rolled back; a job runs when its instant has come; one that throws is kept for the next time.
 */
export function fakeQueue(db: Db, jobs: readonly Pick<JobRoute<never>, 'name' | 'on'>[]) {
  const queue: Queue = {
    async enqueue(tx, name, payload, after) {
      // The delivery's own alarm clock: a test sends what is due itself.
      if (name.startsWith('delivery.')) return;
      await add(tx, { name, payload, ...(after && { after }) });
    },
    async publish(tx, event, payload) {
      for (const job of jobs) if (job.on === event) await queue.enqueue(tx, job.name, payload);
    },
  };

  const add = (tx: Db, { name, payload, after }: WaitingJob) =>
    tx.execute(sql`
      insert into test_jobs (name, payload, after)
      values (${name}, ${JSON.stringify(payload)}::jsonb, ${after?.toString() ?? null}::timestamptz)`);

  async function ask(statement: ReturnType<typeof sql>): Promise<WaitingJob[]> {
    return (await rowsOf(db, statement, Row)).map(({ name, payload, after }) => ({
      name,
      payload,
      ...(after !== null && { after: Temporal.Instant.from(after) }),
    }));
  }

  const named = (name: string | undefined) => (name === undefined ? sql`true` : sql`name = ${name}`);
  const columns = sql`name, payload, to_json(after) #>> '{}' as after`;

  return {
    queue,
    /** The jobs that wait, the next one first; of one name, or all. */
    waiting: (name?: string) =>
      ask(sql`select ${columns} from test_jobs where ${named(name)} order by place, id`),
    /** Takes out the jobs that wait, of one name or all. */
    async take(name?: string): Promise<WaitingJob[]> {
      return ask(sql`delete from test_jobs where ${named(name)} returning ${columns}`);
    },
    /** Puts jobs at the end. */
    async put(...waiting: readonly WaitingJob[]): Promise<void> {
      for (const job of waiting) await add(db, job);
    },
    /** Those of a name go before the others. */
    bringForward: (name: string) => db.execute(sql`update test_jobs set place = 0 where name = ${name}`),
    /** Takes out the next job that is due; undefined when none is. */
    async next(now: Temporal.Instant): Promise<WaitingJob | undefined> {
      const [job] = await ask(sql`
        delete from test_jobs where id = (
          select id from test_jobs where after is null or after <= ${now.toString()}::timestamptz
          order by place, id limit 1)
        returning ${columns}`);
      return job;
    },
  };
}
