import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { asDate } from '../../core/clock.ts';
import type { DeliveryReason } from '../../core/errors.ts';
import type { ConversationReference } from '../../core/ports/conversations.ts';
import type { Db, Tx } from '../../core/ports/db.ts';
import type { NoticeRules } from '../../core/routes/notices.ts';
import type { DecentHours } from '../../core/time/decent-hours.ts';
import { referenceFrom } from './conversations.ts';
import { earliest, intervalOf, REMEMBERED_MS } from './limits.ts';
import { conversations, deliveries, lanes, pauses, posts, preferences } from './tables.ts';

export type Row = typeof deliveries.$inferSelect;

/** A notice that this worker will send at a moment that nobody else uses. */
export interface Lease {
  readonly row: Row;
  readonly conversation: ConversationReference;
  /** The message to edit or delete. */
  readonly activityId: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** How long a lease, or a claim, is believed. */
export const LEASE_MS = 30_000;
/** A moment further ahead than that was written by a clock that was wrong. */
const FARTHEST_MS = 60_000;
/** When a kind of notice that this process does not know is looked at again. */
const UNKNOWN_MS = 15_000;

export interface Reserving {
  readonly rules: ReadonlyMap<string, NoticeRules>;
  readonly hours: DecentHours;
  /** Sendings per second and tenant. */
  readonly rate: number;
}

/** Written at a believable moment before `now - LEASE_MS`, or after it by a clock that was wrong. */
export const expired = (column: typeof deliveries.leasedAt, now: number) =>
  or(lt(column, new Date(now - LEASE_MS)), gt(column, new Date(now + FARTHEST_MS)));

/** The tenants for whom something is due. */
export async function lanesDue(db: Db, now: Date): Promise<string[]> {
  const due = db
    .select({ one: sql`1` })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.tenantId, lanes.tenantId),
        eq(deliveries.state, 'pending'),
        lte(deliveries.dueAt, now),
      ),
    );
  const rows = await db.select({ tenantId: lanes.tenantId }).from(lanes).where(sql`exists ${due}`);
  return rows.map(({ tenantId }) => tenantId);
}

/**
 * Reserves up to `most` of a tenant's next sendings: each has its own moment, within the rate and the limits of
 * its conversation. Whoever cannot be disturbed yet is put off, whoever cannot be reached is recorded so.
 * No moment is nearer than `leadMs`. Also returned: the milliseconds until it is worth asking again.
 */
export function reserve(
  db: Db,
  tenantId: string,
  worker: string,
  now: number,
  most: number,
  leadMs: number,
  reserving: Reserving,
): Promise<{ leases: readonly Lease[]; waitMs: number }> {
  return db.transaction(async (tx) => {
    const [lane] = await tx.select().from(lanes).where(eq(lanes.tenantId, tenantId)).for('update');
    if (!lane) return { leases: [], waitMs: FARTHEST_MS };
    const paused = lane.pausedUntil?.getTime() ?? 0;
    if (paused > now) return { leases: [], waitMs: paused - now };
    const next = lane.nextAt.getTime();
    const start = Math.max(next > now + FARTHEST_MS ? now : next, now + leadMs);
    if (start - now > 2 * leadMs) return { leases: [], waitMs: start - now - 2 * leadMs };

    const due = await dueRows(tx, tenantId, now, most);
    const found = await whereTo(tx, tenantId, due);
    const ids = [...found.values()].map(({ reference }) => reference.id);
    const refused = await pausesOf(tx, ids, now);
    const recent = await recentPosts(tx, ids, now);
    const interval = intervalOf(reserving.rate);
    const leases: Lease[] = [];
    for (const { row, notBefore, pausedUntil } of due) {
      const rules = reserving.rules.get(row.kind);
      const place = found.get(row.id);
      const later = rules && politeMoment(now, rules, reserving.hours, pausedUntil, notBefore);
      if (later !== undefined && later > now) await putOff(tx, row.id, later);
      // A release that is newer, and at work already, knows what it is.
      else if (!rules) await putOff(tx, row.id, now + UNKNOWN_MS);
      else if (!place) await unreachable(tx, row.id, now, 'notInstalled');
      else if (place.blocked && row.operation === 'post') await unreachable(tx, row.id, now, place.blocked);
      else {
        const id = place.reference.id;
        const at = start + leases.length * interval;
        const allowed = earliest(recent.get(id) ?? [], at);
        const resumes = refused.get(id) ?? 0;
        if (resumes > now) await putOff(tx, row.id, resumes);
        else if (allowed > at) await putOff(tx, row.id, allowed - leadMs);
        else {
          leases.push({ row, conversation: place.reference, activityId: place.activityId, at });
          recent.set(id, [...(recent.get(id) ?? []), at]);
        }
      }
    }
    const end = start + leases.length * interval;
    if (leases.length > 0) {
      await tx
        .update(deliveries)
        .set({ lease: worker, leasedAt: new Date(now) })
        .where(
          inArray(
            deliveries.id,
            leases.map(({ row }) => row.id),
          ),
        );
      await tx
        .insert(posts)
        .values(
          leases.map(({ conversation, at }) => ({ conversationId: conversation.id, at: new Date(at) })),
        );
      await tx
        .update(lanes)
        .set({ nextAt: new Date(Math.ceil(end)) })
        .where(eq(lanes.tenantId, tenantId));
    }
    return { leases, waitMs: due.length < most ? FARTHEST_MS : Math.max(0, end - now - 2 * leadMs) };
  });
}

