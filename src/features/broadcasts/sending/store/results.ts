import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { nearestPage } from '../../../../core/cards/paging.ts';
import { DELIVERY_REASONS } from '../../../../core/errors.ts';
import { DELIVERY_STATES } from '../../../../core/ports/delivery.ts';
import { anywhere, folded } from '../../../../core/rows/columns.ts';
import { readCount, readRows } from '../../../../core/rows/raw.ts';
import { fold } from '../../../../core/text/text.ts';
import { actingView, bodyAliasTable, bodyTable, peopleTable } from '../../../people/index.ts';
import { broadcastKeyOf, type Records } from '../../store/records.ts';
import { acknowledgements } from '../../tables.ts';
import { type ResultFilter, type ResultRow, STATES_OF } from '../rules/results.ts';

export interface ResultQuery {
  readonly filter: ResultFilter;
  /** A part of a name, of a person or of the body for which they act; '' for all. */
  readonly searched: string;
}

const ACKNOWLEDGED: Partial<Record<ResultFilter, SQL>> = {
  read: sql`and k.at is not null`,
  unread: sql`and k.at is null`,
};
/** That a person `p`, or the body `m` for which they act, has a name like that, accents and case aside. */
function isCalled(searched: string): SQL {
  const like = anywhere(fold(searched));
  return sql`and (p.name ilike ${anywhere(searched)} or ${folded(sql`p.name`)} like ${like}
    or exists (select from ${bodyTable} b where b.id = m.organization_id and ${folded(sql`b.name`)} like ${like})
    or exists (select from ${bodyAliasTable} a where a.organization_id = m.organization_id
      and ${folded(sql`a.name`)} like ${like}))`;
}
/** A line of the ledger, as the statement names it. */
const Row = z
  .object({
    id: z.string(),
    tenant_id: z.string(),
    object_id: z.string(),
    conversation_id: z.string(),
    name: z.string().nullable(),
    organization: z.string().nullable(),
    state: z.enum(DELIVERY_STATES),
    // One that another release wrote is none that can be told.
    reason: z.enum(DELIVERY_REASONS).nullable().catch('failed'),
    changed_at: z.coerce.date(),
    attempts: z.int(),
    acknowledged_at: z.coerce.date().nullable(),
  })
  .transform(
    (row): ResultRow => ({
      id: row.id,
      tenantId: row.tenant_id,
      objectId: row.object_id,
      conversationId: row.conversation_id,
      name: row.name,
      organization: row.organization,
      state: row.state,
      reason: row.reason,
      changedAt: row.changed_at,
      attempts: row.attempts,
      acknowledgedAt: row.acknowledged_at,
    }),
  );

/** What became of a notice, one by one. */
export function buildResults({ db, deliveries }: Records) {
  /** Those who received nothing come first; then by their ids. */
  const query = (id: string, { filter, searched }: ResultQuery) => sql`
    select r.*, p.name, m.organization_id as organization, k.at as acknowledged_at
    from (${deliveries.rowsOf(broadcastKeyOf({ id }))}) r
    left join ${peopleTable} p on p.tenant_id = r.tenant_id and p.object_id = r.object_id
    left join ${actingView} m on m.tenant_id = r.tenant_id and m.object_id = r.object_id
    left join ${acknowledgements} k
      on k.broadcast_id = ${id}::uuid and k.tenant_id = r.tenant_id and k.object_id = r.object_id
    where r.state in (${sql.join(
      STATES_OF[filter].map((state) => sql`${state}`),
      sql`, `,
    )}) ${ACKNOWLEDGED[filter] ?? sql``}
      ${searched === '' ? sql`` : isCalled(searched)}`;

  const resultCount = (id: string, asked: ResultQuery): Promise<number> =>
    readCount(db, sql`select count(*)::int as n from (${query(id, asked)}) q`);

  const resultRows = (
    id: string,
    asked: ResultQuery,
    offset: number,
    size: number,
  ): Promise<readonly ResultRow[]> =>
    readRows(
      db,
      sql`select * from (${query(id, asked)}) q order by q.state = 'sent', q.id limit ${size} offset ${offset}`,
      Row,
    );

  return {
    resultRows,
    resultCount,

    /** A page of what became of a notice; the nearest one. */
    async resultsPage(id: string, asked: ResultQuery, wanted: number, size: number) {
      const total = await resultCount(id, asked);
      const page = nearestPage(wanted, total, size);
      return { rows: await resultRows(id, asked, (page - 1) * size, size), page, total };
    },
  };
}
