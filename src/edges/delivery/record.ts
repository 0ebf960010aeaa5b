import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Db } from '../../core/ports/db.ts';
import type { DeliveryState } from '../../core/ports/delivery.ts';
import { freeOf, valuesOf } from './free-rows.ts';
import type { Lease, Row } from './reserve.ts';
import { deliveries } from './tables.ts';
import { backoff, MOST_ATTEMPTS } from './verdict.ts';

/** When something that is held is asked for again. */
export const HELD_MS = 15_000;

/** It was claimed and surely not sent: it takes another moment. */
export const recordMissed = (db: Db, { row }: Lease, worker: string) =>
  db
    .update(deliveries)
    .set({ state: 'pending', attempts: row.attempts, lease: null, leasedAt: null })
    .where(and(eq(deliveries.id, row.id), eq(deliveries.state, 'sending'), eq(deliveries.lease, worker)));

/** The state that a sending ends in; asked to be drawn anew since it was leased, it is due again. */
export const ending = ({ redraws }: Row, state: DeliveryState) =>
  sql<DeliveryState>`case when ${deliveries.redraws} > ${redraws} then 'pending' else ${state} end`;

/** There is nothing to tell any more. */
export const recordMoot = (db: Db, { row }: Lease, now: number) =>
  db
    .update(deliveries)
    .set({ state: ending(row, 'cancelled'), changedAt: new Date(now), lease: null, leasedAt: null })
    .where(and(eq(deliveries.id, row.id), eq(deliveries.state, 'pending')));

/** A composer that throws costs an attempt, like a connector that does not answer; a table that is held costs none. */
export const recordUncomposed = (
  db: Db,
  { row }: Lease,
  worker: string,
  now: number,
  random: number,
  held: boolean,
) => {
  const attempts = row.attempts + (held ? 0 : 1);
  return db
    .update(deliveries)
    .set({
      state: !held && attempts >= MOST_ATTEMPTS ? 'dead' : 'pending',
      attempts,
      reason: 'failed',
      changedAt: new Date(now),
      dueAt: new Date(now + (held ? HELD_MS : backoff(attempts, random))),
      lease: null,
      leasedAt: null,
    })
    .where(and(eq(deliveries.id, row.id), eq(deliveries.state, 'pending'), eq(deliveries.lease, worker)));
};

/** What was received, as which message. */
export interface Sent {
  readonly lease: Lease;
  readonly activityId: string;
}

/**
 * Also when somebody gave up waiting for it meanwhile, or made it due once more: what was received is a fact. If it was
 * to be drawn anew since, it is edited next.
 */
export async function recordSent(db: Db, sent: readonly Sent[], now: number): Promise<void> {
  const written = new Set(await record(db, sent, now, { free: true }));
  // One by itself may wait for whoever is writing it: it holds nothing that they could wait for.
  for (const each of sent) if (!written.has(each.lease.row.id)) await record(db, [each], now);
}

/** Posted, as far as we know, by nobody, and to be. */
const dueOnceMore = and(
  eq(deliveries.state, 'pending'),
  eq(deliveries.operation, 'post'),
  isNull(deliveries.activityId),
);

async function record(
  db: Db,
  sent: readonly Sent[],
  now: number,
  { free = false }: { readonly free?: boolean } = {},
): Promise<string[]> {
  const anew = sql`${deliveries.redraws} > received.redraws`;
  const received = valuesOf(
    sent.map(
      ({ lease: { row, conversation }, activityId }) =>
        sql`(${row.id}::uuid, ${row.redraws}::integer, ${conversation.id}::text, ${activityId}::text)`,
    ),
  );
  const columns = sql`id, redraws, conversation_id, activity_id`;
  const rows = await db
    .update(deliveries)
    .set({
      state: sql<DeliveryState>`case when ${anew} then 'pending' else 'sent' end`,
      operation: sql`case when ${anew} then 'edit' else ${deliveries.operation} end`,
      target: sql`case when ${anew} then ${deliveries.id} else ${deliveries.target} end`,
      dueAt: sql`case when ${anew} then ${new Date(now).toISOString()}::timestamptz else ${deliveries.dueAt} end`,
      attempts: sql`case when ${anew} then 0 else ${deliveries.attempts} end`,
      reason: null,
      changedAt: new Date(now),
      postedIn: sql`received.conversation_id`,
      activityId: sql`received.activity_id`,
      lease: null,
      leasedAt: null,
    })
    .from(free ? sql`${freeOf(received, columns)} as received` : sql`${received} as received (${columns})`)
    .where(
      and(
        eq(deliveries.id, sql`received.id`),
        or(inArray(deliveries.state, ['sending', 'unknown']), dueOnceMore),
      ),
    )
    .returning({ id: deliveries.id });
  return rows.map(({ id }) => id);
}
