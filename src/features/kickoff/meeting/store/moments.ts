import { and, eq, gt, gte, lte, ne, or } from 'drizzle-orm';
import type { BusinessDays } from '../../../../core/business-days.ts';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { newId } from '../../../../core/id.ts';
import type { Calendar, Db, Deliveries, Interval, Queue, Tx } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../../people/index.ts';
import { type Kickoff, type Slot, slots } from '../../tables.ts';
import type { MeetingRules } from '../rules/meeting-rules.ts';
import { horizonOf, proposals, withBuffer } from '../rules/slots.ts';
import { after } from '../rules/states.ts';
import type { Records } from './records.ts';
import { meetingOf, type Notices } from './telling.ts';

/** A step by somebody who saw the current card, or an older one. */
export interface Outcome {
  readonly kind: 'done' | 'stale';
  readonly kickoff: Kickoff;
  /** What the client has still to settle before a moment that suits all is booked. */
  readonly left?: string | undefined;
}

export interface MomentParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly audit: Audit;
  readonly calendar: Calendar;
  readonly days: BusinessDays;
  readonly deliveries: Deliveries;
  readonly notices: Notices;
  readonly rules: MeetingRules;
  readonly timeZone: string;
}

const ATTEMPTS = 6;
/** Moments that overlap, or a second meeting of a file: what the database refuses. */
const TAKEN = ['23P01', '23505'];

/** What a kickoff holds of its meeting while none is booked. */
export const NO_MEETING = { slotId: null, startsAt: null, endsAt: null, event: null, joinUrl: null } as const;

const NO_CALENDAR = 'L’agenda du Courtier ne répond pas. Réessayez dans quelques minutes.';
const BUSY = 'D’autres réservent au même moment. Réessayez dans un instant.';
const NO_MOMENT =
  'Aucun moment n’est libre dans la période prévue. Changez les plages de l’équipe, ou attendez quelques jours.';

