import { and, asc, inArray } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { GONE } from '../../../../core/rows/retention.ts';
import type { Person } from '../../../../core/turn.ts';
import { confirmations, type Kickoff, kickoffs } from '../../tables.ts';
import type { Basis } from './basis.ts';
import { asked, concerning, ENDED, isLive } from './fates.ts';
import { requester, taker } from './own-kickoffs.ts';
import { aboutOf } from './telling.ts';

/** A meeting, and who can go on with it. */
interface Left {
  readonly row: Kickoff;
  readonly heirs: readonly Person[];
}

const idsOf = (rows: readonly Kickoff[]): string[] => rows.map(({ id }) => id);

/** Somebody is erased: what they had asked for goes on without them, or is ended in order, and everybody is told. */
export function buildDeparting(parts: Basis) {
  const { audit, deliveries, files, notices, lockAll, unbook, writeAll } = parts;

  /** A colleague asks for them from now on: their moment, their place in the calendar and the supplier's link stay. */
  async function hand(tx: Tx, person: Person, left: readonly Left[]): Promise<void> {
    const gone = { tenantId: person.tenantId, objectId: '', name: GONE };
    // Most of them are the same colleague's.
    const byHeir = Map.groupBy(left, ({ heirs }) => JSON.stringify(heirs[0]));
    for (const theirs of byHeir.values()) {
      const first = theirs[0]?.heirs[0];
      if (!first) continue;
      const { tenantId: requesterTenant, objectId: requesterId, name: requesterName } = first;
      const rows = theirs.map(({ row }) => row);
      const handed = await writeAll(tx, rows, { requesterTenant, requesterId, requesterName });
      const sentence = `Rencontre de démarrage poursuivie par ${first.name}.`;
      await files.recordEach(
        tx,
        gone,
        handed.map(({ acquisitionId: id }) => ({ id, sentence })),
      );
      await audit.recordAll(tx, person, 'kickoff.hand', idsOf(handed));
      const heirsOf = new Map(theirs.map(({ row, heirs }) => [row.id, heirs]));
      await notices.handed(
        tx,
        handed.map((row) => ({ row, heirs: heirsOf.get(row.id) ?? [] })),
      );
    }
  }

  /** Nobody goes on with them: their hours are let go, in the calendar too. Those that took place are left to the staff. */
  async function end(tx: Tx, person: Person, rows: readonly Kickoff[]): Promise<void> {
    if (rows.length === 0) return;
    const took = rows.filter(({ state }) => state === 'held');
    const ahead = rows.filter(({ state }) => state !== 'held');
    await unbook(tx, ...ahead);
    await deliveries.cancel(tx, ...ahead.map(aboutOf));
    const cancelled = await writeAll(tx, ahead, { state: 'cancelled' });
    await audit.recordAll(tx, person, 'kickoff.cancel', idsOf(cancelled));
    await notices.staffOfEach(tx, [...took, ...cancelled], 'left', () => 'left');
  }

  /** A member of the staff looks after them no more: a colleague does, or nobody. */
  async function giveBack(tx: Tx, person: Person, heir?: Person): Promise<void> {
    const taken = await tx
      .select()
      .from(kickoffs)
      .where(and(isLive, isPerson(taker, person)))
      .orderBy(asc(kickoffs.id))
      .for('no key update');
    const given = await writeAll(tx, taken, {
      takenTenant: heir?.tenantId ?? null,
      takenId: heir?.objectId ?? null,
      takenName: heir?.name ?? null,
    });
    if (!heir) await notices.staffOfEach(tx, given, 'untaken', ({ revision }) => `untaken:${revision}`);
  }

  return {
    /** What somebody of the staff looked after is a colleague's, or the team's. */
    hand: giveBack,

    async erase(tx: Tx, person: Person): Promise<void> {
      // As whoever writes to a meeting does: its file first, then itself.
      await files.heldFilesOf(tx, person);
      const found = await concerning(tx, person);
      await files.holdFiles(
        tx,
        found.map(({ acquisitionId }) => acquisitionId),
      );
      const held = await lockAll(tx, idsOf(found));
      const live = held.filter(({ state }) => !ENDED.includes(state));
      const heirs = await files.heirs(
        live.map(({ acquisitionId }) => acquisitionId),
        person,
        tx,
      );
      const left = live.map((row) => ({ row, heirs: heirs.get(row.acquisitionId) ?? [] }));
      await end(
        tx,
        person,
        left.flatMap(({ row, heirs: { length } }) => (length === 0 ? [row] : [])),
      );
      await hand(
        tx,
        person,
        left.filter(({ row }) => asked(row, person)),
      );
      await giveBack(tx, person);
      await tx
        .update(kickoffs)
        .set({ requesterId: '', requesterName: GONE })
        .where(isPerson(requester, person));
      await tx
        .update(kickoffs)
        .set({ takenTenant: null, takenId: null, takenName: null })
        .where(and(isPerson(taker, person), inArray(kickoffs.state, ENDED)));
      await tx.update(confirmations).set({ objectId: '', by: GONE }).where(isPerson(confirmations, person));
    },
  };
}
