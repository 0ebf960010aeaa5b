import { asDate, type Clock } from '../../core/clock.ts';
import type { Db, Queue, Tx } from '../../core/ports.ts';
import * as store from './store.ts';

/** The event that tells the features that notify: a version took effect. Its payload is `InForce`. */
export const IN_FORCE = 'catalogue.inForce';

/** Tells, once each, that versions took effect: at their publication, at their date, or after a stop. */
export function buildAnnouncements(db: Db, clock: Clock, queue: Queue) {
  /** One event per supplier: its newest version in force, and the last one that was announced. */
  async function announce(tx: Tx): Promise<void> {
    for (const event of await store.takeUnannounced(tx, asDate(clock.now())))
      await queue.publish(tx, IN_FORCE, event);
  }
  return {
    announce,
    announceDue: (): Promise<void> => db.transaction(announce),
  };
}

export type Announcements = ReturnType<typeof buildAnnouncements>;
