import { CourtierError } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import { staffAudience } from '../../../people/index.ts';
import { type Broadcast, keyOf, type Outcome, type Records } from '../../store/records.ts';
import type { Dispatch } from './dispatch.ts';

/** A broadcast leaves, where the rule is so once a second person approved it; or it is given up. */
export function buildReleasing(
  { db, deliveries, find, change }: Records,
  { depart }: Dispatch,
  approval: boolean,
) {
  /** Shows the staff's channel what waits for a second person; once for each time that it is asked. */
  const askApproval = (tx: Tx, row: Broadcast): Promise<void> =>
    deliveries.address(
      tx,
      {
        kind: 'broadcasts.approval',
        key: `${keyOf(row)}/approval/${row.revision}`,
        about: `${keyOf(row)}/approval`,
        subject: { broadcast: row.id },
      },
      staffAudience(deliveries),
    );

  return {
    /** Sends, or asks for the approval of somebody else where that is the rule. */
    submit: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      approval
        ? change(staff, id, revision, 'submit', () => ({}), askApproval)
        : change(staff, id, revision, 'release', () => ({}), depart),

    /** Another member of the staff approves, and it is sent. */
    approve: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      change(
        staff,
        id,
        revision,
        'approve',
        ({ authorTenant, authorId }) => {
          if (authorId === staff.objectId && authorTenant === staff.tenantId)
            throw new CourtierError('refused', 'Une autre personne de l’équipe doit approuver votre avis.');
          return { approverName: staff.name };
        },
        depart,
      ),

    /** Gives it back to its author. */
    refuse: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      change(staff, id, revision, 'refuse', () => ({})),

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
