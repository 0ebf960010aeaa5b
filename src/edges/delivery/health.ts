import {
  and,
  asc,
  count,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  max,
  ne,
  type SQL,
  sql,
} from 'drizzle-orm';
import { z } from 'zod';
import { asDate, type Clock } from '../../core/clock.ts';
import { type Db, DELIVERY_STATES, type DeliveryHealth } from '../../core/ports.ts';
import type { DeliveryDepth } from '../../core/watched.ts';
import { TO_MANY } from './conversations.ts';
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
    told: await toFew(db, dayAgo, asDate(now)),
    rooms: await n(open(db, ne(conversations.kind, 'personal'))),
    people: await n(open(db, eq(conversations.kind, 'personal'))),
    conversations: await n(db.select({ n: count() }).from(conversations)),
    stale: await n(
      db.select({ n: count() }).from(conversations).where(lt(conversations.seenAt, staleBefore)),
    ),
    blocked: await n(db.select({ n: count() }).from(conversations).where(isNotNull(conversations.blocked))),
    pausedUntil: paused?.until && paused.until > asDate(now) ? paused.until : undefined,
  };
}

const open = (db: Db, which: SQL) =>
  db
    .select({ n: count() })
    .from(conversations)
    .where(and(which, isNull(conversations.blocked)));

/** What is said outside broadcasts. */
async function toFew(db: Db, dayAgo: Date, now: Date): Promise<DeliveryHealth['told']> {
  const few = lt(deliveries.priority, TO_MANY);
  const n = async (...where: (SQL | undefined)[]) =>
    (
      await db
        .select({ n: count() })
        .from(deliveries)
        .where(and(few, ...where))
    )[0]?.n ?? 0;
  const lately = gte(deliveries.changedAt, dayAgo);
  return {
    waiting: await n(inArray(deliveries.state, ['pending', 'sending']), lte(deliveries.dueAt, now)),
    sent: await n(eq(deliveries.state, 'sent'), lately),
    failed: await n(inArray(deliveries.state, ['unreachable', 'unknown', 'dead']), lately),
  };
}

const Depth = z.array(
  z.object({ state: z.string(), n: z.number(), due: z.number(), oldest: z.number(), paused: z.number() }),
);

/** What waits, and what became of the deliveries of a day: one query, of which each part has an index of its own. */
export async function depthOf(db: Db, clock: Clock): Promise<DeliveryDepth> {
  const now = asDate(clock.now()).toISOString();
  const { rows } = (await db.execute(sql`
    with waiting as (
      select 'pending' as state, due_at from deliveries where state = 'pending'
      union all select 'sending', due_at from deliveries where state = 'sending'
    ), ended as (
      select state from deliveries
      where changed_at >= ${now}::timestamptz - interval '1 day' and state not in ('pending', 'sending', 'held')
    )
    select state, count(*)::int as n, count(*) filter (where due_at <= ${now}::timestamptz)::int as due,
      coalesce(extract(epoch from ${now}::timestamptz - min(due_at)), 0)::float as oldest,
      (select coalesce(extract(epoch from max(paused_until) - ${now}::timestamptz), 0)::float
        from delivery_lanes) as paused
    from waiting group by state
    union all select state, count(*)::int, 0, 0, 0 from ended group by state`)) as unknown as {
    rows: unknown;
  };
  const found = Depth.parse(rows);
  const highest = (values: readonly number[]) => Math.max(0, ...values);
  return {
    states: DELIVERY_STATES.filter((state) => state !== 'held').map((state) => ({
      state,
      n: found.find((row) => row.state === state)?.n ?? 0,
    })),
    due: found.reduce((sum, row) => sum + row.due, 0),
    oldestSeconds: highest(found.map(({ oldest }) => oldest)),
    pausedSeconds: highest(found.map(({ paused }) => paused)),
  };
}
