import { and, inArray } from 'drizzle-orm';
import { isPerson } from '../../../../core/is-person.ts';
import type { Tx } from '../../../../core/ports.ts';
import { GONE } from '../../../../core/retention.ts';
import type { Person } from '../../../../core/turn.ts';
import { confirmations, type Kickoff, kickoffs } from '../../tables.ts';
import type { Basis } from './basis.ts';
import { asked, concerning, ENDED, isLive } from './fates.ts';
import { requester, taker } from './own-kickoffs.ts';
import { aboutOf } from './telling.ts';

/** Somebody is erased: what they had asked for goes on without them, or is ended in order, and everybody is told. */
export function buildDeparting(parts: Basis) {
  const { audit, deliveries, files, notices, lock, unbook, write } = parts;

  /** A colleague asks for it from now on: its moment, its place in the calendar and the supplier's link stay. */
  async function hand(tx: Tx, person: Person, row: Kickoff, heirs: readonly Person[]): Promise<void> {
    const [first] = heirs;
    if (!first) return;
    const handed = await write(tx, row, undefined, {
      requesterTenant: first.tenantId,
      requesterId: first.objectId,
      requesterName: first.name,
    });
    const gone = { tenantId: person.tenantId, objectId: '', name: GONE };
    await files.record(tx, row.acquisitionId, gone, `Rencontre de démarrage poursuivie par ${first.name}.`);
    await audit.record(tx, person, 'kickoff.hand', row.id);
    await notices.handed(tx, handed, heirs);
  }

  /** Nobody goes on with it: its hour is let go, in the calendar too. One that took place is left to the staff. */
  async function end(tx: Tx, person: Person, row: Kickoff): Promise<void> {
    if (row.state === 'held') return notices.staff(tx, row, 'left', 'left');
    await unbook(tx, row);
    await deliveries.cancel(tx, aboutOf(row));
    const cancelled = await write(tx, row, 'cancel', {});
    await audit.record(tx, person, 'kickoff.cancel', row.id);
    await notices.staff(tx, cancelled, 'left', 'left');
  }

  /** A member of the staff looks after it no more: a colleague does, or nobody. */
  async function giveBack(tx: Tx, person: Person, heir?: Person): Promise<void> {
    const taken = await tx
      .select()
      .from(kickoffs)
      .where(and(isLive, isPerson(taker, person)))
      .for('no key update');
    for (const row of taken) {
      const handed = await write(tx, row, undefined, {
        takenTenant: heir?.tenantId ?? null,
        takenId: heir?.objectId ?? null,
        takenName: heir?.name ?? null,
      });
      if (!heir) await notices.staff(tx, handed, 'untaken', `untaken:${handed.revision}`);
    }
  }

  return {
    /** What somebody of the staff looked after is a colleague's, or the team's. */
    hand: giveBack,

    async erase(tx: Tx, person: Person): Promise<void> {
      // As whoever writes to a meeting does: its file first, then itself.
      await files.heldFilesOf(tx, person);
      for (const { id } of await concerning(tx, person)) {
        const row = await lock(tx, id);
        if (ENDED.includes(row.state)) continue;
        const heirs = await files.heirs(row.acquisitionId, person, tx);
        if (heirs.length === 0) await end(tx, person, row);
        else if (asked(row, person)) await hand(tx, person, row, heirs);
      }
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
