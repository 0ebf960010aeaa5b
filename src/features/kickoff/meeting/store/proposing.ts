import { CourtierError } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { Kickoff } from '../../tables.ts';
import { after } from '../rules/states.ts';
import type { Basis } from './basis.ts';
import { freeOf } from './moments.ts';
import type { Offering } from './offering.ts';
import type { KickoffOutcome } from './records.ts';

export type Proposing = ReturnType<typeof buildProposing>;

/** The moments of a meeting are proposed by the staff, then round after round until one suits or none is left. */
export function buildProposing(parts: Basis & Offering) {
  const { db, audit, notices, find, lock, write, refusalOf, confirmIn, unbook, offerNext } = parts;

  /** A kickoff whose round still waits for answers; undefined once it does not. */
  async function lockWaiting(tx: Tx, id: string, round: number): Promise<Kickoff | undefined> {
    const row = await lock(tx, id);
    return row.state === 'proposed' && row.round === round ? row : undefined;
  }

  /** Lets the moments of a round go; the kickoff waits for the staff again. */
  async function release(tx: Tx, row: Kickoff): Promise<Kickoff> {
    await freeOf(tx, row.id);
    return write(tx, row, 'release', {});
  }

  /** No moment suits and none is left: the staff take over. */
  const exhaust = (id: string, round: number): Promise<Kickoff> =>
    db.transaction(async (tx) => {
      const row = await lockWaiting(tx, id, round);
      if (!row) return find(tx, id);
      const kickoff = await release(tx, row);
      await notices.staff(tx, kickoff, 'noMoment', `round:${round}`);
      return kickoff;
    });

  return {
    /** Keeps moments that suit the broker and the client, and asks both others to choose. */
    propose: (staff: Person, id: string, revision: number): Promise<KickoffOutcome> =>
      offerNext(id, async (tx) => {
        const left = await refusalOf(tx, id);
        const row = await lock(tx, id);
        if (row.revision !== revision || !after(row.state, 'propose')) return undefined;
        if (left) throw new CourtierError('refused', `Le client a d’abord ceci à régler : « ${left} »`);
        if (row.state === 'booked') await unbook(tx, row);
        await confirmIn(tx, row, 2, 'broker', staff);
        await audit.record(tx, staff, 'kickoff.propose', id);
        return row;
      }),

    /** Proposes the moments that follow those of a round, or gives over to the staff when there are none left. */
    async advance(id: string, round: number, by?: PersonKey): Promise<Kickoff> {
      try {
        return (await offerNext(id, (tx) => lockWaiting(tx, id, round), { news: 'choose', by })).kickoff;
      } catch (error) {
        if (!(error instanceof CourtierError) || error.kind !== 'refused') throw error;
        return exhaust(id, round);
      }
    },

    /** The moments of a round were not answered in time. */
    expire: (id: string, round: number): Promise<void> =>
      db.transaction(async (tx) => {
        const row = await lockWaiting(tx, id, round);
        if (!row) return;
        const kickoff = await release(tx, row);
        await notices.staff(tx, kickoff, 'expired', `round:${round}`);
        await notices.client(tx, kickoff, 'expired', `round:${round}`);
      }),
  };
}
