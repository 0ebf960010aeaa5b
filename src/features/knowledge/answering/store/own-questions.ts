import { and, desc, eq, lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import { questions } from '../../tables.ts';

/** Unanswered questions are kept ninety days, and all the others with them. */
const RETENTION_HOURS = 24 * 90;

/** What a person asked: shown to them, and forgotten. */
export function buildOwnQuestions(db: Db, clock: Clock) {
  return {
    heldOf: ({ tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>) =>
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
        .where(and(eq(questions.tenantId, tenantId), eq(questions.objectId, objectId)))
        .orderBy(desc(questions.askedAt)),

    async erase(tx: Tx, { tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>): Promise<void> {
      await tx
        .delete(questions)
        .where(and(eq(questions.tenantId, tenantId), eq(questions.objectId, objectId)));
    },

    async purge(): Promise<void> {
      await db
        .delete(questions)
        .where(lt(questions.askedAt, asDate(clock.now().subtract({ hours: RETENTION_HOURS }))));
    },
  };
}
