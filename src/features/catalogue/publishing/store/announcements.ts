import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import { staffAudience } from '../../../people/index.ts';

import { takeUnannounced } from '../../fiche/store/in-force.ts';
import type { InForce } from '../../screens/schema.ts';

/** The event that tells the features that notify what took effect together. Its payload is `TookEffect`. */
export const IN_FORCE = 'catalogue.inForce';

/** Tells the staff's channel what took effect. Without a channel, `fiches` shows it. */
export const buildStaffNews = (deliveries: Deliveries) => ({
  /** One version, as the release before told it. */
  tellStaff(tx: Tx, { supplier, version }: Pick<InForce, 'supplier' | 'version'>): Promise<void> {
    const key = `fiche:${supplier}/${version}`;
    const notice = { kind: 'catalogue.inForce', key, about: key, subject: { supplier, version } };
    return deliveries.address(tx, notice, staffAudience(deliveries));
  },

  /** All that took effect on a day: one post, drawn anew with each version that joins it. */
  async tellStaffOfDay(tx: Tx, day: string): Promise<void> {
    const key = `fiches:${day}`;
    const notice = { kind: 'catalogue.dayInForce', key, about: key, subject: { day } };
    await deliveries.address(tx, notice, staffAudience(deliveries));
    await deliveries.redraw(tx, key);
  },
});

/**
 * Tells, once each, that versions took effect: at their publication, at their date, or after a stop. `gather` writes
 * the notices of all of them.
 */
export function buildAnnouncements(
  db: Db,
  clock: Clock,
  queue: Queue,
  gather: (tx: Tx, events: readonly InForce[]) => Promise<void>,
) {
  const publish = async (tx: Tx, changes: readonly InForce[]): Promise<void> => {
    if (changes.length > 0) await queue.publish(tx, IN_FORCE, { changes });
  };

  /** One change per supplier: its newest version in force, and the last one that was announced. */
  async function announce(tx: Tx): Promise<void> {
    const events = await takeUnannounced(tx, asDate(clock.now()));
    await gather(tx, events);
    await publish(tx, events);
  }
  return {
    announce,
    /** Versions that were announced are other ones now: whoever calculates with them does so again. */
    changed: publish,
    announceDue: (): Promise<void> => db.transaction(announce),
  };
}

export type Announcements = ReturnType<typeof buildAnnouncements>;
