import { and, asc, count, eq, gte, inArray, isNotNull, lt, lte, max } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import type { Db, DeliveryHealth } from '../../core/ports.ts';
import { conversations, deliveries, lanes } from './tables.ts';

const DAY_HOURS = 24;
const STALE_DAYS = 90;

/** What waits, what failed within a day, which conversations have gone quiet. */
export async function healthOf(db: Db, clock: Clock): Promise<DeliveryHealth> {
  const now = clock.now();
  const dayAgo = asDate(now.subtract({ hours: DAY_HOURS }));
  const due = and(inArray(deliveries.state, ['pending', 'sending']), lte(deliveries.dueAt, asDate(now)));
  const [oldest] = await db
    .select({ at: deliveries.dueAt })
    .from(deliveries)
    .where(due)
    .orderBy(asc(deliveries.dueAt))
    .limit(1);
  const n = async (query: Promise<{ n: number }[]>) => (await query)[0]?.n ?? 0;
  const failures = await db
    .select({ state: deliveries.state, reason: deliveries.reason, n: count() })
    .from(deliveries)
    .where(
      and(inArray(deliveries.state, ['unreachable', 'unknown', 'dead']), gte(deliveries.changedAt, dayAgo)),
    )
    .groupBy(deliveries.state, deliveries.reason)
    .orderBy(asc(deliveries.state), asc(deliveries.reason));
  const [paused] = await db.select({ until: max(lanes.pausedUntil) }).from(lanes);
  const staleBefore = asDate(now.subtract({ hours: STALE_DAYS * DAY_HOURS }));
  return {
    waiting: await n(db.select({ n: count() }).from(deliveries).where(due)),
    oldestDue: oldest?.at,
    failures: failures.map(({ state, reason, n }) => ({ state, reason: reason ?? '', n })),
    sentToday: await n(
      db
        .select({ n: count() })
        .from(deliveries)
        .where(and(eq(deliveries.state, 'sent'), gte(deliveries.changedAt, dayAgo))),
    ),
    conversations: await n(db.select({ n: count() }).from(conversations)),
    stale: await n(
      db.select({ n: count() }).from(conversations).where(lt(conversations.seenAt, staleBefore)),
    ),
    blocked: await n(db.select({ n: count() }).from(conversations).where(isNotNull(conversations.blocked))),
    pausedUntil: paused?.until && paused.until > asDate(now) ? paused.until : undefined,
  };
}
