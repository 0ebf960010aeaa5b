import { and, asc, desc, eq, gt, inArray, isNull, lte, max, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { ficheVersions, offers, suppliers } from '../../tables.ts';
import type { Fiche } from '../rules/fiche.ts';
import { present } from './versions.ts';

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
