import { eq } from 'drizzle-orm';
import { refused } from '../../../../core/cards/refused.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Side } from '../../meeting/rules/states.ts';
import type { Basis } from '../../meeting/store/basis.ts';
import { roundOf } from '../../meeting/store/moments.ts';
import { isTaken } from '../../meeting/store/offering.ts';
import type { KickoffOutcome } from '../../meeting/store/records.ts';
import { type Kickoff, type Slot, slots } from '../../tables.ts';

/** A meeting that was said not to have taken place: its hour, and when that was said. */
export interface Missed {
  readonly slot: Slot;
  readonly at: Date;
}

const MISSED = 'kickoff.missed';
const UNMISSED = 'kickoff.unmissed';
const TAKEN = 'L’heure de cette rencontre est maintenant celle d’une autre : proposez d’autres moments.';

/** That a meeting did not take place, said by mistake: its hour comes back, until other moments are proposed. */
export function buildUnmissing({ db, audit, notices, find, files, holdAsClient, lock, write }: Basis) {
  async function missedIn(from: Db, row: Kickoff): Promise<Missed | undefined> {
    if (row.state !== 'requested' || row.round === 0) return undefined;
    const said = await audit.lastDone(from, row.id, MISSED);
    const offered = await audit.lastDone(from, row.id, 'kickoff.propose');
    if (!said || (offered && offered.id > said.id)) return undefined;
    // The first moment that suited both was the meeting's, and had begun.
    const slot = (await roundOf(from, row)).find(
      ({ client, supplier, startsAt }) => client && supplier && startsAt <= said.at,
    );
    return slot && { slot, at: said.at };
  }

  async function bookAgain(tx: Tx, by: Person, row: Kickoff, { slot }: Missed): Promise<Kickoff> {
    await tx.update(slots).set({ state: 'booked' }).where(eq(slots.id, slot.id));
    const { id: slotId, startsAt, endsAt } = slot;
    const kickoff = await write(tx, row, 'unmiss', { slotId, startsAt, endsAt });
    await audit.record(tx, by, UNMISSED, row.id);
    await notices.takenBack(tx, kickoff, by);
    return kickoff;
  }

  /** Whether the same person did it already, since it was last said that the meeting did not take place. */
  const isDone = async (tx: Tx, by: Person, { id, state }: Kickoff): Promise<boolean> =>
    state === 'booked' &&
    (await audit.doersOf(tx, id, [UNMISSED], [MISSED])).some((doer) => isSame(doer, by));

  return {
    /** The meeting that was said not to have taken place, while that can be taken back. */
    missed: (row: Kickoff): Promise<Missed | undefined> => missedIn(db, row),

    /**
     * The meeting is booked again, at its hour, and one is asked again whether it took place. `stale` where the request
     * is another than it was seen; refused where its hour is another meeting's.
     */
    unmiss: (side: Side, by: Person, id: string, revision: number): Promise<KickoffOutcome> =>
      db
        .transaction<KickoffOutcome>(async (tx) => {
          // The file is held before the kickoff, always in this order.
          if (side === 'client') await holdAsClient(tx, id, by);
          else await files.holdFile(tx, (await find(tx, id)).acquisitionId);
          const row = await lock(tx, id);
          if (await isDone(tx, by, row)) return { kind: 'done', kickoff: row };
          const missed = await missedIn(tx, row);
          if (!missed || row.revision !== revision) return { kind: 'stale', kickoff: row };
          return { kind: 'done', kickoff: await bookAgain(tx, by, row, missed) };
        })
        .catch((error: unknown) => {
          throw isTaken(error) ? refused(TAKEN) : error;
        }),
  };
}
