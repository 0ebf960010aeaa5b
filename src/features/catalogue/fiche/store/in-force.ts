import { and, asc, count, desc, gt, inArray, isNull, lte, max, min, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { ficheVersions, measures } from '../../tables.ts';
import type { Offer } from '../rules/fiche.ts';
import { present, type Version } from './versions.ts';

/**
 * The offers that a supplier's newest version does not have any more, as they were last, and the first version
 * without them.
 */
export async function goneOffers(
  db: Db,
  ids?: readonly string[],
): Promise<{ supplier: string; offer: Offer; since: string }[]> {
  const ofThese = ids ? inArray(ficheVersions.supplierId, [...ids]) : sql`true`;
  const { rows } = (await db.execute(sql`
    with listed as (
      select supplier_id, version, content -> 'offers' as offers,
        lead(version) over (partition by supplier_id order by version, edition) as next, edition
      from ${ficheVersions} where ${ofThese} and ${present}
    ), newest as (
      select distinct on (supplier_id, offer ->> 'id') supplier_id, offer, next
      from listed, jsonb_array_elements(offers) as offer
      order by supplier_id, offer ->> 'id', version desc, edition desc
    )
    select supplier_id as supplier, offer, next as since from newest where next is not null`)) as {
    rows: { supplier: string; offer: Offer; since: string }[];
  };
  return rows;
}

/** Versions that took effect and were not announced, with the one before them that was. */
export async function takeUnannounced(
  tx: Tx,
  now: Date,
): Promise<{ supplier: string; version: string; previous: string | null }[]> {
  const due = await tx
    .select({ supplier: ficheVersions.supplierId, version: ficheVersions.version })
    .from(ficheVersions)
    .where(and(isNull(ficheVersions.announcedAt), lte(ficheVersions.effectiveAt, now)))
    .orderBy(asc(ficheVersions.supplierId), asc(ficheVersions.version))
    .for('update', { skipLocked: true });
  if (due.length === 0) return [];
  const ids = [...new Set(due.map(({ supplier }) => supplier))];
  const announced = await tx
    .select({ supplier: ficheVersions.supplierId, version: max(ficheVersions.version) })
    .from(ficheVersions)
    .where(
      and(present, inArray(ficheVersions.supplierId, ids), sql`${ficheVersions.announcedAt} is not null`),
    )
    .groupBy(ficheVersions.supplierId);
  await tx
    .update(ficheVersions)
    .set({ announcedAt: now })
    .where(
      and(
        inArray(ficheVersions.supplierId, ids),
        isNull(ficheVersions.announcedAt),
        lte(ficheVersions.effectiveAt, now),
      ),
    );
  const before = new Map(announced.map(({ supplier, version }) => [supplier, version]));
  const newest = new Map(due.map(({ supplier, version }) => [supplier, version]));
  return [...newest].map(([supplier, version]) => ({
    supplier,
    version,
    previous: before.get(supplier) ?? null,
  }));
}

/** What tells that the catalogue changed: it grows with each publication, when examples are removed, and when a date is reached. */
export async function revisionOf(db: Db): Promise<string> {
  const [row] = await db
    .select({
      versions: count(),
      last: max(ficheVersions.sequence),
      removed: count(ficheVersions.removedAt),
      decided: sql<number>`(select count(*) + count(${measures.endedAt}) from ${measures})`.mapWith(Number),
    })
    .from(ficheVersions);
  return `${row?.versions ?? 0}:${row?.last ?? 0}:${row?.removed ?? 0}:${row?.decided ?? 0}`;
}

/** Each supplier's version in force at a moment: the newest by its date, whatever was corrected of another one since. */
export const versionsInForce = (db: Db, at: Date, ids?: readonly string[]): Promise<Version[]> =>
  db
    .selectDistinctOn([ficheVersions.supplierId])
    .from(ficheVersions)
    .where(
      and(
        ids && inArray(ficheVersions.supplierId, [...ids]),
        lte(ficheVersions.effectiveAt, at),
        or(present, gt(ficheVersions.removedAt, at)),
      ),
    )
    .orderBy(asc(ficheVersions.supplierId), desc(ficheVersions.version), desc(ficheVersions.edition));

/** The next moment after which another version is in force. */
export async function nextEffect(db: Db, after: Date): Promise<Date | undefined> {
  const [version] = await db
    .select({ at: min(ficheVersions.effectiveAt) })
    .from(ficheVersions)
    .where(and(present, gt(ficheVersions.effectiveAt, after)));
  const [decided] = await db
    .select({ at: min(measures.startsAt) })
    .from(measures)
    .where(and(gt(measures.startsAt, after), isNull(measures.endedAt)));
  const [soonest] = [version?.at, decided?.at].filter((at) => at instanceof Date).sort((a, b) => +a - +b);
  return soonest;
}
