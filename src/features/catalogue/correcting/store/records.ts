import { and, eq, max, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../../../../core/ports/db.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import { corrections, ficheVersions } from '../../tables.ts';

export type Correction = typeof corrections.$inferSelect;

/** An edition of a published version. */
export interface Edition {
  readonly edition: number;
  readonly fiche: Fiche;
}

/** A version as it was corrected last. */
export async function latestEdition(
  from: Db,
  supplier: string,
  version: string,
): Promise<Edition | undefined> {
  const theirs = and(eq(ficheVersions.supplierId, supplier), eq(ficheVersions.version, version));
  const newest = from
    .select({ edition: max(ficheVersions.edition) })
    .from(ficheVersions)
    .where(theirs);
  const [row] = await from
    .select({ edition: ficheVersions.edition, fiche: ficheVersions.content })
    .from(ficheVersions)
    .where(and(theirs, eq(ficheVersions.edition, newest)));
  return row;
}

/** An edition that corrected another one: what is kept of it for ever. */
export interface Made {
  readonly fiche: Fiche;
  readonly wrong: Fiche;
  readonly reason: string;
  /** The one that was made, from 1. */
  readonly edition: number;
  readonly at: Date;
}

const wrong = alias(ficheVersions, 'wrong');
const MADE = {
  fiche: ficheVersions.content,
  wrong: wrong.content,
  reason: sql<string>`coalesce(${ficheVersions.reason}, '')`,
  edition: ficheVersions.edition,
  at: ficheVersions.effectiveAt,
};
const followsWrong = and(
  eq(wrong.supplierId, ficheVersions.supplierId),
  eq(wrong.version, ficheVersions.version),
  eq(wrong.edition, sql`${ficheVersions.edition} - 1`),
);

/** The edition that a correction is about. */
export async function wrongOf(
  from: Db,
  { supplierId, version, basis }: Pick<Correction, 'supplierId' | 'version' | 'basis'>,
): Promise<Fiche | undefined> {
  const [row] = await from
    .select({ fiche: ficheVersions.content })
    .from(ficheVersions)
    .where(
      and(
        eq(ficheVersions.supplierId, supplierId),
        eq(ficheVersions.version, version),
        eq(ficheVersions.edition, basis),
      ),
    );
  return row?.fiche;
}

/** Corrections that were made on a day, or are told together. */
export const madeOf = (
  from: Db,
  which: { readonly day: string } | { readonly wave: string },
): Promise<Made[]> =>
  from
    .select(MADE)
    .from(corrections)
    .innerJoin(
      ficheVersions,
      and(
        eq(ficheVersions.supplierId, corrections.supplierId),
        eq(ficheVersions.version, corrections.version),
        eq(ficheVersions.edition, sql`${corrections.basis} + 1`),
      ),
    )
    .innerJoin(wrong, followsWrong)
    .where(
      and(
        eq(corrections.state, 'made'),
        'day' in which ? eq(corrections.madeOn, which.day) : eq(corrections.wave, which.wave),
      ),
    )
    .orderBy(ficheVersions.supplierId, ficheVersions.version, ficheVersions.edition);

/** What was corrected of a supplier's versions, the oldest first: public, without who did it. */
export const correctionsOf = (from: Db, supplier: string): Promise<Made[]> =>
  from
    .select(MADE)
    .from(ficheVersions)
    .innerJoin(wrong, followsWrong)
    .where(eq(ficheVersions.supplierId, supplier))
    .orderBy(ficheVersions.version, ficheVersions.edition);
