import { sql } from 'drizzle-orm';
import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../core/ports/db.ts';

/** The time of the database, on which all processes agree whatever their machines' clocks say. */
export interface SharedClock extends Clock {
  /** Measures again how far this machine is from the database. */
  sync(): Promise<void>;
}

export function buildSharedClock(db: Db, local: Clock): SharedClock {
  let aheadMs = 0;
  return {
    now: () => local.now().add({ milliseconds: aheadMs }),
    async sync() {
      const before = local.now().epochMilliseconds;
      const { rows } = (await db.execute(
        sql`select extract(epoch from clock_timestamp()) * 1000 as ms`,
      )) as unknown as { rows: { ms: string | number }[] };
      const after = local.now().epochMilliseconds;
      aheadMs = Math.round(Number(rows[0]?.ms) - (before + after) / 2);
    },
  };
}
