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
const PERSON = sql`left join ${peopleTable} p on p.tenant_id = r.tenant_id and p.object_id = r.object_id`;
const BODY = sql`left join ${actingView} m on m.tenant_id = r.tenant_id and m.object_id = r.object_id`;
const reading = (id: string): SQL => sql`left join ${acknowledgements} k
  on k.broadcast_id = ${id}::uuid and k.tenant_id = r.tenant_id and k.object_id = r.object_id`;

/**
 * That a person `p`, or the body `m` for which they act, has a name like that, accents and case aside. The bodies that
 * are meant are looked for once, however many recipients there are.
 */
function isCalled(searched: string): SQL {
  const like = anywhere(fold(searched));
  return sql`and (p.name ilike ${anywhere(searched)} or ${folded(sql`p.name`)} like ${like}
    or m.organization_id in (
      select b.id from ${bodyTable} b where ${folded(sql`b.name`)} like ${like}
      union all select a.organization_id from ${bodyAliasTable} a where ${folded(sql`a.name`)} like ${like}))`;
}
/** A line of the ledger, as the statement names it, and how many there are. */
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
    total: z.int(),
  })
  .transform((row): { readonly result: ResultRow; readonly total: number } => ({
    result: {
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
    },
    total: row.total,
  }));

/** What became of a notice, one by one. */
export function buildResults({ db, deliveries }: Records) {
  /** Those of the notice that are wanted: nothing is looked up of them but what they are chosen by. */
  const wantedOf = (id: string, { filter, searched }: ResultQuery) => sql`
    select r.* from (${deliveries.rowsOf(broadcastKeyOf({ id }))}) r
    ${searched === '' ? sql`` : sql`${PERSON} ${BODY}`} ${ACKNOWLEDGED[filter] ? reading(id) : sql``}
    where r.state in (${sql.join(
      STATES_OF[filter].map((state) => sql`${state}`),
      sql`, `,
    )}) ${ACKNOWLEDGED[filter] ?? sql``} ${searched === '' ? sql`` : isCalled(searched)}`;

  const resultCount = (id: string, asked: ResultQuery): Promise<number> =>
    readCount(db, sql`select count(*)::int as n from (${wantedOf(id, asked)}) q`);

  /** Those who received nothing come first; then by their ids. Only those that are given are looked up. */
  const read = (id: string, asked: ResultQuery, offset: number, size: number) =>
    readRows(
      db,
      sql`
        with wanted as materialized (${wantedOf(id, asked)})
        select r.*, p.name, m.organization_id as organization, k.at as acknowledged_at,
          (select count(*)::int from wanted) as total
        from (select * from wanted w order by w.state = 'sent', w.id limit ${size} offset ${offset}) r
        ${PERSON} ${BODY} ${reading(id)}
        order by r.state = 'sent', r.id`,
      Row,
    );

  async function resultRows(
    id: string,
    asked: ResultQuery,
    offset: number,
    size: number,
  ): Promise<readonly ResultRow[]> {
    return (await read(id, asked, offset, size)).map(({ result }) => result);
  }

  return {
    resultRows,
    resultCount,

    /** A page of what became of a notice, in one statement; the nearest one, in as many as it takes to find it. */
    async resultsPage(id: string, asked: ResultQuery, wanted: number, size: number) {
      const found = await read(id, asked, (wanted - 1) * size, size);
      if (found.length > 0 || wanted === 1)
        return { rows: found.map(({ result }) => result), page: wanted, total: found[0]?.total ?? 0 };
      const total = await resultCount(id, asked);
      const page = nearestPage(wanted, total, size);
      return { rows: await resultRows(id, asked, (page - 1) * size, size), page, total };
    },
  };
}
