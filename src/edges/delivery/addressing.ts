import { sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import type { Tx } from '../../core/ports/db.ts';
import type { Addressed, Audience, DeliveryState, Notice, Recipient } from '../../core/ports/delivery.ts';
import { traceId } from '../../core/process/trace.ts';
import type { NoticeRules } from '../../core/routes/notices.ts';
import { readCount } from '../../core/rows/raw.ts';
import { deliveries, IN_A_CONVERSATION, lanes } from './tables.ts';

/** Recipients that one statement copies from an audience. */
const AT_ONCE = 25_000;
/** Rows written at once. */
const BATCH = 500;

/** A notice whose recipients are named. */
type Listed = Addressed & { readonly to: readonly Recipient[] };
const isListed = (told: Addressed): told is Listed => Array.isArray(told.to);

export type Addressing = ReturnType<typeof buildAddressing>;

/** How recipients are written in the ledger. */
export function buildAddressing(clock: Clock, rules: ReadonlyMap<string, NoticeRules>) {
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
      trace: traceId() ?? null,
    };
  }

  const openLanes = (tx: Tx, tenants: readonly string[]) =>
    tx
      .insert(lanes)
      // In one order, whoever opens some of them at the same time.
      .values([...new Set(tenants)].sort().map((tenantId) => ({ tenantId, nextAt: asDate(clock.now()) })))
      .onConflictDoNothing();

  async function addressLists(tx: Tx, told: readonly Listed[], state: DeliveryState): Promise<void> {
    const rows = told.flatMap(({ notice, to }) => {
      const row = rowOf(notice);
      return to.map((recipient) => ({
        ...row,
        state,
        tenantId: recipient.tenantId,
        ...(recipient.kind === 'person'
          ? { objectId: recipient.objectId }
          : { conversationId: recipient.conversationId }),
      }));
    });
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = rows.slice(start, start + BATCH);
      await openLanes(
        tx,
        batch.map(({ tenantId }) => tenantId),
      );
      await tx.insert(deliveries).values(batch).onConflictDoNothing();
    }
  }

  /** Several notices to each of one audience, which is of few. */
  async function addressShared(tx: Tx, notices: readonly Notice[], audience: Audience): Promise<void> {
    const now = asDate(clock.now()).toISOString();
    await tx.execute(sql`
      insert into ${lanes} (tenant_id, next_at)
      select distinct a.tenant_id, ${now}::timestamptz from (${audience}) a order by 1
      on conflict do nothing`);
    for (let start = 0; start < notices.length; start += BATCH) {
      const rows = notices.slice(start, start + BATCH).map((notice) => {
        const { about, kind, subject, priority, dueAt, trace } = rowOf(notice);
        return sql`(${notice.key}::text, ${about}::text, ${kind}::text, ${JSON.stringify(subject)}::jsonb,
          ${priority}::smallint, ${dueAt.toISOString()}::timestamptz, ${trace}::text)`;
      });
      await tx.execute(sql`
        insert into ${deliveries}
          (notice, about, kind, subject, priority, due_at, trace, state, changed_at, tenant_id, object_id,
           conversation_id)
        select n.*, 'pending', ${now}::timestamptz, a.tenant_id, a.object_id, a.conversation_id
        from (values ${sql.join(rows, sql`, `)}) n (notice, about, kind, subject, priority, due_at, trace)
          cross join (select distinct tenant_id, object_id, conversation_id from (${audience}) audience) a
        on conflict do nothing`);
    }
  }

  /** What has its own recipients, then what goes to each audience. */
  async function addressEach(tx: Tx, told: readonly Addressed[]): Promise<void> {
    await addressLists(tx, told.filter(isListed), 'pending');
    const shared = Map.groupBy(
      told.filter((each) => !isListed(each)),
      ({ to }) => to as Audience,
    );
    for (const [audience, each] of shared)
      await addressShared(
        tx,
        each.map(({ notice }) => notice),
        audience,
      );
  }

  /**
   * The recipients go from table to table: none is read into memory. So many at a time, so that no statement takes
   * longer than a turn may wait for one. All of them are found, and counted, before the first is written: who is looked
   * for among the rows that the same statement writes passes over each of these, for each recipient anew.
   */
  async function addressAudience(
    tx: Tx,
    notice: Notice,
    audience: Audience,
    state: DeliveryState,
  ): Promise<void> {
    const { kind, about, subject, priority, dueAt, changedAt, trace } = rowOf(notice);
    const due = dueAt.toISOString();
    await tx.execute(sql`
      insert into ${lanes} (tenant_id, next_at)
      select distinct a.tenant_id, ${changedAt.toISOString()}::timestamptz from (${audience}) a
      on conflict do nothing`);
    for (let added = AT_ONCE; added === AT_ONCE; ) {
      added = await readCount(
        tx,
        sql`
        with added as (
          insert into ${deliveries}
            (notice, about, kind, subject, tenant_id, object_id, conversation_id, priority, state, due_at, changed_at,
             trace)
          select ${notice.key}, ${about}, ${kind}, ${JSON.stringify(subject)}::jsonb, f.tenant_id, f.object_id,
            f.conversation_id, ${priority}::smallint, ${state}, ${due}::timestamptz,
            ${changedAt.toISOString()}::timestamptz, ${trace}::text
          from (
            select a.tenant_id, a.object_id, a.conversation_id, count(*) over () as found
            from (select distinct tenant_id, object_id, conversation_id from (${audience}) audience) a
            where not exists (
              select 1 from ${deliveries} d
              where d.notice = ${notice.key} and d.tenant_id = a.tenant_id and d.object_id = a.object_id
                and d.conversation_id = a.conversation_id)) f
          where f.found > 0
          limit ${AT_ONCE}
          on conflict do nothing
          returning 1)
        select count(*)::int as n from added`,
      );
    }
  }

  /** What a conversation was to be told and did not receive, for others. */
  async function passOn(tx: Tx, conversationId: string, since: Date, to: Audience): Promise<void> {
    const now = asDate(clock.now()).toISOString();
    await tx.execute(sql`
      insert into ${lanes} (tenant_id, next_at)
      select distinct a.tenant_id, ${now}::timestamptz from (${to}) a on conflict do nothing`);
    await tx.execute(sql`
      insert into ${deliveries}
        (notice, about, kind, subject, tenant_id, object_id, conversation_id, priority, state, due_at, changed_at)
      select d.notice, d.about, d.kind, d.subject, a.tenant_id, a.object_id, a.conversation_id, d.priority,
        'pending', ${now}::timestamptz, ${now}::timestamptz
      from ${deliveries} d cross join (${to}) a
      where d.conversation_id = ${conversationId} and d.${IN_A_CONVERSATION} and d.operation = 'post'
        and d.state in ('pending', 'unreachable', 'dead') and d.changed_at >= ${since.toISOString()}::timestamptz
      on conflict do nothing`);
  }

  return { rowOf, openLanes, addressLists, addressEach, addressAudience, passOn };
}
