import type { Tx } from '../../../../core/ports/db.ts';
import type { Audience } from '../../../../core/ports/delivery.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { type Broadcast, broadcastKeyOf, type Records } from '../../store/records.ts';
import { audienceOf } from './audience.ts';

/** Whom a notice concerns as of now. */
export function buildConcerned({ clock, deliveries }: Pick<Records, 'clock' | 'deliveries'>) {
  const everyoneOf = (row: Broadcast): Audience =>
    audienceOf(row.audience, row, deliveries, brokerDate(clock.now()));

  /** Undefined where it is for whoever installed the assistant: whoever removed it is not reached anyway. */
  const concerned = (row: Broadcast): Audience | undefined =>
    row.audience.installed ? undefined : everyoneOf(row);

  return {
    everyoneOf,
    concerned,

    /** Whoever waits for it and whom it concerns no more is not told. */
    async keepConcerned(tx: Tx, row: Broadcast): Promise<void> {
      const audience = concerned(row);
      if (audience) await deliveries.keepOnly(tx, broadcastKeyOf(row), audience);
    },
  };
}
