import { and, asc, count, desc, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import { Id } from '../../../../core/id.ts';
import { readPartsOf } from '../../../../core/process/parts.ts';
import { comments } from '../../tables.ts';
import { type Closing, COMPLAINT_KINDS } from '../rules.ts';
import { sentIn } from './reading.ts';
import { type Comment, type CommentParts, OPEN } from './records.ts';

/** The complaints of a year about one supplier, or about none that is named. */
export interface SupplierComplaints {
  readonly supplierId: string;
  readonly received: number;
  readonly open: number;
  /** How many ended for each reason; those that ended without one are in none. */
  readonly closed: Readonly<Record<Closing, number>>;
}

const Key = z.object({ id: Id });

/** The report of complaints by supplier. */
export const buildReport = ({ db }: CommentParts) => ({
  /** A page of the suppliers about whom there were complaints in a year, the most first. */
  async complaintsBySupplier(year: number, wanted: number, size: number): Promise<Page<SupplierComplaints>> {
    const where = and(inArray(comments.kind, COMPLAINT_KINDS), sentIn(year));
    const [counted] = await db
      .select({ total: sql<number>`count(distinct ${comments.supplierId})::int` })
      .from(comments)
      .where(where);
    const total = counted?.total ?? 0;
    const page = nearestPage(wanted, total, size);
    const ended = (reason: Closing) =>
      sql<number>`count(*) filter (where ${comments.closing} = ${reason})::int`;
    const rows = await db
      .select({
        supplierId: comments.supplierId,
        received: count(),
        open: sql<number>`count(*) filter (where ${OPEN})::int`,
        settled: ended('settled'),
        explained: ended('explained'),
        referred: ended('referred'),
        withdrawn: ended('withdrawn'),
        double: ended('double'),
      })
      .from(comments)
      .where(where)
      .groupBy(comments.supplierId)
      .orderBy(desc(count()), comments.supplierId)
      .limit(size)
      .offset((page - 1) * size);
    const items = rows.map(({ supplierId, received, open, ...closed }) => ({
      supplierId,
      received,
      open,
      closed,
    }));
    return pageAt(items, page, total, size);
  },

  /** The complaints of a year, as they came: for a file, some at a time. */
  complaintsIn(year: number): AsyncIterable<readonly Comment[]> {
    const keys = db
      .select({ id: comments.id })
      .from(comments)
      .where(and(inArray(comments.kind, COMPLAINT_KINDS), sentIn(year)))
      .orderBy(asc(comments.number));
    return readPartsOf(db, keys, Key, (some) => {
      const those = some.map(({ id }) => id);
      return db.select().from(comments).where(inArray(comments.id, those)).orderBy(asc(comments.number));
    });
  },
});
