import { and, eq, lt, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Db, TextDocument } from '../../../../core/ports.ts';
import { serialize } from '../../../../core/serialize.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../../people/index.ts';
import { OVERALL } from '../../answering/rules/form.ts';
import { releases } from '../../tables.ts';
import { enough, resultsOfSupplier, type Standing } from './result-scores.ts';

/** How long a supplier's link to its results holds. */
export const SHEET_DAYS = 90;

export type Release = typeof releases.$inferSelect;

/** The results that the staff let suppliers read. */
export function buildReleases(db: Db, clock: Clock, audit: Audit) {
  async function releaseOf({ supplier, year }: Standing, from: Db = db): Promise<Release | undefined> {
    const [row] = await from
      .select()
      .from(releases)
      .where(and(eq(releases.supplierId, supplier), eq(releases.year, year)));
    return row;
  }

  return {
    findRelease: (standing: Standing) => releaseOf(standing),

    /**
     * Lets a supplier read its results of a year as this document tells them; an earlier link holds no more. Refused
     * below three answers. `seen` is the number of the release that was seen, 0 for none: where there is a later one
     * it stays, and is the answer.
     */
    releaseResults: (
      staff: Person,
      { supplier, year }: Standing,
      document: TextDocument,
      seen: number | undefined,
    ): Promise<{ readonly kind: 'done' | 'stale'; readonly release: Release }> =>
      db.transaction(async (tx) => {
        await serialize(tx, 'release', supplier, String(year));
        const held = await releaseOf({ supplier, year }, tx);
        if (held && seen !== undefined && held.number !== seen)
          return { kind: held.active ? 'done' : 'stale', release: held };
        const overall = (await resultsOfSupplier(tx, supplier)).find(
          (row) => row.criterion === OVERALL && row.year === year,
        );
        if (!overall || !enough(overall))
          throw new CourtierError(
            'refused',
            'Il faut au moins trois réponses pour transmettre une fiche de résultats.',
          );
        const set = { active: true, document, by: staff.name, at: asDate(clock.now()) };
        const [release] = await tx
          .insert(releases)
          .values({ supplierId: supplier, year, ...set })
          .onConflictDoUpdate({
            target: [releases.supplierId, releases.year],
            set: { ...set, number: sql`${releases.number} + 1` },
          })
          .returning();
        if (!release) throw new Error('release not written');
        await audit.record(tx, staff, 'evaluation.release', `${supplier}:${year}`);
        return { kind: 'done', release };
      }),

    /** The supplier's link holds no more. */
    withdrawResults: (staff: Person, { supplier, year }: Standing): Promise<void> =>
      db.transaction(async (tx) => {
        const withdrawn = await tx
          .update(releases)
          .set({ active: false })
          .where(and(eq(releases.supplierId, supplier), eq(releases.year, year), eq(releases.active, true)))
          .returning({ number: releases.number });
        if (withdrawn.length > 0) await audit.record(tx, staff, 'evaluation.withdraw', `${supplier}:${year}`);
      }),

    /** Forgets the sheets whose links hold no more. */
    async purgeReleases(): Promise<void> {
      const before = clock.now().subtract({ hours: 24 * SHEET_DAYS });
      await db.delete(releases).where(lt(releases.at, asDate(before)));
    },
  };
}
