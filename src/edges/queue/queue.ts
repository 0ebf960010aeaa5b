import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { type ConstructorOptions, fromDrizzle, fromPglite, PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Tx } from '../../core/ports/db.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Queue } from '../../core/ports/queue.ts';
import { traced, traceId } from '../../core/process/trace.ts';
import type { JobDepth, JobWatch } from '../../core/process/watched.ts';
import type { JobRoute } from '../../core/routes/jobs.ts';
import { buildAlarm } from './alarm.ts';

export interface JobEngine extends Queue {
  /** Creates the queues and begins to work. */
  start(): Promise<void>;
  /** True between start and stop, while the engine's looks at the database are answered. */
  ready(): boolean;
  /** Lets the jobs under way end, at most ten seconds or so many milliseconds, and takes no other. */
  stop(graceMs?: number): Promise<void>;
  /** What waits, is under way and was given up, of each job that there is. */
  depths(): Promise<readonly JobDepth[]>;
}

/** Each worker looks by itself so rarely: a notification wakes it at once, or the alarm does, for all queues together. */
const POLL_SECONDS = 60;

/** A job of whose process nothing was heard for so long is given to another, which looks for such jobs so often. */
const HEARTBEAT_SECONDS = 20;
const SUPERVISE_SECONDS = 10;

/** As each queue is made, once for a database. */
const QUEUE = {
  notify: true,
  retryLimit: 5,
  retryDelay: 5,
  retryBackoff: true,
  expireInSeconds: 300,
  heartbeatSeconds: HEARTBEAT_SECONDS,
} as const;

const QUERY_MS = 25_000;
const GRACE_MS = 10_000;

/** The queues, of those named, where a job is due. */
const DUE = `
  select q.name from unnest($1::text[]) as q (name)
  where exists (
    select 1 from pgboss.job j
    where j.name = q.name and j.state < 'active' and j.start_after <= now() and not j.blocked)`;
/** One look at what is not done: the index of live jobs is all it reads. */
const DEPTHS = `
  select name,
    count(*) filter (where state < 'active')::int as waiting,
    count(*) filter (where state = 'active')::int as active,
    count(*) filter (where state = 'failed')::int as failed,
    coalesce(extract(epoch from now() - min(start_after) filter (
      where state < 'active' and start_after <= now())), 0)::float as "oldestSeconds"
  from pgboss.job where state in ('created', 'retry', 'active', 'failed') group by name`;
const Depths = z.array(
  z.object({
    name: z.string(),
    waiting: z.number(),
    active: z.number(),
    failed: z.number(),
    oldestSeconds: z.number(),
  }),
);
/** Beside what a job is given: the id of what made it necessary. */
const TRACE = 'courtierTrace';
const Traced = z.looseObject({ [TRACE]: z.string().optional() });
const Names = z.array(z.object({ name: z.string() }));

type Engine =
  | { kind: 'pglite'; pglite: PGlite }
  | {
      kind: 'postgres';
      connection: Pick<ConstructorOptions, 'host' | 'port' | 'user' | 'database' | 'password' | 'ssl'>;
    };

/**
 * The jobs of the features on pg-boss, in the same database as their data: work is enqueued in the
 * transaction that made it necessary, and survives a crash. A job that throws is tried again, five
 * times, with growing pauses.
 */
export function buildQueue<S>(
  engine: Engine,
  jobs: readonly JobRoute<S>[],
  services: () => S,
  log: Log,
  clock: Clock,
  watch: JobWatch = () => {},
): JobEngine {
  const boss = new PgBoss({
    ...(engine.kind === 'pglite'
      ? { db: fromPglite(engine.pglite), backend: 'pglite' as const }
      : {
          ...engine.connection,
          application_name: 'courtier-jobs',
          max: 4,
          // One that lost its other end without a word is given up.
          query_timeout: QUERY_MS,
        }),
    useListenNotify: true,
    // No job depends on another.
    flowIntervalSeconds: 3_600,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    schedule: jobs.some((job) => job.every),
  });
  boss.on('error', (err) => log.warn({ err }, 'job engine'));
  let started = false;
  const workers = new Map<string, string>();
  const wake = (queue: string): void => {
    const worker = workers.get(queue);
    if (worker) boss.notifyWorker(worker);
  };
  const alarm = buildAlarm(
    async () => {
      const { rows } = await boss.getDb().executeSql(DUE, [[...workers.keys()]]);
      return Names.parse(rows).map(({ name }) => name);
    },
    wake,
    log,
  );

  async function run(job: JobRoute<S>, payload: unknown): Promise<void> {
    const started = performance.now();
    const seen = (outcome: 'done' | 'failed') =>
      watch(job.name, outcome, (performance.now() - started) / 1_000);
    try {
      await job.handle(job.input.parse(payload), services());
      seen('done');
    } catch (err) {
      seen('failed');
      log.error({ job: job.name, err }, 'job failed');
      throw new Error(`job ${job.name} failed`);
    } finally {
      // Notifications of one transaction are one: whoever did a job looks for the next before it rests.
      wake(job.name);
    }
  }

  async function enqueue(tx: Tx, name: string, payload: object, after?: Temporal.Instant): Promise<void> {
    const trace = traceId();
    await boss.send(name, trace ? { ...payload, [TRACE]: trace } : payload, {
      db: fromDrizzle(tx as Parameters<typeof fromDrizzle>[0], sql),
      // So many seconds from now: the engine counts them by the clock of the database, which is not always ours.
      ...(after && { startAfter: clock.now().until(after).total('seconds') }),
    });
  }

  const work = (job: JobRoute<S>): Promise<string> =>
    boss.work(
      job.name,
      { pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS },
      async ([received]) => {
        const { [TRACE]: trace, ...payload } = Traced.parse(received?.data ?? {});
        await traced(trace, `job ${job.name}`, () => run(job, payload));
      },
    );

  return {
    enqueue,
    async publish(tx, event, payload) {
      for (const job of jobs) if (job.on === event) await enqueue(tx, job.name, payload);
    },
    async start() {
      await boss.start();
      const [queues, schedules] = await Promise.all([boss.getQueues(), boss.getSchedules()]);
      const made = new Set(queues.map(({ name }) => name));
      const kept = new Map(schedules.map(({ name, cron }) => [name, cron]));
      await Promise.all(
        jobs.map(async (job) => {
          if (!made.has(job.name)) await boss.createQueue(job.name, QUEUE);
          if (job.every && kept.get(job.name) !== job.every) await boss.schedule(job.name, job.every);
          workers.set(job.name, await work(job));
        }),
      );
      await alarm.start();
      started = true;
    },
    ready: () => started && alarm.answers(),
    async stop(graceMs = GRACE_MS) {
      started = false;
      alarm.stop();
      await boss.stop({ graceful: true, timeout: graceMs });
    },
    async depths() {
      const found = new Map(
        Depths.parse((await boss.getDb().executeSql(DEPTHS)).rows).map((row) => [row.name, row]),
      );
      return jobs.map(({ name: job }) => {
        const { waiting = 0, active = 0, failed = 0, oldestSeconds = 0 } = found.get(job) ?? {};
        return { job, waiting, active, failed, oldestSeconds };
      });
    },
  };
}
