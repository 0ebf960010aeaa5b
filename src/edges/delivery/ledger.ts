import { and, asc, count, eq, gt, inArray, isNotNull, ne, notInArray, or, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import type { NoticeRules } from '../../core/feature.ts';
import {
  type Audience,
  type Db,
  DELIVERY_STATES,
  type Deliveries,
  type DeliveryRow,
  type DeliveryState,
  type Notice,
  type Recipient,
  type Tx,
} from '../../core/ports.ts';
import { recipientOf } from './pump.ts';
import { conversations, deliveries, lanes } from './tables.ts';

/** Recipients that one statement copies from an audience. */
const AT_ONCE = 25_000;
/** Rows written at once. */
const BATCH = 500;
/** What a worker may still have in hand cannot be stopped. */
const UNCLAIMED: DeliveryState[] = ['held', 'pending'];

export type Ledger = Omit<Deliveries, 'preferences' | 'prefer' | 'erase' | 'heldOf' | 'health' | 'rate'>;

/** The ledger of notices: who is told what, when, and what became of it. */
export function buildLedger(
  db: Db,
  clock: Clock,
  rules: ReadonlyMap<string, NoticeRules>,
  wake: (tx: Tx) => Promise<void>,
): Ledger {
  const surely = [...rules.values()].flatMap(({ kind, policy }) => (policy === 'surely' ? [kind] : []));

  function rowOf({ kind, key, about, subject, at }: Notice) {
    const rule = rules.get(kind);
    if (!rule) throw new Error(`no notice of kind ${kind}`);
    const now = clock.now();
    return {
      notice: key,
      about,
      kind,
      subject,
      priority: rule.priority,
      dueAt: asDate(at ?? now),
      changedAt: asDate(now),
    };
  }

  const openLanes = (tx: Tx, tenants: readonly string[]) =>
    tx
      .insert(lanes)
      .values([...new Set(tenants)].map((tenantId) => ({ tenantId, nextAt: asDate(clock.now()) })))
      .onConflictDoNothing();

  async function addressList(
    tx: Tx,
    notice: Notice,
    to: readonly Recipient[],
    state: DeliveryState,
  ): Promise<void> {
    const row = rowOf(notice);
    for (let start = 0; start < to.length; start += BATCH) {
      const batch = to.slice(start, start + BATCH);
      await openLanes(
        tx,
        batch.map(({ tenantId }) => tenantId),
      );
      await tx
        .insert(deliveries)
        .values(
          batch.map((recipient) => ({
            ...row,
            state,
            tenantId: recipient.tenantId,
            ...(recipient.kind === 'person'
              ? { objectId: recipient.objectId }
              : { conversationId: recipient.conversationId }),
          })),
        )
        .onConflictDoNothing();
    }
  }

  /**
   * The recipients go from table to table: none is read into memory. So many at a time, so that no statement takes
   * longer than a turn may wait for one.
   */
  async function addressAudience(
    tx: Tx,
    notice: Notice,
    audience: Audience,
    state: DeliveryState,
  ): Promise<void> {
    const { kind, about, subject, priority, dueAt, changedAt } = rowOf(notice);
    const due = dueAt.toISOString();
    await tx.execute(sql`
      insert into ${lanes} (tenant_id, next_at)
      select distinct a.tenant_id, ${changedAt.toISOString()}::timestamptz from (${audience}) a
      on conflict do nothing`);
    for (let added = AT_ONCE; added === AT_ONCE; ) {
      const { rows } = (await tx.execute(sql`
        with added as (
          insert into ${deliveries}
            (notice, about, kind, subject, tenant_id, object_id, conversation_id, priority, state, due_at, changed_at)
          select ${notice.key}, ${about}, ${kind}, ${JSON.stringify(subject)}::jsonb, a.tenant_id, a.object_id,
            a.conversation_id, ${priority}::smallint, ${state}, ${due}::timestamptz,
            ${changedAt.toISOString()}::timestamptz
          from (select distinct tenant_id, object_id, conversation_id from (${audience}) audience) a
          where not exists (
            select 1 from ${deliveries} d
            where d.notice = ${notice.key} and d.tenant_id = a.tenant_id and d.object_id = a.object_id
              and d.conversation_id = a.conversation_id)
          limit ${AT_ONCE}
          on conflict do nothing
          returning 1)
        select count(*)::int as n from added`)) as unknown as { rows: { n: number }[] };
      added = rows[0]?.n ?? 0;
    }
  }

  const ofNotice = (key: string, states: readonly DeliveryState[]) =>
    and(eq(deliveries.notice, key), inArray(deliveries.state, [...states]));

  /** A person's latest chat, or the conversation itself. */
  const place = sql`lateral (
    select c.id, c.blocked from ${conversations} c
    where (${deliveries.objectId} <> '' and c.kind = 'personal' and c.tenant_id = ${deliveries.tenantId}
        and c.person_id = ${deliveries.objectId})
      or (${deliveries.objectId} = '' and c.id = ${deliveries.conversationId})
    order by c.seen_at desc limit 1
  ) place`;
  const standing = sql<string>`case when place.id is null then 'notInstalled' else coalesce(place.blocked, 'reachable') end`;

  return {
    async address(tx, notice, to, state = 'pending') {
      if (Array.isArray(to)) await addressList(tx, notice, to, state);
      else await addressAudience(tx, notice, to as Audience, state);
      if (state === 'pending') await wake(tx);
    },

    async unhold(tx, key) {
      await tx.delete(deliveries).where(ofNotice(key, ['held']));
    },

    async cancel(tx, about) {
      const stopped = await tx
        .update(deliveries)
        .set({ state: 'cancelled', changedAt: asDate(clock.now()), lease: null, leasedAt: null })
        .where(and(eq(deliveries.about, about), inArray(deliveries.state, UNCLAIMED)))
        .returning({ id: deliveries.id });
      return stopped.length;
    },

    async revive(tx, about) {
      const now = asDate(clock.now());
      await tx
        .update(deliveries)
        .set({ state: 'pending', dueAt: now, changedAt: now })
        .where(and(eq(deliveries.about, about), eq(deliveries.state, 'cancelled')));
      await wake(tx);
    },

    async move(tx, key, at) {
      await tx
        .update(deliveries)
        .set({ dueAt: asDate(at), lease: null, leasedAt: null })
        .where(ofNotice(key, UNCLAIMED));
      await wake(tx);
    },

    async correct(tx, correction, of, how) {
      const { kind, about, subject, priority, dueAt, changedAt } = rowOf(correction);
      await tx.execute(sql`
        insert into ${deliveries}
          (notice, about, kind, subject, tenant_id, object_id, conversation_id, operation, target, priority, state,
           due_at, changed_at)
        select ${correction.key}, ${about}, ${kind}, ${JSON.stringify(subject)}::jsonb, d.tenant_id, d.object_id,
          d.conversation_id, ${how}, d.id, ${priority}::smallint, 'pending', ${dueAt.toISOString()}::timestamptz,
          ${changedAt.toISOString()}::timestamptz
        from ${deliveries} d
        where d.notice = ${of} and d.state = 'sent' and (d.operation = 'post' or d.target = d.id)
        on conflict do nothing`);
      await wake(tx);
    },

    async redraw(tx, key) {
      const now = asDate(clock.now());
      const ofKey = eq(deliveries.notice, key);
      await tx
        .update(deliveries)
        .set({ redraws: sql`${deliveries.redraws} + 1` })
        .where(ofKey);
      // What is on its way, or about to be, sees by the number that it is of an older drawing.
      await tx
        .update(deliveries)
        .set({
          state: 'pending',
          operation: sql`case when ${deliveries.activityId} is null then 'post' else 'edit' end`,
          target: sql`case when ${deliveries.activityId} is null then null else ${deliveries.id} end`,
          dueAt: now,
          changedAt: now,
          attempts: 0,
          doubts: 0,
          shrunk: false,
          reopened: false,
        })
        .where(
          and(
            ofKey,
            notInArray(deliveries.state, ['held', 'pending', 'sending']),
            // What may have been received is posted once more only where that is its policy.
            or(
              ne(deliveries.state, 'unknown'),
              isNotNull(deliveries.activityId),
              inArray(deliveries.kind, surely),
            ),
          ),
        );
      await wake(tx);
    },

    async adopt(tx, notice, conversationId, activityId) {
      const [place] = await tx.select().from(conversations).where(eq(conversations.id, conversationId));
      if (!place) return;
      const { tenantId } = place;
      await openLanes(tx, [tenantId]);
      const posted = { postedIn: conversationId, activityId };
      await tx
        .insert(deliveries)
        .values({ ...rowOf(notice), tenantId, conversationId, state: 'sent', ...posted })
        .onConflictDoUpdate({
          target: [deliveries.notice, deliveries.tenantId, deliveries.objectId, deliveries.conversationId],
          set: posted,
        });
    },

    async retry(tx, key, states) {
      const now = asDate(clock.now());
      const again = await tx
        .update(deliveries)
        .set({ state: 'pending', dueAt: now, changedAt: now, attempts: 0, reopened: false })
        .where(ofNotice(key, states))
        .returning({ id: deliveries.id });
      await wake(tx);
      return again.length;
    },

    channels: sql`
      select c.tenant_id, '' as object_id, c.id as conversation_id from ${conversations} c where c.kind = 'channel'`,

    rooms: sql`
      select c.tenant_id, '' as object_id, c.id as conversation_id from ${conversations} c where c.kind <> 'personal'`,

    people: sql`
      select c.tenant_id, c.person_id as object_id, '' as conversation_id from ${conversations} c
      where c.kind = 'personal' and c.blocked is null and c.person_id is not null`,

    async counts(key) {
      const rows = await db
        .select({ state: deliveries.state, n: count() })
        .from(deliveries)
        .where(eq(deliveries.notice, key))
        .groupBy(deliveries.state);
      const n = new Map(rows.map((row) => [row.state, row.n]));
      return Object.fromEntries(DELIVERY_STATES.map((state) => [state, n.get(state) ?? 0])) as Record<
        DeliveryState,
        number
      >;
    },

    async reach(key) {
      const rows = await db
        .select({ toPerson: sql<boolean>`${deliveries.objectId} <> ''`, standing, n: count() })
        .from(deliveries)
        .leftJoin(place, sql`true`)
        .where(eq(deliveries.notice, key))
        .groupBy(sql`1`, sql`2`);
      const sum = (test: (row: (typeof rows)[number]) => boolean) =>
        rows.filter(test).reduce((total, { n }) => total + n, 0);
      return {
        people: sum(({ toPerson }) => toPerson),
        conversations: sum(({ toPerson }) => !toPerson),
        reachable: sum((row) => row.standing === 'reachable'),
        notInstalled: sum((row) => row.standing === 'notInstalled'),
        suspended: sum((row) => row.standing === 'suspended'),
        removed: sum((row) => row.standing === 'removed'),
      };
    },

    async page(key, states, offset, size) {
      const rows = await db
        .select()
        .from(deliveries)
        .where(ofNotice(key, states))
        .orderBy(asc(deliveries.state), asc(deliveries.id))
        .limit(size)
        .offset(offset);
      return rows.map(shown);
    },

    async outOfReach(key, offset, size) {
      const rows = await db
        .select({ row: deliveries, standing })
        .from(deliveries)
        .leftJoin(place, sql`true`)
        .where(and(eq(deliveries.notice, key), ne(standing, 'reachable')))
        .orderBy(asc(deliveries.id))
        .limit(size)
        .offset(offset);
      return rows.map(({ row, standing: reason }) => ({
        ...shown(row),
        reason: reason as DeliveryRow['reason'],
      }));
    },

    async lacking(key, tenantId, after, size) {
      const rows = await db
        .select({ row: deliveries })
        .from(deliveries)
        .leftJoin(place, sql`true`)
        .where(
          and(
            ofNotice(key, ['held', 'pending', 'unreachable']),
            eq(deliveries.tenantId, tenantId),
            ne(deliveries.objectId, ''),
            eq(standing, 'notInstalled'),
            gt(deliveries.id, after),
          ),
        )
        .orderBy(asc(deliveries.id))
        .limit(size);
      return rows.map(({ row }) => shown(row));
    },

    async wasPosted(key, to) {
      const [row] = await db
        .select({ id: deliveries.id })
        .from(deliveries)
        .where(
          and(
            eq(deliveries.notice, key),
            eq(deliveries.tenantId, to.tenantId),
            eq(deliveries.objectId, to.kind === 'person' ? to.objectId : ''),
            eq(deliveries.conversationId, to.kind === 'person' ? '' : to.conversationId),
            or(inArray(deliveries.state, ['sending', 'sent', 'unknown']), isNotNull(deliveries.activityId)),
          ),
        );
      return row !== undefined;
    },

    async coming({ tenantId, objectId }, kinds) {
      if (kinds.length === 0) return [];
      return db
        .select({ kind: deliveries.kind, subject: deliveries.subject, at: deliveries.dueAt })
        .from(deliveries)
        .where(
          and(
            eq(deliveries.tenantId, tenantId),
            eq(deliveries.objectId, objectId),
            eq(deliveries.state, 'pending'),
            inArray(deliveries.kind, [...kinds]),
          ),
        )
        .orderBy(asc(deliveries.dueAt))
        .limit(200);
    },
  };
}

const shown = (row: typeof deliveries.$inferSelect): DeliveryRow => ({
  id: row.id,
  recipient: recipientOf(row),
  state: row.state,
  reason: row.reason,
  changedAt: row.changedAt,
  attempts: row.attempts,
});
