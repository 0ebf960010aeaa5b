import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Db } from '../../../../core/ports/db.ts';
import { measures } from '../../tables.ts';

export type MeasureRow = typeof measures.$inferSelect;

/** What was ever decided of these suppliers, or of all, the oldest first: ended or not. */
export const measuresOf = (from: Db, suppliers?: readonly string[]): Promise<MeasureRow[]> =>
  from
    .select()
    .from(measures)
    .where(suppliers && inArray(measures.supplierId, [...suppliers]))
    .orderBy(measures.startsAt, measures.id);

/** Of a supplier, or of some, what holds or is to come. */
export const standing = (now: Date, suppliers: readonly string[]) =>
  and(inArray(measures.supplierId, [...suppliers]), or(isNull(measures.endedAt), gt(measures.endedAt, now)));

/** What was decided, or ended, on a day, or is told together. */
export async function decidedOn(
  from: Db,
  which: { readonly day: string } | { readonly wave: string },
): Promise<{ readonly measure: MeasureRow; readonly ended: boolean }[]> {
  const [begun, over] =
    'day' in which
      ? [eq(measures.madeOn, which.day), eq(measures.endedOn, which.day)]
      : [eq(measures.wave, which.wave), eq(measures.endWave, which.wave)];
  const rows = await from
    .select({
      measure: measures,
      made: sql<boolean>`coalesce(${begun}, false)`,
      ended: sql<boolean>`coalesce(${over}, false)`,
    })
    .from(measures)
    .where(or(begun, over))
    .orderBy(measures.supplierId, measures.createdAt, measures.id);
  return rows.flatMap(({ measure, made, ended }) => [
    ...(made ? [{ measure, ended: false }] : []),
    ...(ended ? [{ measure, ended: true }] : []),
  ]);
}
