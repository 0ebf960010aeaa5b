import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowsOf } from '../../support/rows.ts';
import { judged, type Law } from '../law.ts';

const MOST_UNITS = 30;
const MOST_DAYS = 60;
/** Days of a trial that so many days separate are those of two trials: a rule of the assistant's own. */
const APART_DAYS = 30;
const Row = z.object({
  body: z.string(),
  file: z.string(),
  offer: z.string(),
  units: z.number(),
  start: z.string(),
  end: z.string(),
});

/** How many days the longest of the trials has. */
function longest(days: readonly string[]): number {
  let most = 0;
  let length = 0;
  let before: string | undefined;
  for (const day of [...days].sort()) {
    const apart = before === undefined ? 0 : Temporal.PlainDate.from(before).until(day).days;
    length = apart < APART_DAYS ? length + 1 : 1;
    most = Math.max(most, length);
    before = day;
  }
  return most;
}

/**
 * A body tries at most thirty units of an offer at a time, and each trial has sixty days at the most, as all those of one
 * file do: counted day by day.
 */
export const trials: Law = {
  id: 'trials stay within their limits',
  from: 'guide, 3.3.2',
  async day(world) {
    const rows = await rowsOf(
      world.db,
      sql`select coalesce(a.organization_id, a.id)::text as body, a.id::text as file, t ->> 'offer' as offer, (t ->> 'units')::int as units,
          t ->> 'start' as start, t ->> 'end' as "end"
        from acquisition_facts f join acquisitions a on a.id = f.acquisition_id,
          jsonb_array_elements(f.value -> 'trials') t
        where f.key = 'support'`,
      Row,
    );
    const days = new Map<string, Map<string, number>>();
    const ofFiles = new Map<string, Set<string>>();
    for (const { body, file, offer, units, start, end } of rows) {
      const key = `${body} ${offer}`;
      const of = days.get(key) ?? new Map<string, number>();
      days.set(key, of);
      const inFile = ofFiles.get(`${file} ${offer}`) ?? new Set<string>();
      ofFiles.set(`${file} ${offer}`, inFile);
      for (
        let day = Temporal.PlainDate.from(start);
        Temporal.PlainDate.compare(day, end) <= 0;
        day = day.add({ days: 1 })
      ) {
        of.set(day.toString(), (of.get(day.toString()) ?? 0) + units);
        inFile.add(day.toString());
      }
    }
    const long = [...ofFiles].flatMap(([key, { size }]) =>
      size > MOST_DAYS ? [`${key}: ${size} days of trial in a file`] : [],
    );
    const wrong = [...days].flatMap(([key, of]) => [
      ...(longest([...of.keys()]) > MOST_DAYS ? [`${key}: ${longest([...of.keys()])} days of trial`] : []),
      ...[...of]
        .filter(([, units]) => units > MOST_UNITS)
        .map(([day, units]) => `${key}: ${units} units on ${day}`),
    ]);
    return judged(rows.length, ...long, ...wrong);
  },
};
