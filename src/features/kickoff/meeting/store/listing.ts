import { and, count, desc, inArray, ne, sql } from 'drizzle-orm';
import type { Db } from '../../../../core/ports/db.ts';
import type { Ties } from '../../../../core/routes/keeping.ts';
import { type Kickoff, kickoffs } from '../../tables.ts';

/** Those who asked for a meeting that is still to come, or whose steps go on, and those who took it in charge. */
export const kickoffTies = (): Ties => sql`
  select k.requester_tenant as tenant_id, k.requester_id as object_id from ${kickoffs} k
  where k.state not in ('signed', 'cancelled')
  union all
  select k.taken_tenant, k.taken_id from ${kickoffs} k
  where k.taken_id is not null and k.state not in ('signed', 'cancelled')`;

/** The kickoffs of everyone, for the staff. */
export const buildListing = (db: Db) => ({
  /** A page of the requests that are not ended, the latest change first. */
  async page(page: number, size: number): Promise<{ rows: Kickoff[]; total: number }> {
    const where = and(ne(kickoffs.state, 'cancelled'), ne(kickoffs.state, 'signed'));
    const [counted] = await db.select({ total: count() }).from(kickoffs).where(where);
    const rows = await db
      .select()
      .from(kickoffs)
      .where(where)
      .orderBy(desc(kickoffs.updatedAt), desc(kickoffs.id))
      .limit(size)
      .offset((page - 1) * size);
    return { rows, total: counted?.total ?? 0 };
  },

  /** Every kickoff whose steps go on, for finding what is late. */
  underWay: (): Promise<Kickoff[]> =>
    db
      .select()
      .from(kickoffs)
      .where(inArray(kickoffs.state, ['requested', 'asked', 'proposed', 'booked', 'held'])),
});
