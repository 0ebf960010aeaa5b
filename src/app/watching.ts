import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { Clock } from '../core/clock.ts';
import { CourtierError } from '../core/errors.ts';
import type { Log } from '../core/ports/log.ts';
import { lastDayOf } from '../core/process/bot-secret.ts';
import type { Condition, Watched } from '../core/process/watched.ts';
import { ROOT } from '../core/root.ts';
import { dateIn } from '../core/time/days.ts';
import type { Delivery } from '../edges/delivery/index.ts';
import type { Metrics } from '../edges/observability/index.ts';
import type { JobEngine } from '../edges/queue/index.ts';
import type { Storage } from '../edges/storage/index.ts';

interface WatchedParts {
  readonly config: Pick<Config, 'bot' | 'secretExpires' | 'sendsPerSecond' | 'timeZone'>;
  readonly storage: Pick<Storage, 'engine' | 'jobs' | 'pools' | 'schema'>;
  readonly clock: Clock;
  readonly jobs: Pick<JobEngine, 'depths'>;
  readonly delivery: Pick<Delivery, 'depth'>;
  readonly ready: () => Promise<string | undefined>;
  readonly certificateDays: () => number | undefined;
}

/** The last day of the bot's secret, as its file says now; undefined while that cannot be read: `doctor` says why. */
export function secretEnds({
  bot,
  secretExpires,
}: Pick<Config, 'bot' | 'secretExpires'>): string | undefined {
  try {
    return lastDayOf(bot, secretExpires);
  } catch (error) {
    if (!(error instanceof CourtierError)) throw error;
    return undefined;
  }
}

/** What whoever is on call sees of the parts, asked when they look. */
export const watchedOf = ({
  config,
  storage,
  clock,
  jobs,
  delivery,
  ready,
  certificateDays,
}: WatchedParts): Watched => ({
  ready,
  jobs: jobs.depths,
  deliveries: () => delivery.depth(storage.jobs),
  pools: storage.pools,
  schema: storage.schema,
  pace: config.sendsPerSecond,
  certificateDays,
  secretDays: () => daysUntil(secretEnds(config), config.timeZone, clock),
});

/** How the parts are, for the staff. */
export async function conditionOf({
  config: { dataDir },
  storage,
  jobs,
}: Pick<WatchedParts, 'storage' | 'jobs'> & {
  readonly config: Pick<Config, 'dataDir'>;
}): Promise<Condition> {
  const known = <T>(value: Promise<T>): Promise<T | undefined> => value.catch(() => undefined);
  const [size, disk] = await Promise.all([
    known(storage.jobs.execute(sql`select pg_database_size(current_database())::float8 as bytes`)),
    known(statfs(existsSync(dataDir) ? dataDir : ROOT)),
  ]);
  return {
    version: codeVersion(),
    jobs: await jobs.depths(),
    database: {
      engine: storage.engine.kind,
      bytes: Sizes.safeParse(size).data?.rows[0]?.bytes,
      schema: await storage.schema(),
    },
    disk: disk && { free: disk.bavail * disk.bsize, total: disk.blocks * disk.bsize },
  };
}

const Sizes = z.object({ rows: z.array(z.object({ bytes: z.number() })) });

/** Days from today to a day, which may be past; undefined for none. */
function daysUntil(day: string | undefined, timeZone: string, clock: Clock): number | undefined {
  const today = dateIn(clock.now(), timeZone);
  return day === undefined
    ? undefined
    : today.until(Temporal.PlainDate.from(day), { largestUnit: 'days' }).days;
}

/** What /metrics would answer, as one line of the log. */
export function logFigures(metrics: Pick<Metrics, 'figures'>, log: Log): void {
  metrics.figures().then(
    (figures) => log.info({ figures }, 'figures'),
    (err: unknown) => log.warn({ err }, 'figures not read'),
  );
}

const Package = z.object({ version: z.string() });

/** The version of the code, as its package says it. */
export const codeVersion = (): string =>
  Package.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).version;
