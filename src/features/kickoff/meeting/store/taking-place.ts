import { and, eq } from 'drizzle-orm';
import { CourtierError } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import { type Kickoff, kickoffs } from '../../tables.ts';
import type { Side } from '../rules/states.ts';
import type { Basis } from './basis.ts';
import { type KickoffOutcome, NO_MEETING } from './records.ts';
import { meetingOf } from './telling.ts';

/** A meeting that is booked: entered in the calendar, then held or missed. */
export function buildTakingPlace(parts: Basis) {
  const { db, audit, deliveries, notices, now, holdAsClient, lock, write, unbook, confirmIn, tellTurn } =
    parts;

  /** Another hour is to be found. */
  async function miss(tx: Tx, row: Kickoff): Promise<Kickoff> {
    await unbook(tx, row);
    const kickoff = await write(tx, row, 'release', NO_MEETING);
    await notices.staff(tx, kickoff, 'missed', `missed:${kickoff.revision}`);
    return kickoff;
  }

  /** The next steps are open. */
  async function hold(tx: Tx, row: Kickoff, by: Person): Promise<Kickoff> {
    await deliveries.cancel(tx, meetingOf(row));
    await confirmIn(tx, row, 2, 'broker', by);
    await confirmIn(tx, row, 3, 'broker', by);
    const kickoff = await write(tx, row, 'hold', {});
    await tellTurn(tx, kickoff);
    return kickoff;
  }

  return {
    /** What the calendar answered; forgotten when the meeting moved meanwhile. */
    async entered(id: string, slot: string, event: string, joinUrl: string | undefined): Promise<boolean> {
      const kept = await db
        .update(kickoffs)
        .set({ event, joinUrl: joinUrl ?? null })
        .where(and(eq(kickoffs.id, id), eq(kickoffs.slotId, slot), eq(kickoffs.state, 'booked')))
        .returning({ id: kickoffs.id });
      return kept.length === 1;
    },

    /** « A-t-elle eu lieu ? » : yes opens the next steps, no lets another hour be found. */
    tookPlace: (side: Side, by: Person, id: string, slot: string, yes: boolean): Promise<KickoffOutcome> =>
      db.transaction<KickoffOutcome>(async (tx) => {
        if (side === 'client') await holdAsClient(tx, id, by);
        const row = await lock(tx, id);
        if (row.state !== 'booked' || row.slotId !== slot) return { kind: 'stale', kickoff: row };
        if (!row.startsAt || row.startsAt > now())
          throw new CourtierError('refused', 'La rencontre n’a pas encore commencé.');
        await audit.record(tx, by, yes ? 'kickoff.held' : 'kickoff.missed', id);
        return { kind: 'done', kickoff: yes ? await hold(tx, row, by) : await miss(tx, row) };
      }),
  };
}
