import { and, eq, gt, notExists, sql } from 'drizzle-orm';
import type { Db } from '../../core/ports/db.ts';
import { freeOf, valuesOf } from './free-rows.ts';
import type { Lease } from './reserve.ts';
import { deliveries, lanes, pauses } from './tables.ts';

/**
 * Takes leased notices in hand, just before they are sent; of each, in their order, whether it is: one that was
 * cancelled, moved, taken by another worker or paused meanwhile is not, nor one that somebody is writing.
 */
export async function claim(
  db: Db,
  leases: readonly Lease[],
  worker: string,
  now: number,
): Promise<boolean[]> {
  const at = new Date(now);
  const taken = valuesOf(
    leases.map(({ row, conversation }) => sql`(${row.id}::uuid, ${conversation.id}::text)`),
  );
  const claimed = await db
    .update(deliveries)
    .set({ state: 'sending', attempts: sql`${deliveries.attempts} + 1`, leasedAt: at, changedAt: at })
    .from(sql`${freeOf(taken, sql`id, conversation_id`)} as taken`)
    .where(
      and(
        eq(deliveries.id, sql`taken.id`),
        eq(deliveries.state, 'pending'),
        eq(deliveries.lease, worker),
        notExists(
          db
            .select({ one: sql`1` })
            .from(pauses)
            .where(and(eq(pauses.conversationId, sql`taken.conversation_id`), gt(pauses.pausedUntil, at))),
        ),
        notExists(
          db
            .select({ one: sql`1` })
            .from(lanes)
            .where(and(eq(lanes.tenantId, deliveries.tenantId), gt(lanes.pausedUntil, at))),
        ),
      ),
    )
    .returning({ id: deliveries.id });
  const ours = new Set(claimed.map(({ id }) => id));
  for (const { row } of leases) if (!ours.has(row.id)) await release(db, row.id, worker);
  return leases.map(({ row }) => ours.has(row.id));
}

/** Gives a lease back, unsent. */
export const release = (db: Db, id: string, worker: string) =>
  db
    .update(deliveries)
    .set({ lease: null, leasedAt: null })
    .where(and(eq(deliveries.id, id), eq(deliveries.state, 'pending'), eq(deliveries.lease, worker)));
