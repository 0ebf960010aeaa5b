import { desc } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { PersonKey } from '../../../people/index.ts';
import { questions } from '../../tables.ts';

/** What a person asked: shown to them, and forgotten. */
export function buildOwnQuestions(db: Db) {
  return {
    heldOf: (person: PersonKey) =>
      db
        .select({
          text: questions.text,
          suite: questions.root,
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
  };
}
