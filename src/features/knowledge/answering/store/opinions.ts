import { and, eq } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Reason } from '../../screens/schema.ts';
import { questions } from '../../tables.ts';

/** What people think of answers, said beside the message and not on its card. */
export function buildOpinions(db: Db) {
  return {
    /** The author's opinion of the message that carries the answer; false when it carries none of theirs. */
    async rateMessage(
      person: Person,
      conversationId: string,
      activityId: string,
      opinion: { rating: 'up' | 'down'; reason: Reason | null; comment: string | null },
    ): Promise<boolean> {
      const rated = await db
        .update(questions)
        .set(opinion)
        .where(
          and(
            isPerson(questions, person),
            eq(questions.conversationId, conversationId),
            eq(questions.activityId, activityId),
          ),
        )
        .returning({ id: questions.id });
      return rated.length > 0;
    },
  };
}
