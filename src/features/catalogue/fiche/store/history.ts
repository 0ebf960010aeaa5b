import { and, asc, countDistinct, desc, eq, lte, or, sql } from 'drizzle-orm';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { ficheVersions } from '../../tables.ts';
import type { Fiche } from '../rules/fiche.ts';
import { present } from './versions.ts';

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
