import { and, count, desc, eq, isNotNull, lte, or } from 'drizzle-orm';
import { nearestPage } from '../../../../core/cards/paging.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { pageLinks as table } from '../../tables.ts';
import { type LinkRows, newest, type PageLink } from './link-rows.ts';

/** How long a link that holds no more stays listed. */
export const LISTED_HOURS = 24 * 365;
const PAGE = 5;

/** Links as the staff find them. */
export const buildLinkListing = (db: Db, { now, alive }: LinkRows) => ({
  /** A page of the links that hold, or of the others, the newest first; the last page when it is out of range. */
  async page(which: 'alive' | 'former', wanted: number) {
    const where = which === 'alive' ? alive() : or(isNotNull(table.revokedAt), lte(table.until, now()));
    const [counted] = await db.select({ total: count() }).from(table).where(where);
    const total = counted?.total ?? 0;
    const at = nearestPage(wanted, total, PAGE);
    const rows = await db
      .select()
      .from(table)
      .where(where)
      .orderBy(desc(table.number))
      .limit(PAGE)
      .offset((at - 1) * PAGE);
    return { rows, total, at, size: PAGE };
  },

  /** A link, whatever became of it. */
  async find(id: string): Promise<PageLink> {
    const row = await newest(db, eq(table.id, id));
    if (!row) throw notFound();
    return row;
  },

  /** A link that holds; undefined when it does not any more. */
  held: (id: string): Promise<PageLink | undefined> => newest(db, and(eq(table.id, id), alive())),
});
