import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowsOf } from '../support/rows.ts';
import { jobNamed, schedules } from './house.ts';
import type { Judging } from './judging.ts';
import type { Processes } from './processes.ts';
import type { Ground } from './world.ts';

/** An expression with an hour: once a day. */
const isDaily = (every: string): boolean => /^\d+ \d+ /.test(every);

export type Working = ReturnType<typeof openWorking>;

/** What the house does by itself: its schedule, its queue, its ledger. */
export function openWorking(
  { db, clock, history, figures, log }: Ground,
  { houseFor, inProcess, settle, refresh }: Processes,
  { weigh }: Judging,
) {
  let turns = 0;

  /** Whether the ledger has something to do: a look that finds nothing is five statements, of which a year has thousands. */
  async function hasWork(): Promise<boolean> {
    const [row] = await rowsOf(
      db,
      sql`select exists (select from deliveries
        where state = 'sending' or (state = 'pending' and due_at <= ${clock.now().toString()}::timestamptz)) as is`,
      z.object({ is: z.boolean() }),
    );
    return row?.is ?? false;
  }

  return {
    /** Runs what is due, by the queue, the schedule and the ledger; by one process, then by the other. */
    async work(schedule?: 'hours' | 'nights'): Promise<void> {
      await settle();
      const house = houseFor(turns++);
      const shownBefore = history.lines.length;
      const before = house.line.asked;
      await inProcess(house, async () => {
        const run = async (name: string, payload: unknown): Promise<boolean> => {
          const route = jobNamed(name);
          figures.jobs++;
          try {
            await route.handle(route.input.parse(payload), house.services as never);
            return true;
          } catch (err) {
            log.error({ job: name, err }, 'job failed');
            return false;
          }
        };
        for (const { name, every } of schedules)
          if (schedule === 'nights' || (schedule === 'hours' && !isDaily(every))) await run(name, {});
        const failed = [];
        for (let job = await house.jobs.next(clock.now()); job; job = await house.jobs.next(clock.now()))
          if (!(await run(job.name, job.payload))) failed.push(job);
        await house.jobs.put(...failed);
        if (await hasWork()) await house.pump.drain();
      });
      await refresh();
      await weigh(undefined, 'le temps passe', { asked: house.line.asked - before, shownBefore });
    },
  };
}
