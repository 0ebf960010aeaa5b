import { and, count, eq, isNotNull, isNull, lt, ne, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { asDate, type Clock } from '../../core/clock.ts';
import type { Db } from '../../core/ports/db.ts';
import { DELIVERY_STATES, type DeliveryHealth } from '../../core/ports/delivery.ts';
import type { DeliveryDepth } from '../../core/process/watched.ts';
import { readRows } from '../../core/rows/raw.ts';
import { TO_MANY } from './conversations.ts';
import { conversations } from './tables.ts';

const DAY_HOURS = 24;
const STALE_DAYS = 90;

const Ended = z.array(
  z.object({ state: z.enum(DELIVERY_STATES), reason: z.string(), n: z.number(), few: z.number() }),
);
const OfDay = z.object({
  waiting: z.number(),
  waitingFew: z.number(),
  oldest: z.coerce.date().nullable(),
  paused: z.coerce.date().nullable(),
  ended: Ended,
});

/** What waits, and what was sent or failed within a day: one query, of which each part has an index of its own. */
async function ofDay(db: Db, now: Date, dayAgo: Date): Promise<z.infer<typeof OfDay>> {
  const few = sql`priority < ${TO_MANY}`;
  const dueOf = (state: SQL) => sql`
    select due_at, priority from deliveries where state = ${state} and due_at <= ${now.toISOString()}::timestamptz`;
  const [found] = await readRows(
    db,
    sql`
    with due as (${dueOf(sql`'pending'`)} union all ${dueOf(sql`'sending'`)}), ended as (
      select state, coalesce(reason, '') as reason, count(*)::int as n, (count(*) filter (where ${few}))::int as few
      from deliveries
      where changed_at >= ${dayAgo.toISOString()}::timestamptz and state in ('sent', 'unreachable', 'unknown', 'dead')
      group by state, reason)
    select count(*)::int as waiting, (count(*) filter (where ${few}))::int as "waitingFew", min(due_at) as oldest,
      (select max(paused_until) from delivery_lanes) as paused,
      (select coalesce(jsonb_agg(e order by e.state, nullif(e.reason, '')), '[]') from ended e) as ended
    from due`,
    OfDay,
  );
  if (!found) throw new Error('no row was counted');
  return found;
}

/** Where the assistant is, or was: one look at all conversations. */
async function conversationsOf(db: Db, staleBefore: Date) {
  const n = (which: SQL | undefined) => sql<number>`count(*) filter (where ${which})`.mapWith(Number);
  const there = isNull(conversations.blocked);
  const [row] = await db
    .select({
      rooms: n(and(there, ne(conversations.kind, 'personal'))),
      people: n(and(there, eq(conversations.kind, 'personal'))),
      conversations: count(),
      stale: n(lt(conversations.seenAt, staleBefore)),
      blocked: n(isNotNull(conversations.blocked)),
    })
    .from(conversations);
  return row ?? { rooms: 0, people: 0, conversations: 0, stale: 0, blocked: 0 };
}

/** What waits, what failed within a day, which conversations have gone quiet. */
export async function healthOf(db: Db, clock: Clock): Promise<DeliveryHealth> {
  const now = clock.now();
  const [{ waiting, waitingFew, oldest, paused, ended }, there] = await Promise.all([
    ofDay(db, asDate(now), asDate(now.subtract({ hours: DAY_HOURS }))),
    conversationsOf(db, asDate(now.subtract({ hours: STALE_DAYS * DAY_HOURS }))),
  ]);
  const sent = ended.filter(({ state }) => state === 'sent');
  const failed = ended.filter(({ state }) => state !== 'sent');
  const sum = (ns: readonly number[]) => ns.reduce((total, n) => total + n, 0);
  return {
    waiting,
    oldestDue: oldest ?? undefined,
    failures: failed.map(({ state, reason, n }) => ({ state, reason, n })),
    sentToday: sum(sent.map(({ n }) => n)),
    told: {
      waiting: waitingFew,
      sent: sum(sent.map(({ few }) => few)),
      failed: sum(failed.map(({ few }) => few)),
    },
    ...there,
    pausedUntil: paused && paused > asDate(now) ? paused : undefined,
  };
}

const Depth = z.object({
  state: z.string(),
  n: z.number(),
  due: z.number(),
  oldest: z.number(),
  paused: z.number(),
});

/** What waits, and what became of the deliveries of a day: one query, of which each part has an index of its own. */
export async function depthOf(db: Db, clock: Clock): Promise<DeliveryDepth> {
  const now = asDate(clock.now()).toISOString();
  const found = await readRows(
    db,
    sql`
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
    union all select state, count(*)::int, 0, 0, 0 from ended group by state`,
    Depth,
  );
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
