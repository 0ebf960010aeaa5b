import type { Person } from '../../../../core/turn.ts';
import type { Reviewing } from '../../approving/store/reviewing.ts';
import { type Broadcast, keyOf, type Outcome, type Records } from '../../store/records.ts';
import type { Dispatch } from './dispatch.ts';

const authorOf = ({ authorTenant: tenantId, authorId: objectId }: Broadcast) => ({ tenantId, objectId });

/** A broadcast leaves, where the rule is so once a second person approved it; or it is given up. */
export function buildReleasing(
  { db, deliveries, find, change }: Records,
  { depart }: Dispatch,
  { askApproval, refuseWriter, review, tellDecision }: Reviewing,
  approval: boolean,
) {
  return {
    /** Sends, or asks for the approval of somebody else where that is the rule. */
    submit: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      approval
        ? change(staff, id, revision, 'submit', () => ({}), askApproval)
        : change(staff, id, revision, 'release', () => ({}), depart),

    /** Somebody who wrote no part of it approves it as it is, and it is sent. */
    approve: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      change(
        staff,
        id,
        revision,
        'approve',
        () => ({ approverName: staff.name }),
        async (tx, row) => {
          await refuseWriter(tx, id, staff);
          await review(tx, row, row, staff, 'approved');
          await depart(tx, row);
          await tellDecision(tx, row, authorOf(row), staff);
        },
      ),

    /** Gives it back to its author, with what is to change. */
    refuse: (staff: Person, id: string, revision: number, comment = ''): Promise<Outcome> =>
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

    discard: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      change(
        staff,
        id,
        revision,
        'discard',
        () => ({}),
        (tx, row) => deliveries.unhold(tx, keyOf(row)),
      ),

    /** Stops what is not yet on its way. */
    cancel: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      change(
        staff,
        id,
        revision,
        'cancel',
        () => ({}),
        async (tx, row) => {
          await deliveries.cancel(tx, keyOf(row));
        },
      ),

    askApproval: (id: string): Promise<void> =>
      db.transaction(async (tx) => askApproval(tx, await find(tx, id))),
  };
}
