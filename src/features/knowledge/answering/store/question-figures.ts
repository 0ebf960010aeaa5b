import { and, count, desc, eq, gte, isNotNull, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports.ts';
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
      const dissatisfied = await db
        .select({
          entryId: questions.entryId,
          text: questions.text,
          reason: questions.reason,
          comment: questions.comment,
        })
        .from(questions)
        .where(and(since, eq(questions.rating, 'down')))
        .orderBy(desc(questions.askedAt))
        .limit(TOP);
      const declined = await db
        .select({ text: questions.text })
        .from(questions)
        .where(and(since, eq(questions.outcome, 'none'), sql`${questions.entryId} is null`))
        .orderBy(desc(questions.askedAt))
        .limit(TOP);
      return {
        ...(totals ?? { asked: 0, declined: 0, up: 0, down: 0 }),
        mostAsked,
        dissatisfied,
        unmatched: declined,
      };
    },
  };
}
