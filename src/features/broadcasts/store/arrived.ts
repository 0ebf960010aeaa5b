import { sql } from 'drizzle-orm';
import type { Deliveries } from '../../../core/ports/delivery.ts';
import { broadcasts } from '../tables.ts';
import { type Broadcast, broadcastKeyOf, type Records } from './records.ts';

/** The last notices that are looked at: one of the latest that reached nobody does not hide the one before. */
const LOOKED_AT = 5;

/** Whether what the broker told ever reached anybody. */
export const buildArrived = ({
  db,
  deliveries,
}: Pick<Records, 'db'> & { readonly deliveries: Deliveries }) => ({
  /** To how many somebody of the last notices arrived; 0 where none did. */
  async lastArrived(): Promise<number> {
    const rows: Pick<Broadcast, 'id'>[] = await db
      .select({ id: broadcasts.id })
      .from(broadcasts)
      .where(sql`${broadcasts.state} in ('released', 'withdrawn')`)
      .orderBy(sql`${broadcasts.number} desc`)
      .limit(LOOKED_AT);
    const sent = await Promise.all(
      rows.map(async (row) => (await deliveries.counts(broadcastKeyOf(row))).sent),
    );
    return sent.find((n) => n > 0) ?? 0;
  },
});
