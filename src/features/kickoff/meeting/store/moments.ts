import { and, asc, eq, gt, gte, inArray, lte, ne, or } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { newId } from '../../../../core/id.ts';
import type { Interval } from '../../../../core/ports/calendar.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { type Kickoff, type Slot, slots } from '../../tables.ts';
import { horizonOf, withBuffer } from '../rules/slots.ts';
import type { KickoffParts, Records } from './records.ts';
import { meetingOf } from './telling.ts';

const NO_CALENDAR = 'L’agenda du Courtier ne répond pas. Réessayez dans quelques minutes.';

const instant = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime());

/** The moments of a round, in order. */
export const roundOf = (from: Db, { id, round }: Pick<Kickoff, 'id' | 'round'>): Promise<Slot[]> =>
  from
    .select()
    .from(slots)
    .where(and(eq(slots.kickoffId, id), eq(slots.round, round)))
    .orderBy(asc(slots.startsAt));

/** Lets go the moments of some kickoffs, kept or booked. */
export async function freeOf(tx: Tx, ...ids: readonly string[]): Promise<void> {
  await tx
    .update(slots)
    .set({ state: 'released' })
    .where(and(inArray(slots.kickoffId, [...ids]), ne(slots.state, 'released')));
}

/** When the moments begin that somebody refused for a kickoff before. */
export async function refusedFor(tx: Tx, id: string): Promise<Temporal.Instant[]> {
  const before = await tx.select().from(slots).where(eq(slots.kickoffId, id));
  return before
    .filter(({ client, supplier }) => client === false || supplier === false)
    .map(({ startsAt }) => instant(startsAt));
}

/** One of the moments is the meeting's; the others are anyone's again. */
export async function bookSlot(tx: Tx, { id, kickoffId }: Slot): Promise<void> {
  await tx.update(slots).set({ state: 'booked' }).where(eq(slots.id, id));
  await tx
    .update(slots)
    .set({ state: 'released' })
    .where(and(eq(slots.kickoffId, kickoffId), eq(slots.state, 'held')));
}

/** The moments that are kept for meetings, and let go. */
export function buildMoments(parts: KickoffParts & Records) {
  const { db, clock, queue, calendar, deliveries, rules, now } = parts;

  return {
    /** Lets go the moments that nobody answered in time. */
    async freeExpired(tx: Tx): Promise<void> {
      await tx
        .update(slots)
        .set({ state: 'released' })
        .where(and(eq(slots.state, 'held'), lte(slots.expiresAt, now())));
    },

    /** What is not free: the broker's calendar, and the moments kept for anyone but this kickoff. */
    async takenFor(id: string): Promise<Interval[]> {
      const horizon = horizonOf(clock.now(), parts);
      const kept = await db
        .select({ start: slots.startsAt, end: slots.blockedUntil })
        .from(slots)
        .where(
          and(
            or(eq(slots.state, 'booked'), and(eq(slots.state, 'held'), gt(slots.expiresAt, now()))),
            ne(slots.kickoffId, id),
            gte(slots.blockedUntil, asDate(horizon.start)),
          ),
        );
      const busy = await calendar.busy(horizon).catch((cause: unknown) => {
        throw new CourtierError('unavailable', NO_CALENDAR, cause);
      });
      return [...busy, ...kept.map(({ start, end }) => ({ start: instant(start), end: instant(end) }))];
    },

    /** Keeps moments for a round of a kickoff. The database refuses those that somebody took meanwhile. */
    async keep(
      tx: Tx,
      { id, round }: Pick<Kickoff, 'id' | 'round'>,
      moments: readonly Interval[],
      expires: Temporal.Instant,
    ): Promise<void> {
      await tx.insert(slots).values(
        moments.map((moment) => ({
          id: newId(),
          kickoffId: id,
          round,
          startsAt: asDate(moment.start),
          endsAt: asDate(moment.end),
          blockedUntil: asDate(withBuffer(moment, rules).end),
          expiresAt: asDate(expires),
        })),
      );
    },

    /** Frees the booked hours, in the calendar as well. */
    async unbook(tx: Tx, ...rows: readonly Kickoff[]): Promise<void> {
      await deliveries.cancel(tx, ...rows.map(meetingOf));
      // One that the calendar refuses keeps none of the others in it.
      for (const { event } of rows) if (event) await queue.enqueue(tx, 'kickoff.leaveCalendar', { event });
      await freeOf(tx, ...rows.map(({ id }) => id));
    },
  };
}
