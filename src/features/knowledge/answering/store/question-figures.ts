import { and, count, desc, eq, gte, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { questions } from '../../tables.ts';

const TOP = 5;

/** What people asked, for the broker's staff. */
export function buildQuestionFigures(db: Db, clock: Clock) {
  return {
    /** How many of the questions that are kept were answered by an entry. */
    answeredTimes: (entryId: string): Promise<number> => db.$count(questions, eq(questions.entryId, entryId)),

    /** Figures of the last thirty days for the broker's staff. */
    async summarizeQuestions() {
      const since = gte(questions.askedAt, asDate(clock.now().subtract({ hours: 24 * 30 })));
      const [totals] = await db
        .select({
          asked: count(),
          declined: count(
            sql`case when ${questions.outcome} = 'none' and ${questions.entryId} is null then 1 end`,
          ),
          up: count(sql`case when ${questions.rating} = 'up' then 1 end`),
          down: count(sql`case when ${questions.rating} = 'down' then 1 end`),
        })
        .from(questions)
        .where(since);
      const mostAsked = await db
        .select({ entryId: questions.entryId, times: count() })
        .from(questions)
        .where(and(since, isNotNull(questions.entryId)))
        .groupBy(questions.entryId)
        .orderBy(desc(count()), questions.entryId)
        .limit(TOP);
      const latest = (sort: string, which: SQL | undefined) =>
        db
          .select({
            sort: sql<string>`${sort}::text`.as('sort'),
            entryId: questions.entryId,
            text: questions.text,
            reason: questions.reason,
            comment: questions.comment,
            askedAt: questions.askedAt,
          })
          .from(questions)
          .where(and(since, which))
          .orderBy(desc(questions.askedAt))
          .limit(TOP);
      const shown = await unionAll(
        latest('dissatisfied', eq(questions.rating, 'down')),
        latest('unmatched', and(eq(questions.outcome, 'none'), isNull(questions.entryId))),
      );
      const newest = shown.toSorted((one, other) => other.askedAt.getTime() - one.askedAt.getTime());
      return {
        ...(totals ?? { asked: 0, declined: 0, up: 0, down: 0 }),
        mostAsked,
        dissatisfied: newest.filter(({ sort }) => sort === 'dissatisfied'),
        unmatched: newest.filter(({ sort }) => sort === 'unmatched'),
      };
    },
  };
}
