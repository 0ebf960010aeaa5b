import type { Deliveries, Recipient, Tx } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import { staffAudience } from '../../../people/index.ts';
import { mayApprove } from '../rules/correction.ts';
import type { Correction } from './records.ts';

const keyOf = ({ id }: Pick<Correction, 'id'>) => `correction:${id}`;
/** Once for each time that it is asked. */
const askedAt = ({ id, revision }: Pick<Correction, 'id' | 'revision'>) =>
  `correction:${id}/approval/${revision}`;

/** How a second person is asked for a correction, and how its author learns what they decided. */
export const buildAsking = ({ deliveries }: { readonly deliveries: Deliveries }) => ({
  /** Shows the staff's channel what waits for a second person. */
  askApproval: (tx: Tx, row: Correction): Promise<void> =>
    deliveries.address(
      tx,
      {
        kind: 'catalogue.approval',
        key: askedAt(row),
        about: keyOf(row),
        subject: { correction: row.id },
      },
      staffAudience(deliveries),
    ),

  /** What the channel was shown of it, as it was then, is drawn as it stands now. */
  shownAgain: (tx: Tx, before: Correction): Promise<void> =>
    before.state === 'proposed' ? deliveries.redraw(tx, askedAt(before)) : Promise.resolve(),

  /** Tells an author what somebody else decided. */
  async tellDecision(tx: Tx, row: Correction, by: Person): Promise<void> {
    const { tenantId, objectId, id, revision } = row;
    if (objectId === '' || !mayApprove(row, by)) return;
    const to: Recipient = { kind: 'person', tenantId, objectId };
    const key = `${keyOf(row)}/decision/${revision}`;
    const subject = { correction: id, revision };
    await deliveries.address(tx, { kind: 'catalogue.decision', key, about: keyOf(row), subject }, [to]);
  },
});
