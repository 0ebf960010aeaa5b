import { and, count, eq, gt, sql } from 'drizzle-orm';
import type { DeliveryError } from '../../core/errors.ts';
import type { Db } from '../../core/ports/db.ts';
import { ending, HELD_MS } from './record.ts';
import type { Lease } from './reserve.ts';
import { deliveries, lanes, pauses } from './tables.ts';
import { backoff, type Verdict } from './verdict.ts';

/** So many conversations refused for haste in so many milliseconds, and one for so many sent: the whole tenant waits. */
const WIDESPREAD = { conversations: 3, withinMs: 10_000, sentForOne: 4 };

/** Refusals this long apart are not one streak. */
const STREAK_MS = 60_000;

const MOST_STREAK = 7;

/** Writes down a failure and what was decided about it. */
export async function recordFailure(
  db: Db,
  lease: Lease,
  verdict: Verdict,
  error: DeliveryError,
  now: number,
  random: number,
): Promise<void> {
  const { row } = lease;
  const free = { reason: error.reason, changedAt: new Date(now), lease: null, leasedAt: null };
  const mine = and(eq(deliveries.id, row.id), eq(deliveries.state, 'sending'));
  const again = (change: Partial<typeof deliveries.$inferInsert>) =>
    db
      .update(deliveries)
      .set({ ...free, state: 'pending', ...change })
      .where(mine);
  switch (verdict.kind) {
    case 'end':
      await db
        .update(deliveries)
        .set({
          ...free,
          // What may have been received is not posted again without being asked.
          state:
            verdict.state === 'unknown' && row.operation === 'post'
              ? verdict.state
              : ending(row, verdict.state),
        })
        .where(mine);
      return;
    case 'again':
      await again({
        dueAt: new Date(now + verdict.afterMs),
        ...(verdict.doubt ? { doubts: row.doubts + 1 } : {}),
      });
      return;
    case 'held':
      await again({ attempts: row.attempts, dueAt: new Date(now + HELD_MS) });
      return;
    case 'shrink':
      await again({ shrunk: true, dueAt: new Date(now) });
      return;
    case 'replace':
      await again({ operation: 'edit', dueAt: new Date(now) });
      return;
    case 'reopen':
      await again({ reopened: true, dueAt: new Date(now) });
      return;
    case 'throttled': {
      const until = await pause(db, lease, error.retryAfterSeconds, now, random);
      await again({ attempts: row.attempts, dueAt: until });
    }
  }
}

/** Pauses a conversation, and its whole tenant when several were refused at once. Until when. */
function pause(
  db: Db,
  { row, conversation }: Lease,
  retryAfterSeconds: number | undefined,
  now: number,
  random: number,
): Promise<Date> {
  return db.transaction(async (tx) => {
    const id = conversation.id;
    const [before] = await tx.select().from(pauses).where(eq(pauses.conversationId, id)).for('update');
    const streak =
      before && now - before.refusedAt.getTime() < STREAK_MS ? Math.min(before.streak + 1, MOST_STREAK) : 1;
    const waitMs = retryAfterSeconds === undefined ? backoff(streak, random) : retryAfterSeconds * 1_000;
    const pausedUntil = new Date(Math.max(now + waitMs, before?.pausedUntil.getTime() ?? 0));
    const pauseRow = { tenantId: row.tenantId, pausedUntil, refusedAt: new Date(now), streak };
    await tx
      .insert(pauses)
      .values({ conversationId: id, ...pauseRow })
      .onConflictDoUpdate({ target: pauses.conversationId, set: pauseRow });
    const [recent] = await tx
      .select({ conversations: count() })
      .from(pauses)
      .where(
        and(eq(pauses.tenantId, row.tenantId), gt(pauses.refusedAt, new Date(now - WIDESPREAD.withinMs))),
      );
    const [sent] = await tx
      .select({ n: count() })
      .from(deliveries)
      .where(
        and(
          gt(deliveries.changedAt, new Date(now - WIDESPREAD.withinMs)),
          eq(deliveries.tenantId, row.tenantId),
          eq(deliveries.state, 'sent'),
        ),
      );
    const refused = recent?.conversations ?? 0;
    if (refused >= WIDESPREAD.conversations && refused * WIDESPREAD.sentForOne >= (sent?.n ?? 0))
      await tx
        .update(lanes)
        .set({ pausedUntil: sql`greatest(${lanes.pausedUntil}, ${pausedUntil.toISOString()}::timestamptz)` })
        .where(eq(lanes.tenantId, row.tenantId));
    return pausedUntil;
  });
}