/** The moments of a meeting: held for it, chosen by the client and the supplier, booked, moved, let go. */
export function buildMoments(parts: MomentParts, records: Records) {
  const { db, clock, queue, audit, calendar, days, deliveries, notices, rules, timeZone } = parts;
  const { now, today, find, lock, write, confirmIn, refusalOf, roundOf } = records;

  /** Frees the moments of a kickoff, and those that nobody answered in time. */
  const free = (tx: Tx, id?: string) =>
    tx
      .update(slots)
      .set({ state: 'released' })
      .where(
        id === undefined
          ? and(eq(slots.state, 'held'), lte(slots.expiresAt, now()))
          : and(eq(slots.kickoffId, id), ne(slots.state, 'released')),
      );

  /** What is not free: the broker's calendar, and the moments kept for anyone but this kickoff. */
  async function takenFor(id: string): Promise<Interval[]> {
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
  }

  /** Holds the next moments for a kickoff. Somebody may take one at the same time: then it looks again. */
  async function hold(
    id: string,
    work: (tx: Tx) => Promise<{ row: Kickoff } | undefined>,
    news: 'choose' | 'moved' = 'choose',
  ): Promise<Kickoff> {
    for (let attempt = 1; ; attempt++) {
      const taken = await takenFor(id);
      try {
        return await db.transaction(async (tx) => {
          const ready = await work(tx);
          if (!ready) return find(tx, id);
          const { row } = ready;
          const before = await tx.select().from(slots).where(eq(slots.kickoffId, id));
          const refused = before
            .filter(({ client, supplier }) => client === false || supplier === false)
            .map(({ startsAt }) => instant(startsAt));
          await free(tx);
          await free(tx, id);
          const moments = proposals(clock.now(), taken, row.details.never, refused, parts);
          if (moments.length === 0) throw new CourtierError('refused', NO_MOMENT);
          const round = row.round + 1;
          const expires = endOf(days.add(today(), rules.heldDays));
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
          const kickoff = await write(tx, row, 'propose', { round, remark: '', ...NO_MEETING });
          await queue.enqueue(tx, 'kickoff.expire', { kickoff: id, round }, expires);
          await notices.client(tx, kickoff, news, `round:${round}`);
          return kickoff;
        });
      } catch (error) {
        if (!isTaken(error)) throw error;
        if (attempt === ATTEMPTS) throw new CourtierError('unavailable', BUSY, error);
      }
    }
  }

  const endOf = (date: Temporal.PlainDate) =>
    date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from('17:00') }).toInstant();

  /** Frees the booked hour, in the calendar as well. */
  async function unbook(tx: Tx, row: Kickoff): Promise<void> {
    await deliveries.cancel(tx, meetingOf(row));
    if (row.event) await queue.enqueue(tx, 'kickoff.leaveCalendar', { event: row.event });
    await free(tx, row.id);
  }

  /** No moment suits and none is left: the staff take over. */
  const exhausted = (id: string, round: number): Promise<Kickoff> =>
    db.transaction(async (tx) => {
      const row = await lock(tx, id);
      if (row.state !== 'proposed' || row.round !== round) return row;
      await free(tx, id);
      const kickoff = await write(tx, row, 'release', {});
      await notices.staff(tx, kickoff, 'noMoment', `round:${round}`);
      return kickoff;
    });

  /** Proposes the moments that follow those of a round, or gives over to the staff when there are none left. */
  async function advance(id: string, round: number): Promise<Kickoff> {
    try {
      return await hold(id, async (tx) => {
        const row = await lock(tx, id);
        return row.state === 'proposed' && row.round === round ? { row } : undefined;
      });
    } catch (error) {
      if (!(error instanceof CourtierError) || error.kind !== 'refused') throw error;
      return exhausted(id, round);
    }
  }

  async function book(tx: Tx, row: Kickoff, slot: Slot): Promise<Kickoff> {
    await tx.update(slots).set({ state: 'booked' }).where(eq(slots.id, slot.id));
    await tx
      .update(slots)
      .set({ state: 'released' })
      .where(and(eq(slots.kickoffId, row.id), eq(slots.state, 'held')));
    const { startsAt, endsAt } = slot;
    const kickoff = await write(tx, row, 'book', { slotId: slot.id, startsAt, endsAt });
    await queue.enqueue(tx, 'kickoff.enterCalendar', { kickoff: row.id, slot: slot.id });
    await notices.booked(tx, kickoff);
    return kickoff;
  }

  return {
    unbook,
    advance,

    /** Holds moments that suit the broker and the client, and asks both others to choose. */
    async propose(staff: Person, id: string, revision: number): Promise<Outcome> {
      let stale = false;
      const kickoff = await hold(id, async (tx) => {
        const left = await refusalOf(tx, id);
        const row = await lock(tx, id);
        stale = row.revision !== revision || !after(row.state, 'propose');
        if (stale) return undefined;
        if (left) throw new CourtierError('refused', `Le client a d’abord ceci à régler : « ${left} »`);
        if (row.state === 'booked') await unbook(tx, row);
        await confirmIn(tx, row, 2, 'broker', staff);
        await audit.record(tx, staff, 'kickoff.propose', id);
        return { row };
      });
      return { kind: stale ? 'stale' : 'done', kickoff };
    },

    /**
     * What a party can do of the moments of a round. Once both answered, the first that suits both is booked; where
     * none does, the next ones are proposed. An answer to an older round changes nothing. A choice that does not stand
     * any more is settled first: the same answer, sent again, then books.
     */
    async choose(
      party: 'client' | 'supplier',
      id: string,
      round: number,
      chosen: readonly string[],
      remark = '',
    ): Promise<Outcome> {
      let kind: Outcome['kind'] = 'done';
      const answered = await db.transaction(async (tx) => {
        const left = await refusalOf(tx, id);
        const row = await lock(tx, id);
        const said = await roundOf(tx, { id, round });
        const again = said.length > 0 && said.every((slot) => slot[party] === chosen.includes(slot.id));
        if (row.state !== 'proposed' || row.round !== round) {
          // The same answer again, after what it led to.
          const led = row.round === round ? row.state === 'booked' : row.state === 'proposed';
          kind = again && led ? 'done' : 'stale';
          return { kickoff: row, next: false };
        }
        const known = again && (party === 'client' || row.remark === remark);
        const moments = said.filter(
          ({ state, startsAt, expiresAt }) => state === 'held' && expiresAt > now() && startsAt > now(),
        );
        const open = new Set(moments.map(({ id }) => id));
        if (moments.length === 0) throw new CourtierError('refused', 'Ces moments ne sont plus réservés.');
        for (const { id: slot } of known ? [] : moments)
          await tx
            .update(slots)
            .set({ [party]: chosen.includes(slot) })
            .where(eq(slots.id, slot));
        const noted = party === 'supplier' && !known ? await write(tx, row, undefined, { remark }) : row;
        const heard = await roundOf(tx, row);
        const all = heard.find(({ id, client, supplier }) => open.has(id) && client && supplier);
        if (all && left) return { kickoff: noted, next: false, left };
        if (all) return { kickoff: await book(tx, noted, all), next: false };
        const both =
          heard.some(({ client }) => client !== null) && heard.some(({ supplier }) => supplier !== null);
        const next = both || chosen.length === 0;
        if (next && !known) await queue.enqueue(tx, 'kickoff.advance', { kickoff: id, round });
        return { kickoff: noted, next };
      });
      if (!answered.next) return { kind, kickoff: answered.kickoff, left: answered.left };
      // At once if it can be done; else the job that was enqueued does it.
      const kickoff = await advance(id, round).catch(() => find(db, id));
      return { kind, kickoff };
    },

    /** The moments of a round were not answered in time. */
    expire: (id: string, round: number): Promise<void> =>
      db.transaction(async (tx) => {
        const row = await lock(tx, id);
        if (row.state !== 'proposed' || row.round !== round) return;
        await free(tx, id);
        const kickoff = await write(tx, row, 'release', {});
        await notices.staff(tx, kickoff, 'expired', `round:${round}`);
        await notices.client(tx, kickoff, 'expired', `round:${round}`);
      }),

    /**
     * The meeting's hour does not suit any more: other moments are proposed. Where none can be, the hour is let go all
     * the same, and the staff take over. A meeting that has begun stays.
     */
    async move(by: Person | 'supplier', id: string, revision: number): Promise<Outcome> {
      const bySupplier = by === 'supplier';
      let kind: Outcome['kind'] = 'done';
      const letGo = async (tx: Tx): Promise<Kickoff | undefined> => {
        const row = await lock(tx, id);
        const ahead = row.startsAt !== null && row.startsAt > now();
        kind = row.revision === revision && row.state === 'booked' && ahead ? 'done' : 'stale';
        if (kind === 'stale') return undefined;
        await tx
          .update(slots)
          .set(bySupplier ? { supplier: false } : { client: false })
          .where(and(eq(slots.kickoffId, id), eq(slots.state, 'booked')));
        await unbook(tx, row);
        if (by !== 'supplier') await audit.record(tx, by, 'kickoff.move', id);
        return row;
      };
      try {
        const kickoff = await hold(
          id,
          async (tx) => {
            const row = await letGo(tx);
            if (row) await notices.staff(tx, row, 'moved', `moved:${row.slotId}`);
            return row && { row };
          },
          bySupplier ? 'moved' : 'choose',
        );
        return { kind, kickoff };
      } catch (error) {
        if (!(error instanceof CourtierError) || error.kind === 'notFound') throw error;
        const kickoff = await db.transaction(async (tx) => {
          const row = await letGo(tx);
          if (!row) return find(tx, id);
          const released = await write(tx, row, 'release', NO_MEETING);
          await notices.staff(tx, released, 'unbooked', `moved:${row.slotId}`);
          if (bySupplier) await notices.client(tx, released, 'moved', `moved:${row.slotId}`);
          return released;
        });
        return { kind, kickoff };
      }
    },
  };
}

const instant = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime());

/** The database refused what somebody else took at the same time. */
function isTaken(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return TAKEN.includes(code ?? '') || TAKEN.includes(cause?.code ?? '');
}
