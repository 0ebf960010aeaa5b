import { and, eq } from 'drizzle-orm';
import { CourtierError } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import { type Kickoff, slots } from '../../tables.ts';
import type { Basis } from './basis.ts';
import type { Offering } from './offering.ts';
import { type KickoffOutcome, NO_MEETING } from './records.ts';

/** The meeting's hour does not suit any more. */
export function buildMoving(parts: Basis & Offering) {
  const { db, audit, notices, quotas, now, find, holdAsClient, lock, write, unbook, offerNext } = parts;

  /** Lets the booked hour go; undefined where it is not as it was seen, or has begun. */
  async function letGo(
    tx: Tx,
    by: Person | 'supplier',
    id: string,
    revision: number,
  ): Promise<Kickoff | undefined> {
    if (by !== 'supplier') await holdAsClient(tx, id, by);
    const row = await lock(tx, id);
    const ahead = row.startsAt !== null && row.startsAt > now();
    if (row.revision !== revision || row.state !== 'booked' || !ahead) return undefined;
    await tx
      .update(slots)
      .set(by === 'supplier' ? { supplier: false } : { client: false })
      .where(and(eq(slots.kickoffId, id), eq(slots.state, 'booked')));
    await unbook(tx, row);
    if (by !== 'supplier') {
      await quotas.spend(tx, by, 'kickoff.move');
      await audit.record(tx, by, 'kickoff.move', id);
    }
    return row;
  }

  /** No other moment can be proposed: the hour is let go all the same, and the staff take over. */
  const giveOver = (by: Person | 'supplier', id: string, revision: number): Promise<KickoffOutcome> =>
    db.transaction<KickoffOutcome>(async (tx) => {
      const row = await letGo(tx, by, id, revision);
      if (!row) return { kind: 'stale', kickoff: await find(tx, id) };
      const kickoff = await write(tx, row, 'release', NO_MEETING);
      await notices.staff(tx, kickoff, 'unbooked', `moved:${row.slotId}`);
      if (by === 'supplier') await notices.client(tx, kickoff, 'moved', `moved:${row.slotId}`);
      return { kind: 'done', kickoff };
    });

  return {
    /**
     * The meeting's hour does not suit any more: other moments are proposed. Where none can be, the hour is let go all
     * the same, and the staff take over. A meeting that has begun stays.
     */
    async move(by: Person | 'supplier', id: string, revision: number): Promise<KickoffOutcome> {
      const withNews = async (tx: Tx): Promise<Kickoff | undefined> => {
        const row = await letGo(tx, by, id, revision);
        if (row) await notices.staff(tx, row, 'moved', `moved:${row.slotId}`);
        return row;
      };
      try {
        return await offerNext(id, withNews, by === 'supplier' ? { news: 'moved' } : { news: 'choose', by });
      } catch (error) {
        if (!(error instanceof CourtierError) || error.kind === 'notFound') throw error;
        return giveOver(by, id, revision);
      }
    },
  };
}
