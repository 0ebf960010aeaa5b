import { and, asc, count, desc, eq, gt, inArray, lt, ne, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import { CourtierError } from '../../core/errors.ts';
import type { Db, TextDocument } from '../../core/ports.ts';
import { serialize } from '../../core/serialize.ts';
import type { Person } from '../../core/turn.ts';
import type { Audit, PersonKey } from '../people/index.ts';
import { AGAIN_SCORES } from './answers.ts';
import { AGAIN, OVERALL } from './form.ts';
import { evaluations, releases, scores, sections } from './tables.ts';

/** Below so many answers, nothing is shown: one could tell whose they are. */
export const LEAST_ANSWERS = 3;
/** How long a supplier's link to its results holds. */
export const SHEET_DAYS = 90;
/** How many years are shown side by side. */
export const YEARS = 5;

/** What clients think of a supplier on a criterion in a year. */
export interface Result {
  readonly criterion: string;
  readonly year: number;
  /** How many gave a score: « sans objet » does not count. */
  readonly n: number;
  /** From 1 to 5. */
  readonly mean: number;
  /** The standard deviation of the scores, 0 when all agree. */
  readonly spread: number;
}

/** One supplier, one year. */
export interface Standing {
  readonly supplier: string;
  readonly year: number;
}

export type Release = typeof releases.$inferSelect;

export const enough = ({ n }: Pick<Result, 'n'>): boolean => n >= LEAST_ANSWERS;

export type Results = ReturnType<typeof buildResults>;

/** What the evaluations say, counted over those that were submitted (guide 4.9). */
export function buildResults(db: Db, clock: Clock, audit: Audit) {
  const measured = {
    criterion: scores.criterion,
    year: scores.year,
    n: count(),
    mean: sql<number>`avg(${scores.score})`.mapWith(Number),
    spread: sql<number>`coalesce(stddev_pop(${scores.score}), 0)`.mapWith(Number),
  };

  /** The years of a supplier's results, the latest first. */
  const yearsOf = async (db: Db, supplier: string): Promise<number[]> => {
    const rows = await db
      .selectDistinct({ year: scores.year })
      .from(scores)
      .where(and(eq(scores.supplierId, supplier), eq(scores.criterion, OVERALL)))
      .orderBy(desc(scores.year))
      .limit(YEARS);
    return rows.map(({ year }) => year);
  };

  /** Every criterion of a supplier, over the latest years. */
  async function of(supplier: string, from: Db = db): Promise<Result[]> {
    const years = await yearsOf(from, supplier);
    const oldest = years.at(-1);
    if (oldest === undefined) return [];
    return from
      .select(measured)
      .from(scores)
      .where(and(eq(scores.supplierId, supplier), gt(scores.year, oldest - 1)))
      .groupBy(scores.criterion, scores.year);
  }

  async function releaseOf({ supplier, year }: Standing, from: Db = db): Promise<Release | undefined> {
    const [row] = await from
      .select()
      .from(releases)
      .where(and(eq(releases.supplierId, supplier), eq(releases.year, year)));
    return row;
  }

  return {
    of: (supplier: string) => of(supplier),

    /** The overall view of every supplier, over the latest years: the latest first for each. */
    overall: (): Promise<(Result & { readonly supplier: string })[]> =>
      db
        .select({ supplier: scores.supplierId, ...measured })
        .from(scores)
        .where(
          and(
            eq(scores.criterion, OVERALL),
            gt(scores.year, sql`(select max(${evaluations.year}) from ${evaluations}) - ${YEARS}`),
          ),
        )
        .groupBy(scores.supplierId, scores.criterion, scores.year)
        .orderBy(asc(scores.supplierId), desc(scores.year)),

    /** The share of those who would choose a supplier again, from 0 to 1, and how many said. */
    async again({ supplier, year }: Standing): Promise<{ n: number; yes: number }> {
      const [row] = await db
        .select({
          n: count(),
          yes: sql<number>`count(*) filter (where ${scores.score} = ${AGAIN_SCORES.yes})`.mapWith(Number),
        })
        .from(scores)
        .where(and(eq(scores.supplierId, supplier), eq(scores.year, year), eq(scores.criterion, AGAIN)));
      return { n: row?.n ?? 0, yes: row?.yes ?? 0 };
    },

    /**
     * A page of what was written on some criteria, without who wrote it nor about which contract, in an order that
     * tells neither.
     */
    async comments({ supplier, year }: Standing, criteria: readonly string[], page: number, size: number) {
      const where = and(
        eq(scores.supplierId, supplier),
        eq(scores.year, year),
        ne(scores.comment, ''),
        inArray(scores.criterion, [...criteria]),
      );
      if (criteria.length === 0) return { rows: [], total: 0 };
      const [counted] = await db.select({ total: count() }).from(scores).where(where);
      const rows = await db
        .select({ criterion: scores.criterion, score: scores.score, comment: scores.comment })
        .from(scores)
        .where(where)
        .orderBy(asc(scores.criterion), sql`md5(${scores.evaluationId}::text || ${scores.criterion})`)
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },

    /** The suppliers that a person helped evaluate in a campaign. */
    async evaluatedBy({ tenantId, objectId }: PersonKey, campaign: string): Promise<Standing[]> {
      return db
        .selectDistinct({ supplier: evaluations.supplierId, year: evaluations.year })
        .from(evaluations)
        .innerJoin(sections, eq(sections.evaluationId, evaluations.id))
        .where(
          and(
            eq(evaluations.campaignId, campaign),
            eq(evaluations.state, 'submitted'),
            eq(sections.tenantId, tenantId),
            eq(sections.objectId, objectId),
          ),
        )
        .orderBy(asc(evaluations.supplierId));
    },

    release: (standing: Standing) => releaseOf(standing),

    /**
     * Lets a supplier read its results of a year as this document tells them; an earlier link holds no more. Refused
     * below three answers. `seen` is the number of the release that was seen, 0 for none: where there is a later one
     * it stays, and is the answer.
     */
    publish: (
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
        const overall = (await of(supplier, tx)).find(
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
    withdraw: (staff: Person, { supplier, year }: Standing): Promise<void> =>
      db.transaction(async (tx) => {
        const withdrawn = await tx
          .update(releases)
          .set({ active: false })
          .where(and(eq(releases.supplierId, supplier), eq(releases.year, year), eq(releases.active, true)))
          .returning({ number: releases.number });
        if (withdrawn.length > 0) await audit.record(tx, staff, 'evaluation.withdraw', `${supplier}:${year}`);
      }),

    /** Forgets the sheets whose links hold no more. */
    async purge(): Promise<void> {
      const before = clock.now().subtract({ hours: 24 * SHEET_DAYS });
      await db.delete(releases).where(lt(releases.at, asDate(before)));
    },
  };
}
