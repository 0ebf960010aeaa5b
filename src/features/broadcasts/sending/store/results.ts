import { type SQL, sql } from 'drizzle-orm';
import { anywhere } from '../../../../core/columns.ts';
import type { DeliveryReason } from '../../../../core/errors.ts';
import { nearestPage } from '../../../../core/paging.ts';
import type { DeliveryState } from '../../../../core/ports/delivery.ts';
import { actingView, peopleTable } from '../../../people/index.ts';
import { keyOf, type Records } from '../../store/records.ts';
import { acknowledgements } from '../../tables.ts';
import { type ResultFilter, type ResultRow, STATES_OF } from '../rules/results.ts';

export interface ResultQuery {
  readonly filter: ResultFilter;
  /** A part of a name; '' for all. */
  readonly searched: string;
}

const ACKNOWLEDGED: Partial<Record<ResultFilter, SQL>> = {
  read: sql`and k.at is not null`,
  unread: sql`and k.at is null`,
};
const date = (value: unknown): Date => new Date(value as string);

/** What became of a notice, one by one. */
export function buildResults({ db, deliveries }: Records) {
  /** Those who received nothing come first; then by their ids. */
  const query = (id: string, { filter, searched }: ResultQuery) => sql`
    select r.*, p.name, m.organization_id as organization, k.at as acknowledged_at
    from (${deliveries.rowsOf(keyOf({ id }))}) r
    left join ${peopleTable} p on p.tenant_id = r.tenant_id and p.object_id = r.object_id
    left join ${actingView} m on m.tenant_id = r.tenant_id and m.object_id = r.object_id
    left join ${acknowledgements} k
      on k.broadcast_id = ${id}::uuid and k.tenant_id = r.tenant_id and k.object_id = r.object_id
    where r.state in (${sql.join(
      STATES_OF[filter].map((state) => sql`${state}`),
      sql`, `,
    )}) ${ACKNOWLEDGED[filter] ?? sql``}
      ${searched === '' ? sql`` : sql`and p.name ilike ${anywhere(searched)}`}`;

  async function resultRows(
    id: string,
    asked: ResultQuery,
    offset: number,
    size: number,
  ): Promise<readonly ResultRow[]> {
    const { rows } = (await db.execute(sql`
      select * from (${query(id, asked)}) q order by q.state = 'sent', q.id limit ${size} offset ${offset}`)) as unknown as {
      rows: Record<string, unknown>[];
    };
    return rows.map((row) => ({
      id: String(row.id),
      tenantId: String(row.tenant_id),
      objectId: String(row.object_id),
      conversationId: String(row.conversation_id),
      name: row.name as string | null,
      organization: row.organization as string | null,
      state: row.state as DeliveryState,
      reason: row.reason as DeliveryReason | null,
      changedAt: date(row.changed_at),
      attempts: Number(row.attempts),
      acknowledgedAt: row.acknowledged_at === null ? null : date(row.acknowledged_at),
    }));
  }

  return {
    resultRows,

    /** A page of what became of a notice; the nearest one. */
    async resultsPage(id: string, asked: ResultQuery, wanted: number, size: number) {
      const counted = (await db.execute(
        sql`select count(*)::int as n from (${query(id, asked)}) q`,
      )) as unknown as { rows: { n: number }[] };
      const total = counted.rows[0]?.n ?? 0;
      const page = nearestPage(wanted, total, size);
      return { rows: await resultRows(id, asked, (page - 1) * size, size), page, total };
    },
  };
}
