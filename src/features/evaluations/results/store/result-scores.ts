import { and, asc, countDistinct, desc, eq, gt, inArray, max, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../../core/ports/db.ts';
import { readRows } from '../../../../core/rows/raw.ts';
import { actingView, type PersonKey } from '../../../people/index.ts';
import { AGAIN_SCORES } from '../../answering/rules/answers.ts';
import { AGAIN, OVERALL } from '../../answering/rules/form.ts';
import { evaluations, scores, sections } from '../../tables.ts';
import { LEAST_BODIES, toldTogether } from './told-together.ts';

/** How many years are shown side by side. */
const YEARS = 5;

/** What clients think of a supplier on a criterion in a year. */
export interface Result {
  readonly criterion: string;
  readonly year: number;
  /** How many scores are told: « sans objet » does not count. */
  readonly n: number;
  /** How many public bodies they are of. What somebody answered for none counts in the mean, and as no body. */
  readonly bodies: number;
  /** How many bodies more gave a score, which is told once others have. */
  readonly waiting: number;
  /** From 1 to 5. */
  readonly mean: number;
  /** The standard deviation of the scores, 0 when all agree. */
  readonly spread: number;
}

/** One supplier, one year. */
export interface ScoredYear {
  readonly supplier: string;
  readonly year: number;
}

export const enough = ({ bodies }: Pick<Result, 'bodies'>): boolean => bodies >= LEAST_BODIES;

/** The evaluation of a score: it knows whose it is. */
export const itsEvaluation = eq(evaluations.id, scores.evaluationId);
export const bodies = countDistinct(evaluations.organizationId);

/** What is counted of scores: all of them, or those that are told together. */
export const isTold = (all: boolean): SQL => (all ? sql`true` : sql`told.evaluation_id is not null`);
export const itsTelling = sql`told.evaluation_id = ${scores.evaluationId} and told.criterion = ${scores.criterion}`;
/** The scores that are told of some; none are looked for where all of them are counted. */
export const told = (of: SQL, all = false) =>
  all
    ? sql`(select null::uuid as evaluation_id, '' as criterion where false) as told`
    : sql`${toldTogether(of)} as told`;
/** Of a supplier: the evaluation of a score has the same. */
const ofSupplier = (supplier: string) => sql`s.supplier_id = ${supplier} and e.supplier_id = ${supplier}`;
export const ofStanding = ({ supplier, year }: ScoredYear) =>
  sql`${ofSupplier(supplier)} and s.year = ${year}`;

const number = (value: SQL) => sql<number>`coalesce(${value}, 0)`.mapWith(Number);
const measured = (all: boolean) => {
  const only = sql`filter (where ${isTold(all)})`;
  return {
    criterion: scores.criterion,
    year: scores.year,
    n: number(sql`count(*) ${only}`),
    bodies: number(sql`count(distinct ${evaluations.organizationId}) ${only}`),
    waiting: number(sql`${bodies} - count(distinct ${evaluations.organizationId}) ${only}`),
    mean: number(sql`avg(${scores.score}) ${only}`),
    spread: number(sql`stddev_pop(${scores.score}) ${only}`),
  };
};

/** Every criterion of some suppliers, each over its own latest years: what is told, or all of it. */
async function resultsOfSuppliers(
  db: Db,
  suppliers: readonly string[],
  all: boolean,
): Promise<ReadonlyMap<string, readonly Result[]>> {
  const of = [...suppliers];
  const years = sql`(
    select supplier_id, min(year) as oldest from (
      select supplier_id, year, row_number() over (partition by supplier_id order by year desc) as rank
      from (select distinct s.supplier_id, s.year from ${scores} s
        where s.supplier_id in ${of} and s.criterion = ${OVERALL}) each
    ) ranked where rank <= ${YEARS} group by supplier_id) as latest`;
  const theirs = sql`s.supplier_id in ${of} and e.supplier_id in ${of}`;
  const rows = await db
    .select({ supplier: scores.supplierId, ...measured(all) })
    .from(scores)
    .innerJoin(years, sql`latest.supplier_id = ${scores.supplierId} and ${scores.year} >= latest.oldest`)
    .innerJoin(evaluations, itsEvaluation)
    .leftJoin(told(theirs, all), itsTelling)
    .where(inArray(scores.supplierId, of))
    .groupBy(scores.supplierId, scores.criterion, scores.year);
  return Map.groupBy(rows, ({ supplier }) => supplier);
}

/** The results of one supplier. */
export const resultsOfSupplier = async (db: Db, supplier: string, all = false): Promise<readonly Result[]> =>
  (await resultsOfSuppliers(db, [supplier], all)).get(supplier) ?? [];

/** The year before the latest ones. */
const beforeLate = (db: Db) =>
  sql`(${db.select({ year: max(evaluations.year) }).from(evaluations)}) - ${YEARS}`;
/** The scores of the overall view, over the latest years. */
const overallOfLate = (db: Db) => and(eq(scores.criterion, OVERALL), gt(scores.year, beforeLate(db)));

/**
 * Every supplier that was evaluated over the latest years: the index is asked for each one after the other, and the
 * scores of none are read.
 */
async function evaluatedSuppliers(db: Db): Promise<string[]> {
  const rows = await readRows(
    db,
    sql`
    with recursive known as (
      select min(supplier_id) as supplier from ${scores}
      union all
      select (select min(s.supplier_id) from ${scores} s where s.supplier_id > known.supplier)
      from known where known.supplier is not null
    )
    select known.supplier from known where exists (select 1 from ${scores}
      where ${scores.supplierId} = known.supplier and ${overallOfLate(db)})
    order by known.supplier`,
    z.object({ supplier: z.string() }),
  );
  return rows.map(({ supplier }) => supplier);
}

/** The overall view of some suppliers, over the latest years: the latest first for each. */
async function overallResults(
  db: Db,
  suppliers: readonly string[],
  all: boolean,
): Promise<(Result & { readonly supplier: string })[]> {
  if (suppliers.length === 0) return [];
  const of = inArray(scores.supplierId, [...suppliers]);
  const theirs = sql`s.criterion = ${OVERALL} and s.supplier_id in ${[...suppliers]}
    and e.supplier_id in ${[...suppliers]}`;
  return (
    db
      .select({ supplier: scores.supplierId, ...measured(all) })
      .from(scores)
      // A score has the supplier and the year of its evaluation: with them an index says whose it is.
      .innerJoin(
        evaluations,
        and(
          itsEvaluation,
          inArray(evaluations.supplierId, [...suppliers]),
          gt(evaluations.year, beforeLate(db)),
        ),
      )
      .leftJoin(told(theirs, all), itsTelling)
      .where(and(of, overallOfLate(db)))
      .groupBy(scores.supplierId, scores.criterion, scores.year)
      .orderBy(asc(scores.supplierId), desc(scores.year))
  );
}

/** What the evaluations say, counted over those that were submitted (guide 4.9). */
export function buildResultScores(db: Db) {
  return {
    resultsOfSupplier: (supplier: string, all: boolean) => resultsOfSupplier(db, supplier, all),
    resultsOfSuppliers: (suppliers: readonly string[], all: boolean) =>
      resultsOfSuppliers(db, suppliers, all),

    evaluatedSuppliers: () => evaluatedSuppliers(db),
    overallResults: (suppliers: readonly string[], all: boolean) => overallResults(db, suppliers, all),

    /** How many would choose a supplier again, of how many who said, for how many bodies. */
    async wouldChooseAgain(
      standing: ScoredYear,
      all: boolean,
    ): Promise<{ n: number; bodies: number; yes: number }> {
      const { supplier, year } = standing;
      const { n, bodies } = measured(all);
      const [row] = await db
        .select({
          n,
          bodies,
          yes: number(sql`count(*) filter (where ${isTold(all)} and ${scores.score} = ${AGAIN_SCORES.yes})`),
        })
        .from(scores)
        .innerJoin(evaluations, itsEvaluation)
        .leftJoin(told(ofStanding(standing), all), itsTelling)
        .where(and(eq(scores.supplierId, supplier), eq(scores.year, year), eq(scores.criterion, AGAIN)));
      return row ?? { n: 0, bodies: 0, yes: 0 };
    },

    /** What those whom a campaign asked say of a supplier together: each campaign has its own, and none is part of another. */
    async ofCampaign(campaign: string, { supplier, year }: ScoredYear): Promise<Result | undefined> {
      const [row] = await db
        .select(measured(true))
        .from(scores)
        .innerJoin(evaluations, itsEvaluation)
        .where(
          and(
            eq(evaluations.campaignId, campaign),
            eq(scores.supplierId, supplier),
            eq(scores.year, year),
            eq(scores.criterion, OVERALL),
          ),
        )
        .groupBy(scores.criterion, scores.year);
      return row;
    },

    /** The suppliers that a person helped evaluate in a campaign. */
    async evaluatedBy({ tenantId, objectId }: PersonKey, campaign: string): Promise<ScoredYear[]> {
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
            // Those who left the body are told nothing more of what it evaluated.
            sql`(${evaluations.organizationId} is null or exists (select 1 from ${actingView} p
              where p.tenant_id = ${tenantId} and p.object_id = ${objectId}
                and p.organization_id = ${evaluations.organizationId}))`,
          ),
        )
        .orderBy(asc(evaluations.supplierId));
    },
  };
}

/**
 * The criteria on which a sheet that replaces another tells nothing of fewer than three bodies, where the two are
 * compared. Undefined where nothing was answered since: the new one tells what the former did.
 */
export async function criteriaMovedTogether(
  db: Db,
  standing: ScoredYear,
  since: Date,
): Promise<ReadonlySet<string> | undefined> {
  const rows = await db
    .select({ criterion: scores.criterion, bodies })
    .from(scores)
    .innerJoin(evaluations, itsEvaluation)
    .innerJoin(told(ofStanding(standing)), itsTelling)
    .leftJoin(
      sql`${toldTogether(ofStanding(standing), since)} as former`,
      sql`former.evaluation_id = ${scores.evaluationId} and former.criterion = ${scores.criterion}`,
    )
    .where(or(sql`former.evaluation_id is null`, gt(evaluations.submittedAt, since)))
    .groupBy(scores.criterion);
  return rows.length === 0 ? undefined : new Set(rows.filter(enough).map(({ criterion }) => criterion));
}
