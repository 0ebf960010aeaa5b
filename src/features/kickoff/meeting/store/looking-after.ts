import { notFound } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Kickoff } from '../../tables.ts';
import type { Side, State } from '../rules/states.ts';
import type { Basis } from './basis.ts';
import type { KickoffOutcome } from './records.ts';
import { aboutOf } from './telling.ts';

const ENDED: State[] = ['signed', 'cancelled'];

export type LookingAfter = ReturnType<typeof buildLookingAfter>;

/** Who looks after a request, what they ask of the client, and giving it up. */
export function buildLookingAfter(parts: Basis) {
  const { db, audit, deliveries, notices, change, confirmIn, holdAsClient, lock, unbook, write } = parts;

  /** The same within the transaction of whatever ends it. */
  const cancelIn = (tx: Tx, person: Person, id: string, revision: number): Promise<KickoffOutcome> =>
    change(tx, person, id, revision, 'cancel', async (row) => {
      await unbook(tx, row);
      await deliveries.cancel(tx, aboutOf(row));
      const cancelled = await write(tx, row, 'cancel', {});
      await notices.client(tx, cancelled, 'cancelled', 'cancelled');
      await notices.staff(tx, cancelled, 'cancelled', 'cancelled');
      return cancelled;
    });

  return {
    /** A member of the staff looks after it from now on. */
    takeKickoff: (staff: Person, id: string): Promise<Kickoff> =>
      db.transaction(async (tx) => {
        const row = await lock(tx, id);
        if (ENDED.includes(row.state)) throw notFound();
        const { tenantId: takenTenant, objectId: takenId, name: takenName } = staff;
        if (row.takenTenant === takenTenant && row.takenId === takenId) return row;
        await audit.record(tx, staff, 'kickoff.take', id);
        return write(tx, row, undefined, { takenTenant, takenId, takenName });
      }),

    /** Asks the client for more. */
    ask: (staff: Person, id: string, revision: number, question: string): Promise<KickoffOutcome> =>
      db.transaction((tx) =>
        change(tx, staff, id, revision, 'ask', async (row) => {
          await confirmIn(tx, row, 2, 'broker', staff);
          const asked = await write(tx, row, 'ask', { question });
          await notices.client(tx, asked, 'asked', `asked:${asked.revision}`);
          return asked;
        }),
      ),

    /** Gives the meeting up: moments and reminders with it. The file may ask for another one. */
    cancel: (side: Side, person: Person, id: string, revision: number): Promise<KickoffOutcome> =>
      db.transaction(async (tx) => {
        if (side === 'client') await holdAsClient(tx, id, person);
        return cancelIn(tx, person, id, revision);
      }),

    cancelIn,
  };
}
