import { and, count, eq, exists, gt, inArray, isNull, lt, notExists, or, type SQL, sql } from 'drizzle-orm';
import type { DeliveryError } from '../../core/errors.ts';
import type { Db } from '../../core/ports/db.ts';
import type { DeliveryState } from '../../core/ports/delivery.ts';
import type { NoticeRules } from '../../core/routes/notices.ts';
import { TO_MANY } from './conversations.ts';
import { expired, type Lease, type Row } from './reserve.ts';
import { conversations, deliveries, lanes, pauses } from './tables.ts';
import { backoff, MOST_ATTEMPTS, type Verdict } from './verdict.ts';

/** So many conversations refused for haste in so many milliseconds, and one for so many sent: the whole tenant waits. */
const WIDESPREAD = { conversations: 3, withinMs: 10_000, sentForOne: 4 };
/** Refusals this long apart are not one streak. */
const STREAK_MS = 60_000;
const MOST_STREAK = 7;
/** When something that is held is asked for again. */
const HELD_MS = 15_000;
/** How far back what the release before could not know is looked for. */
const MISTAKEN_MS = 60_000;

/** Rows that a statement is told, one of values for each. */
const valuesOf = (rows: readonly SQL[]): SQL => sql`(values ${sql.join([...rows], sql`, `)})`;

/**
 * The rows of these values that nobody else is writing. Whoever writes several waits for none of them: somebody who
 * cancels or draws anew a whole notice may hold some and wait for others.
 */
const freeOf = (values: SQL, columns: SQL): SQL => sql`(
  select v.* from ${values} as v (${columns}) join ${deliveries} d on d.id = v.id for update of d skip locked)`;

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

/** It was claimed and surely not sent: it takes another moment. */
export const recordMissed = (db: Db, { row }: Lease, worker: string) =>
  db
    .update(deliveries)
    .set({ state: 'pending', attempts: row.attempts, lease: null, leasedAt: null })
    .where(and(eq(deliveries.id, row.id), eq(deliveries.state, 'sending'), eq(deliveries.lease, worker)));

/** The state that a sending ends in; asked to be drawn anew since it was leased, it is due again. */
const ending = ({ redraws }: Row, state: DeliveryState) =>
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

/**
 * Claims that a worker left behind: nobody knows whether they were received. An edit is done again, what must
 * surely arrive is sent once more, the rest is for a person to decide.
 */
export async function sweep(db: Db, rules: ReadonlyMap<string, NoticeRules>, now: number): Promise<void> {
  const left = await db
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.state, 'sending'), expired(deliveries.leasedAt, now)))
    .limit(500);
  for (const row of left) {
    const repeatable = row.operation !== 'post';
    const surely = rules.get(row.kind)?.policy === 'surely' && row.doubts === 0;
    const at = new Date(now);
    await db
      .update(deliveries)
      .set({
        changedAt: at,
        reason: 'noAnswer',
        lease: null,
        leasedAt: null,
        ...(repeatable || surely
          ? { state: 'pending', dueAt: at, doubts: repeatable ? row.doubts : row.doubts + 1 }
          : { state: 'unknown' }),
      })
      .where(
        and(eq(deliveries.id, row.id), eq(deliveries.state, 'sending'), expired(deliveries.leasedAt, now)),
      );
  }
}

/** Whether there is a conversation. */
const known = (db: Db, which: SQL | undefined): SQL =>
  exists(db.select({ one: sql`1` }).from(conversations).where(which));

/**
 * The release before, at work for a minute beside this one, says of kinds that it does not know that they cannot be
 * received: where they can, they are due again.
 */
export const sweepMistaken = (db: Db, kinds: readonly string[], now: number) =>
  db
    .update(deliveries)
    .set({ state: 'pending', reason: null, dueAt: new Date(now), changedAt: new Date(now) })
    .where(
      and(
        gt(deliveries.changedAt, new Date(now - MISTAKEN_MS)),
        eq(deliveries.state, 'unreachable'),
        eq(deliveries.reason, 'notInstalled'),
        lt(deliveries.priority, TO_MANY),
        inArray(deliveries.kind, [...kinds]),
        // By their index each: one condition for all three would read every conversation for each of these.
        sql`case
          when ${deliveries.operation} <> 'post' then ${known(db, eq(conversations.id, deliveries.postedIn))}
          when ${deliveries.objectId} = '' then ${known(db, eq(conversations.id, deliveries.conversationId))}
          else ${known(
            db,
            and(
              eq(conversations.kind, 'personal'),
              eq(conversations.tenantId, deliveries.tenantId),
              eq(conversations.personId, deliveries.objectId),
            ),
          )} end`,
      ),
    );