const dueRows = (tx: Tx, tenantId: string, now: number, most: number) =>
  tx
    .select({ row: deliveries, notBefore: preferences.notBefore, pausedUntil: preferences.pausedUntil })
    .from(deliveries)
    .leftJoin(
      preferences,
      and(eq(preferences.tenantId, deliveries.tenantId), eq(preferences.objectId, deliveries.objectId)),
    )
    .where(
      and(
        eq(deliveries.tenantId, tenantId),
        eq(deliveries.state, 'pending'),
        lte(deliveries.dueAt, new Date(now)),
        or(isNull(deliveries.lease), expired(deliveries.leasedAt, now)),
      ),
    )
    .orderBy(asc(deliveries.priority), asc(deliveries.dueAt))
    .limit(most)
    .for('update', { of: deliveries, skipLocked: true });

interface Place {
  readonly reference: ConversationReference;
  readonly blocked: 'suspended' | 'removed' | null;
  readonly activityId: string | null;
}

/** Where each goes: a person's latest chat, the conversation itself, or where the message to edit is. */
async function whereTo(
  tx: Tx,
  tenantId: string,
  due: readonly { readonly row: Row }[],
): Promise<Map<string, Place>> {
  const rows = due.map(({ row }) => row);
  const people = rows.flatMap(({ operation, objectId }) =>
    operation === 'post' && objectId ? [objectId] : [],
  );
  const targets = rows.flatMap(({ target }) => target ?? []);
  const posted =
    targets.length === 0 ? [] : await tx.select().from(deliveries).where(inArray(deliveries.id, targets));
  const byTarget = new Map(posted.map((target) => [target.id, target]));
  const named = [
    ...rows.flatMap(({ conversationId }) => conversationId || []),
    ...posted.flatMap(({ postedIn }) => postedIn ?? []),
  ];
  const chats =
    people.length === 0
      ? []
      : await tx
          .select()
          .from(conversations)
          .where(
            and(
              eq(conversations.tenantId, tenantId),
              eq(conversations.kind, 'personal'),
              inArray(conversations.personId, people),
            ),
          )
          .orderBy(desc(conversations.seenAt));
  const known =
    named.length === 0 ? [] : await tx.select().from(conversations).where(inArray(conversations.id, named));
  const places = new Map<string, Place>();
  for (const row of rows) {
    const target = row.target ? byTarget.get(row.target) : undefined;
    const id = row.operation === 'post' ? row.conversationId : target?.postedIn;
    const chat = id
      ? known.find((conversation) => conversation.id === id)
      : chats.find((conversation) => conversation.personId === row.objectId);
    if (chat)
      places.set(row.id, {
        reference: referenceFrom(chat),
        blocked: chat.blocked,
        activityId: target?.activityId ?? null,
      });
  }
  return places;
}

async function pausesOf(tx: Tx, ids: readonly string[], now: number): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(pauses)
    .where(and(inArray(pauses.conversationId, [...ids]), gt(pauses.pausedUntil, new Date(now))));
  return new Map(rows.map(({ conversationId, pausedUntil }) => [conversationId, pausedUntil.getTime()]));
}

async function recentPosts(tx: Tx, ids: readonly string[], now: number): Promise<Map<string, number[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(posts)
    .where(and(inArray(posts.conversationId, [...ids]), gte(posts.at, new Date(now - REMEMBERED_MS))))
    .orderBy(asc(posts.at));
  const grouped = Map.groupBy(rows, ({ conversationId }) => conversationId);
  return new Map([...grouped].map(([id, all]) => [id, all.map(({ at }) => at.getTime())]));
}

/** The first moment at which a notice may disturb its recipient. */
function politeMoment(
  now: number,
  rules: NoticeRules,
  hours: DecentHours,
  pausedUntil: Date | null,
  notBefore: number | null,
): number {
  const free = rules.pausable && pausedUntil ? Math.max(now, pausedUntil.getTime()) : now;
  if (rules.hours === 'any') return free;
  const hour = rules.pausable ? (notBefore ?? undefined) : undefined;
  return hours.onOrAfter(Temporal.Instant.fromEpochMilliseconds(free), hour).epochMilliseconds;
}

const putOff = (tx: Tx, id: string, until: number) =>
  tx
    .update(deliveries)
    .set({ dueAt: new Date(Math.ceil(until)), lease: null, leasedAt: null })
    .where(eq(deliveries.id, id));

const unreachable = (tx: Tx, id: string, now: number, reason: DeliveryReason) =>
  tx
    .update(deliveries)
    .set({ state: 'unreachable', reason, changedAt: new Date(now), lease: null, leasedAt: null })
    .where(eq(deliveries.id, id));

/** Forgets the moments and pauses that no limit looks at any more. */
export async function forgetOld(db: Db, now: Temporal.Instant): Promise<void> {
  await db.delete(posts).where(lt(posts.at, new Date(now.epochMilliseconds - REMEMBERED_MS)));
  await db.delete(pauses).where(lt(pauses.pausedUntil, asDate(now.subtract({ hours: 1 }))));
}
