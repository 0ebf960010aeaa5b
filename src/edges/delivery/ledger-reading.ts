import { and, asc, count, eq, gt, gte, inArray, isNotNull, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../../core/ports/db.ts';
import {
  DELIVERY_STATES,
  type Deliveries,
  type DeliveryRow,
  type DeliveryState,
} from '../../core/ports/delivery.ts';
import { recipientOfRow } from './sending.ts';
import { conversations, deliveries } from './tables.ts';

/** The rows of a notice in some states. */
export const ofNotice = (key: string, states: readonly DeliveryState[]) =>
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

const shown = (row: typeof deliveries.$inferSelect): DeliveryRow => ({
  id: row.id,
  recipient: recipientOfRow(row),
  state: row.state,
  reason: row.reason,
  changedAt: row.changedAt,
  attempts: row.attempts,
});

type Rows = Pick<Deliveries, 'unreached' | 'page' | 'outOfReach' | 'lacking' | 'wasPosted' | 'coming'>;
type Figures = Pick<
  Deliveries,
  'channels' | 'rowsOf' | 'rooms' | 'openRooms' | 'people' | 'waiting' | 'counts' | 'reach'
>;

/** What the ledger says of a notice's recipients, one by one. */
export function buildLedgerRows(db: Db): Rows {
  return {
    unreached: (since) =>
      db
        .select({
          tenantId: deliveries.tenantId,
          objectId: deliveries.objectId,
          n: count(),
          since: sql<Date>`min(${deliveries.changedAt})`.mapWith(deliveries.changedAt),
          first: sql<string>`(array_agg(${deliveries.id} order by ${deliveries.changedAt}, ${deliveries.id}))[1]`,
        })
        .from(deliveries)
        .where(
          and(
            gte(deliveries.changedAt, since),
            eq(deliveries.priority, 0),
            ne(deliveries.objectId, ''),
            eq(deliveries.operation, 'post'),
            inArray(deliveries.state, ['unreachable', 'dead']),
          ),
        )
        .groupBy(deliveries.tenantId, deliveries.objectId)
        .orderBy(deliveries.tenantId, deliveries.objectId),

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
        .select({
          id: deliveries.id,
          kind: deliveries.kind,
          subject: deliveries.subject,
          at: deliveries.dueAt,
        })
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

/** What the ledger says in numbers; and everyone whom it knows. */
export function buildLedgerFigures(db: Db): Figures {
  return {
    channels: sql`
      select c.tenant_id, '' as object_id, c.id as conversation_id from ${conversations} c where c.kind = 'channel'`,

    rooms: sql`
      select c.tenant_id, '' as object_id, c.id as conversation_id from ${conversations} c where c.kind <> 'personal'`,

    openRooms: sql`
      select c.tenant_id, '' as object_id, c.id as conversation_id from ${conversations} c
      where c.kind <> 'personal' and c.blocked is null`,

    people: sql`
      select c.tenant_id, c.person_id as object_id, '' as conversation_id from ${conversations} c
      where c.kind = 'personal' and c.blocked is null and c.person_id is not null`,

    rowsOf: (key) => sql`
      select d.id, d.tenant_id, d.object_id, d.conversation_id, d.state, d.reason, d.changed_at, d.attempts
      from ${deliveries} d where d.notice = ${key} and d.state <> 'held'`,

    waiting: (about) => sql`
      select d.tenant_id, d.object_id, '' as conversation_id from ${deliveries} d
      where d.about = ${about} and d.object_id <> '' and d.state in ('held', 'pending', 'sending')`,

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
  };
}
