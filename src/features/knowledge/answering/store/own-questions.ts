import { desc, lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { isPerson } from '../../../../core/is-person.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import type { PersonKey } from '../../../people/index.ts';
import { questions } from '../../tables.ts';

/** Unanswered questions are kept ninety days, and all the others with them. */
const RETENTION_HOURS = 24 * 90;

/** What a person asked: shown to them, and forgotten. */
export function buildOwnQuestions(db: Db, clock: Clock) {
  return {
    heldOf: (person: PersonKey) =>
      db
        .select({
          text: questions.text,
          outcome: questions.outcome,
          entryId: questions.entryId,
          rating: questions.rating,
          reason: questions.reason,
          comment: questions.comment,
          askedAt: questions.askedAt,
        })
        .from(questions)
        .where(isPerson(questions, person))
        .orderBy(desc(questions.askedAt)),

    async erase(tx: Tx, person: PersonKey): Promise<void> {
      await tx.delete(questions).where(isPerson(questions, person));
    },

    async purge(): Promise<void> {
      await db
        .delete(questions)
        .where(lt(questions.askedAt, asDate(clock.now().subtract({ hours: RETENTION_HOURS }))));
    },
  };
}
