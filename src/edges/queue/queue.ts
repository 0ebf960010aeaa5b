import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { fromDrizzle, fromPglite, PgBoss } from 'pg-boss';
import type { Clock } from '../../core/clock.ts';
import type { JobRoute } from '../../core/feature.ts';
import type { Log, Queue, Tx } from '../../core/ports.ts';

export interface JobEngine extends Queue {
  /** Creates the queues and begins to work. */
  start(): Promise<void>;
  /** True between start and stop. */
  ready(): boolean;
  /** Lets the jobs under way end, at most ten seconds, and takes no other. */
  stop(): Promise<void>;
}

/** LISTEN wakes the workers at once; polling is for what it may miss. */
const POLL_SECONDS = 2;

const QUERY_MS = 25_000;

type Engine = { kind: 'pglite'; pglite: PGlite } | { kind: 'postgres'; url: string };

/**
 * The jobs of the features on pg-boss, in the same database as their data: work is enqueued in the
 * transaction that made it necessary, and survives a crash. A job that throws is tried again, five
 * times, with growing pauses.
 */
export function buildQueue(
  engine: Engine,
  jobs: readonly JobRoute<unknown>[],
  services: () => unknown,
  log: Log,
  clock: Clock,
): JobEngine {
  const boss = new PgBoss({
    ...(engine.kind === 'pglite'
      ? { db: fromPglite(engine.pglite), backend: 'pglite' as const }
      : {
          connectionString: engine.url,
          application_name: 'courtier-jobs',
          max: 4,
          // One that lost its other end without a word is given up.
          query_timeout: QUERY_MS,
        }),
    useListenNotify: true,
    schedule: jobs.some((job) => job.every),
  });
  boss.on('error', (err) => log.warn({ err }, 'job engine'));
  let ready = false;

  async function run(job: JobRoute<unknown>, payload: unknown): Promise<void> {
    try {
      await job.handle(job.input.parse(payload ?? {}), services());
    } catch (err) {
      log.error({ job: job.name, err }, 'job failed');
      throw new Error(`job ${job.name} failed`);
    }
  }

  async function enqueue(tx: Tx, name: string, payload: object, after?: Temporal.Instant): Promise<void> {
    await boss.send(name, payload, {
      db: fromDrizzle(tx as Parameters<typeof fromDrizzle>[0], sql),
      // So many seconds from now: the engine counts them by the clock of the database, which is not always ours.
      ...(after && { startAfter: clock.now().until(after).total('seconds') }),
    });
  }

  return {
    enqueue,
    async publish(tx, event, payload) {
      for (const job of jobs) if (job.on === event) await enqueue(tx, job.name, payload);
    },
    async start() {
      await boss.start();
      for (const job of jobs) {
        await boss.createQueue(job.name, {
          notify: true,
          retryLimit: 5,
          retryDelay: 5,
          retryBackoff: true,
          expireInSeconds: 300,
        });
        await boss.work(
          job.name,
          {
            pollingIntervalSeconds: POLL_SECONDS,
            // Nothing notifies that an instant has come.
            ...(job.timed ? { notifyPollingIntervalSeconds: POLL_SECONDS } : {}),
          },
          async ([received]) => run(job, received?.data),
        );
        if (job.every) await boss.schedule(job.name, job.every);
      }
      ready = true;
    },
    ready: () => ready,
    async stop() {
      ready = false;
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}
