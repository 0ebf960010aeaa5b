import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db } from '../../../core/ports/db.ts';
import type { Person } from '../../../core/turn.ts';
import type { Files } from '../../acquisitions/index.ts';
import { QUESTIONS, questionNamed } from '../rules/questions.ts';
import { needsDelegations } from '../tables.ts';
import { namesOf } from './asked.ts';

/** Questions that need no answer of a colleague any more: whoever may put one takes it back. */
export function buildTakingBack(db: Db, files: Files) {
  return {
    /** Takes a question back from the colleagues who were shown and still have it; their names, '' where nobody has it. */
    async takeBack(person: Person, id: string, question: string, shown: readonly string[]): Promise<string> {
      const number = QUESTIONS.indexOf(questionNamed(question)) + 1;
      if (shown.length === 0) return '';
      const these = and(
        eq(needsDelegations.acquisitionId, id),
        eq(needsDelegations.question, question),
        eq(needsDelegations.state, 'waiting'),
        inArray(needsDelegations.id, [...shown]),
      );
      return db.transaction(async (tx) => {
        await files.findFile(id, person, tx);
        // Held before the file, as by whoever answers.
        await tx
          .select({ id: needsDelegations.id })
          .from(needsDelegations)
          .where(these)
          .orderBy(asc(needsDelegations.id))
          .for('update');
        await files.lockOpen(tx, id, person);
        const taken = await tx
          .update(needsDelegations)
          .set({ state: 'takenBack' })
          .where(these)
          .returning({ name: needsDelegations.name });
        const names = namesOf(taken);
        if (names !== '')
          await files.record(
            tx,
            id,
            person,
            `Question ${number} reprise : elle n’est plus posée à ${names}.`,
          );
        return names;
      });
    },
  };
}
