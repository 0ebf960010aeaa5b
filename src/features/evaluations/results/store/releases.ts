import { and, eq, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { GONE } from '../../../../core/rows/retention.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit, PersonKey } from '../../../people/index.ts';
import { OVERALL } from '../../answering/rules/form.ts';
import { releases } from '../../tables.ts';
import {
  criteriaMovedTogether,
  enough,
  type Result,
  resultsOfSupplier,
  type ScoredYear,
} from './result-scores.ts';

/** How long a supplier's link to its results holds. */
export const SHEET_DAYS = 90;

export type Release = typeof releases.$inferSelect;

/** Refuses a sheet of fewer than three bodies, by itself or beside the one that it replaces. */
function refuseUnlessTogether(
  results: readonly Result[],
  { year }: ScoredYear,
  moved: ReadonlySet<string> | undefined,
): void {
  const overall = results.find((row) => row.criterion === OVERALL && row.year === year);
  if (!overall || !enough(overall))
    throw new CourtierError(
      'refused',
      'Il faut au moins trois réponses, de trois organismes différents, pour transmettre une fiche de résultats.',
    );
  if (moved && !moved.has(OVERALL))
    throw new CourtierError(
      'refused',
      'Depuis la fiche transmise, moins de trois organismes ont répondu : en comparant les deux, on saurait ce qu’ils ont dit. Attendez d’autres réponses.',
    );
}

const ofStandings = (standings: readonly ScoredYear[]) =>
  sql`(${releases.supplierId}, ${releases.year}) in (${sql.join(
    standings.map(({ supplier, year }) => sql`(${supplier}, ${year})`),
    sql`, `,
  )})`;

/** The results that the staff let suppliers read. */
export function buildReleases(db: Db, clock: Clock, audit: Audit) {
  async function releaseOf({ supplier, year }: ScoredYear, from: Db = db): Promise<Release | undefined> {
    const [row] = await from
      .select()
      .from(releases)
      .where(and(eq(releases.supplierId, supplier), eq(releases.year, year)));
    return row;
  }

  async function write(
    tx: Tx,
    { supplier, year }: ScoredYear,
    set: Pick<Release, 'active' | 'document' | 'comments' | 'by' | 'at'>,
  ): Promise<Release> {
    const [release] = await tx
      .insert(releases)
      .values({ supplierId: supplier, year, ...set })
      .onConflictDoUpdate({
        target: [releases.supplierId, releases.year],
        set: { ...set, number: sql`${releases.number} + 1` },
      })
      .returning();
    if (!release) throw new Error('release not written');
    return release;
  }

  return {
    findRelease: (standing: ScoredYear) => releaseOf(standing),

    /** Of some standings, those that have one. */
    findReleases: async (standings: readonly ScoredYear[]): Promise<Release[]> =>
      standings.length === 0 ? [] : db.select().from(releases).where(ofStandings(standings)),

    /** Refuses a sheet of fewer than three bodies, before anybody is asked to approve it. */
    async mustBeEnough(standing: ScoredYear): Promise<void> {
      refuseUnlessTogether(await resultsOfSupplier(db, standing.supplier), standing, undefined);
    },

    /**
     * Lets a supplier read its results of a year as a document tells them; an earlier link holds no more. Refused below
     * three bodies, and where comparing it with the former sheet would tell what fewer than three answered since.
     * `seen` is the number of the release that was seen, 0 for none: where there is a later one it stays, and is the
     * answer; `stale` where it was withdrawn, or does not say what this one would (`saysSame`).
     */
    async releaseResults(
      staff: Person,
      standing: ScoredYear,
      compose: (told: (criterion: string) => boolean) => Promise<Pick<Release, 'document' | 'comments'>>,
      seen: number | undefined,
      saysSame: (release: Release) => boolean,
    ): Promise<{ readonly kind: 'done' | 'stale'; readonly release: Release }> {
      // The moment before it is composed: what is answered from here on is compared with it.
      const at = asDate(clock.now());
      const former = await releaseOf(standing);
      const moved = former && (await criteriaMovedTogether(db, standing, former.at));
      const composed = await compose((criterion) => moved?.has(criterion) ?? true);
      return db.transaction(async (tx) => {
        await serialize(tx, 'release', standing.supplier, String(standing.year));
        const held = await releaseOf(standing, tx);
        const known = seen ?? former?.number;
        if (held && held.number !== known)
          return { kind: held.active && saysSame(held) ? 'done' : 'stale', release: held };
        refuseUnlessTogether(await resultsOfSupplier(tx, standing.supplier), standing, moved);
        const release = await write(tx, standing, { active: true, ...composed, by: staff.name, at });
        await audit.record(tx, staff, 'evaluation.release', `${standing.supplier}:${standing.year}`);
        return { kind: 'done', release };
      });
    },

    /** The supplier's link holds no more. */
    withdrawResults: (staff: Person, { supplier, year }: ScoredYear): Promise<void> =>
      db.transaction(async (tx) => {
        const withdrawn = await tx
          .update(releases)
          .set({ active: false })
          .where(and(eq(releases.supplierId, supplier), eq(releases.year, year), eq(releases.active, true)))
          .returning({ number: releases.number });
        if (withdrawn.length > 0) await audit.record(tx, staff, 'evaluation.withdraw', `${supplier}:${year}`);
      }),

    /** A sheet stays, without the name of who released it. */
    async unsign(tx: Tx, person: PersonKey): Promise<void> {
      const standings = (await audit.objectsOf(tx, person, 'evaluation.release')).map((object) => {
        const [supplier = '', year = ''] = object.split(':');
        return { supplier, year: Number(year) };
      });
      if (standings.length > 0) await tx.update(releases).set({ by: GONE }).where(ofStandings(standings));
    },
  };
}
