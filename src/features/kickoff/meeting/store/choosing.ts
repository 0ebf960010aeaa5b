import { eq } from 'drizzle-orm';
import { CourtierError } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import { type Kickoff, type Slot, slots } from '../../tables.ts';
import type { Basis } from './basis.ts';
import { bookSlot, roundOf } from './moments.ts';
import type { Proposing } from './proposing.ts';
import type { KickoffOutcome } from './records.ts';

/** What a party can do of the moments of a round. */
interface Answer {
  readonly party: 'client' | 'supplier';
  readonly chosen: readonly string[];
  readonly remark: string;
}

/** What an answer led to; `next` when the moments that follow are to be proposed. */
interface Heard extends KickoffOutcome {
  readonly next?: boolean;
}

/** An answer to a round that is over: done when it is the same one again, after what it led to. */
function answeredLate(row: Kickoff, round: number, again: boolean): Heard {
  const led = row.round === round ? row.state === 'booked' : row.state === 'proposed';
  return { kind: again && led ? 'done' : 'stale', kickoff: row };
}

/** Whether a party said the same before. */
const saidBefore = (moments: readonly Slot[], { party, chosen }: Answer): boolean =>
  moments.length > 0 && moments.every((slot) => slot[party] === chosen.includes(slot.id));

/** Nobody waits for an answer any more: both gave theirs, or one can do none of the moments. */
function isAnswered(moments: readonly Slot[], { chosen }: Answer): boolean {
  const both =
    moments.some(({ client }) => client !== null) && moments.some(({ supplier }) => supplier !== null);
  return both || chosen.length === 0;
}

/** The client and the supplier choose among the moments of a round, and the first that suits both is booked. */
export function buildChoosing(parts: Basis & Proposing) {
  const { db, audit, queue, notices, now, find, holdAsClient, lock, write, refusalOf, advance } = parts;

  async function book(tx: Tx, row: Kickoff, slot: Slot, by: Person | 'supplier'): Promise<Kickoff> {
    await bookSlot(tx, slot);
    const { startsAt, endsAt } = slot;
    const kickoff = await write(tx, row, 'book', { slotId: slot.id, startsAt, endsAt });
    await queue.enqueue(tx, 'kickoff.enterCalendar', { kickoff: row.id, slot: slot.id });
    await notices.booked(tx, kickoff, by === 'supplier' ? undefined : by);
    return kickoff;
  }

  /** The moments of a round that can still be the meeting's. */
  const openOf = (moments: readonly Slot[]): Slot[] =>
    moments.filter(
      ({ state, startsAt, expiresAt }) => state === 'held' && expiresAt > now() && startsAt > now(),
    );

  async function note(tx: Tx, row: Kickoff, open: readonly Slot[], answer: Answer): Promise<Kickoff> {
    const { party, chosen, remark } = answer;
    for (const { id } of open)
      await tx
        .update(slots)
        .set({ [party]: chosen.includes(id) })
        .where(eq(slots.id, id));
    return party === 'supplier' ? write(tx, row, undefined, { remark }) : row;
  }

  async function hear(
    tx: Tx,
    by: Person | 'supplier',
    id: string,
    round: number,
    answer: Answer,
  ): Promise<Heard> {
    if (by !== 'supplier') await holdAsClient(tx, id, by);
    const left = await refusalOf(tx, id);
    const row = await lock(tx, id);
    const moments = await roundOf(tx, { id, round });
    const again = saidBefore(moments, answer);
    if (row.state !== 'proposed' || row.round !== round) return answeredLate(row, round, again);
    const open = openOf(moments);
    if (open.length === 0) throw new CourtierError('refused', 'Ces moments ne sont plus réservés.');
    const known = again && (answer.party === 'client' || row.remark === answer.remark);
    const noted = known ? row : await note(tx, row, open, answer);
    if (!known && by !== 'supplier') await audit.record(tx, by, 'kickoff.choose', id);
    const heard = await roundOf(tx, row);
    const suits = heard.find(
      ({ id, client, supplier }) => open.some((each) => each.id === id) && client && supplier,
    );
    if (suits)
      return left
        ? { kind: 'done', kickoff: noted, left }
        : { kind: 'done', kickoff: await book(tx, noted, suits, by) };
    const next = isAnswered(heard, answer);
    if (next && !known) await queue.enqueue(tx, 'kickoff.advance', { kickoff: id, round });
    return { kind: 'done', kickoff: noted, next };
  }

  return {
    /**
     * What a party can do of the moments of a round. Once both answered, the first that suits both is booked; where
     * none does, the next ones are proposed. An answer to an older round changes nothing. A choice that does not stand
     * any more is settled first: the same answer, sent again, then books.
     */
    async choose(
      by: Person | 'supplier',
      id: string,
      round: number,
      chosen: readonly string[],
      remark = '',
    ): Promise<KickoffOutcome> {
      const party = by === 'supplier' ? by : 'client';
      const { next, ...outcome } = await db.transaction((tx) =>
        hear(tx, by, id, round, { party, chosen, remark }),
      );
      if (!next) return outcome;
      // At once if it can be done; else the job that was enqueued does it.
      return {
        kind: 'done',
        kickoff: await advance(id, round, by === 'supplier' ? undefined : by).catch(() => find(db, id)),
      };
    },
  };
}
