import { sql } from 'drizzle-orm';
import { textsOf } from '../facts.ts';
import { judged, type Law } from '../law.ts';

/** The broker's calendar has the meetings that are to take place, and no other. */
export const calendar: Law = {
  id: 'each event is a live meeting, and the reverse',
  from: 'guide, 3.5; docs/reliability.md',
  async end(world) {
    const live = await textsOf(
      world,
      sql`select event as text from kickoffs where state in ('booked', 'held', 'signed') and event is not null`,
    );
    const without = await textsOf(
      world,
      sql`select number::text as text from kickoffs where state = 'booked' and event is null`,
    );
    return judged(
      live.length + world.agenda.events.size,
      ...[...world.agenda.events.keys()]
        .filter((id) => !live.includes(id))
        .map((id) => `event ${id} is of no meeting`),
      ...live
        .filter((id) => !world.agenda.events.has(id))
        .map((id) => `a meeting's event ${id} is in no calendar`),
      ...without.map((number) => `meeting nº ${number} is booked, and in no calendar`),
    );
  },
};
