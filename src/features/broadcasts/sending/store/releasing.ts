import { sql } from 'drizzle-orm';
import type { Tx } from '../../../../core/ports/db.ts';
import { readCount } from '../../../../core/rows/raw.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Reviewing } from '../../approving/store/reviewing.ts';
import { type Broadcast, type BroadcastOutcome, broadcastKeyOf, type Records } from '../../store/records.ts';
import { type Departs, isKept } from '../rules/departure.ts';
import type { Dispatch } from './dispatch.ts';

const authorOf = ({ authorTenant: tenantId, authorId: objectId }: Broadcast) => ({ tenantId, objectId });

/** A broadcast leaves, where the rule is so once a second person approved it; or it is given up. */
export function buildReleasing(
  { db, deliveries, now, find, change }: Records,
  { depart, departs, isReadAgain }: Dispatch,
  { askApproval, refuseWriter, review, tellDecision }: Reviewing,
  approval: boolean,
) {
  /** Whether Teams did not answer yet for some of it: it may be due again. */
  async function isUnderWay(tx: Tx, row: Broadcast): Promise<boolean> {
    const one = sql`select 1 from (${deliveries.rowsOf(broadcastKeyOf(row))}) d where d.state = 'sending' limit 1`;
    return (await readCount(tx, sql`select count(*)::int as n from (${one}) one`)) > 0;
  }

  return {
    /**
     * Sends, or asks for the approval of somebody else where that is the rule. What would not leave when the card that
     * was pressed says stays as it is.
     */
    submit(staff: Person, id: string, revision: number, promised?: Departs): Promise<BroadcastOutcome> {
      const asSaid = (row: Broadcast) => (isKept(promised, departs(row)) ? {} : undefined);
      return approval
        ? change(staff, id, revision, 'submit', asSaid, askApproval)
        : change(staff, id, revision, 'release', asSaid, depart);
    },

    /** Somebody who wrote no part of it approves it as it is, and it is sent when the card that was pressed says. */
    approve: (staff: Person, id: string, revision: number, promised?: Departs): Promise<BroadcastOutcome> =>
      change(
        staff,
        id,
        revision,
        'approve',
        (row) => (isKept(promised, departs(row)) ? { approverName: staff.name } : undefined),
        async (tx, row) => {
          await refuseWriter(tx, id, staff);
          await review(tx, row, row, staff, 'approved');
          await depart(tx, row);
          await tellDecision(tx, row, authorOf(row), staff);
        },
      ),

    /** Gives it back to its author, with what is to change. */
    refuse: (staff: Person, id: string, revision: number, comment = ''): Promise<BroadcastOutcome> =>
      change(
        staff,
        id,
        revision,
        'refuse',
        () => ({}),
        async (tx, row) => {
          await review(tx, row, row, staff, 'returned', comment);
          await tellDecision(tx, row, authorOf(row), staff);
        },
      ),

    discard: (staff: Person, id: string, revision: number): Promise<BroadcastOutcome> =>
      change(
        staff,
        id,
        revision,
        'discard',
        () => ({}),
        (tx, row) => deliveries.unhold(tx, broadcastKeyOf(row)),
      ),

    /** Stops what is not yet on its way, which may come back from it; where all of it arrived, nothing changes. */
    cancel: (staff: Person, id: string, revision: number): Promise<BroadcastOutcome> =>
      change(staff, id, revision, 'cancel', async (row, tx) => {
        const stopped = await deliveries.cancel(tx, broadcastKeyOf(row));
        const isToCome = row.sendAt !== null && row.sendAt > now();
        return stopped > 0 || isToCome || isReadAgain(row) || (await isUnderWay(tx, row)) ? {} : undefined;
      }),

    askApproval: (id: string): Promise<void> =>
      db.transaction(async (tx) => askApproval(tx, await find(tx, id))),
  };
}
