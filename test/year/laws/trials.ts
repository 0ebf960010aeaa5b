import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowsOf } from '../../support/rows.ts';
import { judged, type Law } from '../law.ts';

const MOST_UNITS = 30;
const MOST_DAYS = 60;
const Row = z.object({
  body: z.string(),
  offer: z.string(),
  units: z.number(),
  start: z.string(),
  end: z.string(),
});

/** A body tries at most thirty units of an offer at a time, for sixty days in all: counted day by day. */
export const trials: Law = {
  id: 'trials stay within their limits',
  from: 'guide, 3.3.2',
  async day(world) {
    const rows = await rowsOf(
      world.db,
      sql`select coalesce(a.organization_id, a.id)::text as body, t ->> 'offer' as offer, (t ->> 'units')::int as units,
          t ->> 'start' as start, t ->> 'end' as "end"
        from acquisition_facts f join acquisitions a on a.id = f.acquisition_id,
          jsonb_array_elements(f.value -> 'trials') t
        where f.key = 'support'`,
      Row,
    );
    const days = new Map<string, Map<string, number>>();
    for (const { body, offer, units, start, end } of rows) {
      const key = `${body} ${offer}`;
      const of = days.get(key) ?? new Map<string, number>();
      days.set(key, of);
      for (
        let day = Temporal.PlainDate.from(start);
        Temporal.PlainDate.compare(day, end) <= 0;
        day = day.add({ days: 1 })
      )
        of.set(day.toString(), (of.get(day.toString()) ?? 0) + units);
    }
    const wrong = [...days].flatMap(([key, of]) => [
      ...(of.size > MOST_DAYS ? [`${key}: ${of.size} days of trial`] : []),
      ...[...of]
        .filter(([, units]) => units > MOST_UNITS)
        .map(([day, units]) => `${key}: ${units} units on ${day}`),
    ]);
    return judged(rows.length, ...wrong);
  },
};
