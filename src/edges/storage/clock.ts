import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../core/ports/db.ts';
import { readRows } from '../../core/rows/raw.ts';

/** The time of the database, on which all processes agree whatever their machines' clocks say. */
export interface SharedClock extends Clock {
  /** Asks the database again what time it is. */
  sync(): Promise<void>;
}

const Row = z.object({ ms: z.coerce.number() });

/** A machine whose clock moved so much more than time passed was put right, or stood still: the database knows which. */
const STEP_MS = 1_000;

/** Between two looks at the database, time passes as it does; `local` only tells that the machine's own clock jumped. */
export function buildSharedClock(db: Db, local: Clock): SharedClock {
  const mark = (at: Temporal.Instant) => ({ at, since: performance.now(), local: local.now() });
  let known = mark(local.now());
  let looking: Promise<void> | undefined;
  /** How far the machine's clock is from where it was, as far as it was looked into. */
  let noted = 0;

  async function look(): Promise<void> {
    const before = performance.now();
    const [row] = await readRows(db, sql`select extract(epoch from clock_timestamp()) * 1000 as ms`, Row);
    const since = (performance.now() - before) / 2;
    noted = 0;
    known = mark(Temporal.Instant.fromEpochMilliseconds(Math.round((row?.ms ?? Number.NaN) + since)));
  }

  function sync(): Promise<void> {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  return {
    now() {
      const passed = performance.now() - known.since;
      const shown = local.now().epochMilliseconds - known.local.epochMilliseconds;
      if (Math.abs(shown - passed - noted) > STEP_MS) {
        noted = shown - passed;
        // A database that is away is asked again by whoever asks regularly.
        sync().catch(() => {});
      }
      return known.at.add({ milliseconds: Math.round(passed) });
    },
    sync,
  };
}
