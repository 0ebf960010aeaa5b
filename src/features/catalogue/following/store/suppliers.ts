import { and, asc, desc, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { anywhere, byName, folded } from '../../../../core/rows/columns.ts';
import { fold } from '../../../../core/text/text.ts';
import { ficheVersions } from '../../tables.ts';

/** Suppliers to choose from, by name: a page of those that a search finds, or of these; the nearest one. */
export async function suppliersToChoose(
  db: Db,
  now: Date,
  which: { readonly sought: string } | { readonly ids: readonly string[] },
  wanted: number,
  size: number,
): Promise<Page<{ readonly id: string; readonly name: string }>> {
  const { supplierId, effectiveAt, version, edition, content, removedAt } = ficheVersions;
  const inForce = db
    .selectDistinctOn([supplierId], {
      id: supplierId,
      name: sql<string>`${content} -> 'supplier' ->> 'name'`.as('name'),
    })
    .from(ficheVersions)
    .where(and(isNull(removedAt), lte(effectiveAt, now)))
    .orderBy(asc(supplierId), desc(version), desc(edition))
    .as('in_force');
  const words = 'sought' in which ? fold(which.sought).split(' ').filter(Boolean) : [];
  const where: SQL | undefined =
    'ids' in which
      ? inArray(inForce.id, [...which.ids])
      : and(...words.map((word) => sql`${folded(inForce.name)} like ${anywhere(word)}`));
  const [counted] = await db.select({ n: sql<number>`count(*)::int` }).from(inForce).where(where);
  const total = counted?.n ?? 0;
  const page = nearestPage(wanted, total, size);
  const rows = await db
    .select()
    .from(inForce)
    .where(where)
    .orderBy(byName(sql`${inForce.name}`), asc(inForce.id))
    .limit(size)
    .offset((page - 1) * size);
  return pageAt(rows, page, total, size);
}
