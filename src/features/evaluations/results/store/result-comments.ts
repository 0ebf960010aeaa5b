import { and, asc, count, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Db } from '../../../../core/ports.ts';
import { evaluations, scores } from '../../tables.ts';
import {
  bodies,
  isTold,
  itsEvaluation,
  itsTelling,
  ofStanding,
  type Standing,
  told,
} from './result-scores.ts';

/** What was written beside the scores: what is told, or all of it. */
export function buildResultComments(db: Db) {
  return {
    /** On which criteria something was written, by how many bodies, and how many comments that makes. */
    commented: (
      standing: Standing,
      all: boolean,
    ): Promise<{ criterion: string; n: number; bodies: number }[]> =>
      db
        .select({ criterion: scores.criterion, n: count(), bodies })
        .from(scores)
        .innerJoin(evaluations, itsEvaluation)
        .leftJoin(told(ofStanding(standing)), itsTelling)
        .where(
          and(
            eq(scores.supplierId, standing.supplier),
            eq(scores.year, standing.year),
            ne(scores.comment, ''),
            isTold(all),
          ),
        )
        .groupBy(scores.criterion),

    /**
     * A page of what was written on some criteria, without who wrote it nor about which contract, in an order that
     * tells neither.
     */
    async commentsPage(
      standing: Standing,
      criteria: readonly string[],
      page: number,
      size: number,
      all: boolean,
    ) {
      const where = and(
        eq(scores.supplierId, standing.supplier),
        eq(scores.year, standing.year),
        ne(scores.comment, ''),
        inArray(scores.criterion, [...criteria]),
        isTold(all),
      );
      if (criteria.length === 0) return { rows: [], total: 0 };
      const telling = told(ofStanding(standing));
      const [counted] = await db
        .select({ total: count() })
        .from(scores)
        .leftJoin(telling, itsTelling)
        .where(where);
      const rows = await db
        .select({ criterion: scores.criterion, score: scores.score, comment: scores.comment })
        .from(scores)
        .leftJoin(telling, itsTelling)
        .where(where)
        .orderBy(asc(scores.criterion), sql`md5(${scores.evaluationId}::text || ${scores.criterion})`)
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },
  };
}
