import {
  and,
  asc,
  count,
  countDistinct,
  desc,
  eq,
  gt,
  inArray,
  isNull,
  lte,
  max,
  min,
  or,
  sql,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { nearestPage, type Page, pageAt } from '../../../core/paging.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import { ficheVersions, measures, offers, suppliers } from '../tables.ts';
import type { Fiche, Offer } from './rules/fiche.ts';

export type Version = typeof ficheVersions.$inferSelect;
export type Origin = Version['origin'];

/** Versions of the catalogue: neither of an example that was removed. */
const present = isNull(ficheVersions.removedAt);

/** Holds these suppliers until the transaction ends: two publications of the same one take turns. */
export async function lockSuppliers(tx: Tx, ids: readonly string[]): Promise<void> {
  const sorted = [...new Set(ids)].sort();
  if (sorted.length === 0) return;
  await tx
    .insert(suppliers)
    .values(sorted.map((id) => ({ id })))
    .onConflictDoNothing();
  await tx
    .select()
    .from(suppliers)
    .where(inArray(suppliers.id, sorted))
    .orderBy(asc(suppliers.id))
    .for('update');
}

/** The newest version of each supplier, in force or to come. */
export const newestVersions = (db: Db, ids?: readonly string[]): Promise<Fiche[]> =>
  db
    .selectDistinctOn([ficheVersions.supplierId], { content: ficheVersions.content })
    .from(ficheVersions)
    .where(and(present, ids && inArray(ficheVersions.supplierId, [...ids])))
    .orderBy(asc(ficheVersions.supplierId), desc(ficheVersions.version), desc(ficheVersions.edition))
    .then((rows) => rows.map(({ content }) => content));

/** The version in force at a moment, and those to come, of each supplier: the oldest first. */
export const standingVersions = (db: Db, at: Date, ids?: readonly string[]): Promise<Fiche[]> => {
  const { supplierId, effectiveAt, version, edition, content } = ficheVersions;
  const earlier = alias(ficheVersions, 'earlier');
  const inForce = db
    .select({ version: max(earlier.version) })
    .from(earlier)
    .where(and(eq(earlier.supplierId, supplierId), isNull(earlier.removedAt), lte(earlier.effectiveAt, at)));
  return db
    .selectDistinctOn([supplierId, version], { content })
    .from(ficheVersions)
    .where(
      and(
        present,
        ids && inArray(supplierId, [...ids]),
        or(gt(effectiveAt, at), eq(version, sql`(${inForce})`)),
      ),
    )
    .orderBy(asc(supplierId), asc(version), desc(edition))
    .then((rows) => rows.map((row) => row.content));
};

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

/** What identifies each version, as it was corrected last; empty for an example that was removed. */
export const fingerprints = (db: Db, ids?: readonly string[]) =>
  db
    .selectDistinctOn([ficheVersions.supplierId, ficheVersions.version], {
      supplier: ficheVersions.supplierId,
      version: ficheVersions.version,
      fingerprint: sql<string>`case when ${present} then ${ficheVersions.fingerprint} else '' end`,
    })
    .from(ficheVersions)
    .where(ids && inArray(ficheVersions.supplierId, [...ids]))
    .orderBy(asc(ficheVersions.supplierId), asc(ficheVersions.version), desc(ficheVersions.edition));

/** To whom offer ids belong. Without a list, all of them. */
export const offerOwners = (db: Db, ids?: readonly string[]) =>
  db
    .select({ offer: offers.id, supplier: offers.supplierId })
    .from(offers)
    .where(ids && inArray(offers.id, [...ids]));

/** Takes ids that nobody holds, in one order for everyone; those that were free. */
export async function claimOffers(
  tx: Tx,
  rows: readonly { id: string; supplierId: string }[],
): Promise<string[]> {
  if (rows.length === 0) return [];
  const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  const taken = await tx.insert(offers).values(sorted).onConflictDoNothing().returning({ id: offers.id });
  return taken.map(({ id }) => id);
}

export async function releaseOffers(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.delete(offers).where(inArray(offers.id, [...ids]));
}

export async function insertVersions(
  tx: Tx,
  rows: readonly (typeof ficheVersions.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(ficheVersions).values([...rows]);
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

/** All versions of a supplier, newest first, without their content; the latest edition of each. */
export const versionList = (db: Db, supplier: string) =>
  db
    .selectDistinctOn([ficheVersions.version], {
      version: ficheVersions.version,
      effectiveAt: ficheVersions.effectiveAt,
      publishedAt: ficheVersions.publishedAt,
      sentences: sql<string[]>`${ficheVersions.content} -> 'changes'`,
    })
    .from(ficheVersions)
    .where(and(present, eq(ficheVersions.supplierId, supplier)))
    .orderBy(desc(ficheVersions.version), desc(ficheVersions.edition));

/** A published version and the one before it, as they were corrected last. */
export async function versionWithPrevious(
  db: Db,
  supplier: string,
  version: string,
): Promise<{ fiche: Fiche; previous: Fiche | undefined } | undefined> {
  const rows = await db
    .selectDistinctOn([ficheVersions.version], { content: ficheVersions.content })
    .from(ficheVersions)
    .where(and(present, eq(ficheVersions.supplierId, supplier), lte(ficheVersions.version, version)))
    .orderBy(desc(ficheVersions.version), desc(ficheVersions.edition))
    .limit(2);
  const [fiche, previous] = rows.map(({ content }) => content);
  return fiche?.version === version ? { fiche, previous } : undefined;
}

/** Read at once. */
const FICHES = 100;

/** A published version of a fiche. */
export interface VersionKey {
  readonly supplier: string;
  readonly version: string;
}

/** Its name among many, in memory. */
export const versionName = ({ supplier, version }: VersionKey): string => `${supplier}_${version}`;

/** Every edition of some published versions, by `versionName`: of each, the first before the others. */
export async function editionsAmong(
  db: Db,
  wanted: readonly VersionKey[],
): Promise<Map<string, { content: Fiche; fingerprint: string }[]>> {
  const found = [];
  for (let start = 0; start < wanted.length; start += FICHES) {
    const batch = wanted.slice(start, start + FICHES);
    const rows = await db
      .select({ content: ficheVersions.content, fingerprint: ficheVersions.fingerprint })
      .from(ficheVersions)
      .where(
        or(
          ...batch.map(({ supplier, version }) =>
            and(eq(ficheVersions.supplierId, supplier), eq(ficheVersions.version, version)),
          ),
        ),
      )
      .orderBy(asc(ficheVersions.edition));
    found.push(...rows);
  }
  return Map.groupBy(found, ({ content: { supplier, version } }) =>
    versionName({ supplier: supplier.id, version }),
  );
}

/** Published versions among many, by supplier and version: as they were corrected last. */
export async function fichesAmong(
  db: Db,
  wanted: readonly VersionKey[],
): Promise<(supplier: string, version: string) => Fiche | undefined> {
  const editions = await editionsAmong(db, wanted);
  return (supplier, version) => editions.get(versionName({ supplier, version }))?.at(-1)?.content;
}

/** A supplier's published versions, of a day. */
export interface PublishedSupplier {
  readonly id: string;
  readonly name: string;
  /** ISO dates; null while none is in force. */
  readonly inForce: string | null;
  readonly upcoming: readonly string[];
  readonly versions: number;
}

/** A page of the suppliers with what each has published, counted from 1; the nearest one when it is out of range. */
export async function publishedPage(
  db: Db,
  wanted: number,
  size: number,
  today: string,
): Promise<Page<PublishedSupplier>> {
  const { supplierId, version, edition, content } = ficheVersions;
  const [all] = await db
    .select({ suppliers: countDistinct(supplierId) })
    .from(ficheVersions)
    .where(present);
  const total = all?.suppliers ?? 0;
  const page = nearestPage(wanted, total, size);
  const rows = await db
    .select({
      id: supplierId,
      name: sql<string>`(array_agg(${content} -> 'supplier' ->> 'name' order by ${version} desc, ${edition} desc))[1]`,
      inForce: sql<string | null>`max(${version}) filter (where ${version} <= ${today})`,
      upcoming: sql<
        string[]
      >`coalesce(array_agg(distinct ${version} order by ${version} desc) filter (where ${version} > ${today}), '{}')`,
      versions: countDistinct(version),
    })
    .from(ficheVersions)
    .where(present)
    .groupBy(supplierId)
    .orderBy(asc(supplierId))
    .limit(size)
    .offset((page - 1) * size);
  return pageAt(rows, page, total, size);
}

/** Every version of every supplier, for the terminal: by supplier, newest first; the latest edition of each. */
export const allVersions = (db: Db) =>
  db
    .selectDistinctOn([ficheVersions.supplierId, ficheVersions.version], {
      supplier: ficheVersions.supplierId,
      name: sql<string>`${ficheVersions.content} -> 'supplier' ->> 'name'`,
      version: ficheVersions.version,
      offers: sql<number>`jsonb_array_length(${ficheVersions.content} -> 'offers')`.mapWith(Number),
      publishedAt: ficheVersions.publishedAt,
      origin: ficheVersions.origin,
    })
    .from(ficheVersions)
    .where(present)
    .orderBy(asc(ficheVersions.supplierId), desc(ficheVersions.version), desc(ficheVersions.edition));
