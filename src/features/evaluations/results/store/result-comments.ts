import { and, asc, count, eq, inArray, ne, sql } from 'drizzle-orm';
import { nearestPage } from '../../../../core/cards/paging.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { evaluations, redactions, scores } from '../../tables.ts';
import {
  bodies,
  isTold,
  itsEvaluation,
  itsTelling,
  ofStanding,
  type ScoredYear,
  told,
} from './result-scores.ts';

/** A comment without whose it is: its mark tells it from the others, and tells nothing else. */
export interface WrittenComment {
  readonly mark: string;
  readonly criterion: string;
  readonly score: number;
  readonly comment: string;
  /** What the supplier reads in its place: empty where it was taken away, null where it reads the comment itself. */
  readonly words: string | null;
  /** Whether it was written otherwise when those words were chosen. */
  readonly changed: boolean;
  /** The revision of those words, 0 where none were ever chosen. */
  readonly revision: number;
}

export const markOf = sql<string>`md5(${scores.evaluationId}::text || ${scores.criterion})`;
export const readAs = sql<string>`md5(${scores.comment})`;
export const itsRedaction = and(
  eq(redactions.evaluationId, scores.evaluationId),
  eq(redactions.criterion, scores.criterion),
);

/** What was written beside the scores: what is told, or all of it. */
export function buildResultComments(db: Db) {
  return {
    /** On which criteria something was written, by how many bodies, and how many comments that makes. */
    commented: (
      standing: ScoredYear,
      all: boolean,
    ): Promise<{ criterion: string; n: number; bodies: number }[]> =>
      db
        .select({ criterion: scores.criterion, n: count(), bodies })
        .from(scores)
        .innerJoin(evaluations, itsEvaluation)
        .leftJoin(told(ofStanding(standing), all), itsTelling)
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
      standing: ScoredYear,
      criteria: readonly string[],
      wanted: number,
      size: number,
      all: boolean,
      /** Of one of them alone. */
      mark?: string,
    ): Promise<{ readonly rows: WrittenComment[]; readonly page: number; readonly total: number }> {
      const where = and(
        eq(scores.supplierId, standing.supplier),
        eq(scores.year, standing.year),
        ne(scores.comment, ''),
        inArray(scores.criterion, [...criteria]),
        mark === undefined ? undefined : eq(markOf, mark),
        isTold(all),
      );
      if (criteria.length === 0) return { rows: [], page: 1, total: 0 };
      const telling = told(ofStanding(standing), all);
      const [counted] = await db
        .select({ total: count() })
        .from(scores)
        .leftJoin(telling, itsTelling)
        .where(where);
      const total = counted?.total ?? 0;
      const page = nearestPage(wanted, total, size);
      const rows = await db
        .select({
          mark: markOf,
          criterion: scores.criterion,
          score: scores.score,
          comment: scores.comment,
          words: redactions.words,
          changed: sql<boolean>`coalesce(${redactions.readAs} <> ${readAs}, false)`,
          revision: sql<number>`coalesce(${redactions.revision}, 0)`.mapWith(Number),
        })
        .from(scores)
        .leftJoin(redactions, itsRedaction)
        .leftJoin(telling, itsTelling)
        .where(where)
        .orderBy(asc(scores.criterion), asc(markOf))
        .limit(size)
        .offset((page - 1) * size);
      return { rows, page, total };
    },
  };
}
