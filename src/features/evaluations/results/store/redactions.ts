import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { notFound } from '../../../../core/errors.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../../people/index.ts';
import { evaluations, redactions, scores } from '../../tables.ts';
import { itsRedaction, markOf, readAs } from './result-comments.ts';
import type { ScoredYear } from './result-scores.ts';

export interface Redacted {
  readonly mark: string;
  readonly comment: string;
  /** Empty where it was taken away. */
  readonly words: string;
}

/** What the supplier reads in place of comments. */
export function buildRedactions(db: Db, audit: Audit) {
  const ofStanding = ({ supplier, year }: ScoredYear) =>
    and(eq(scores.supplierId, supplier), eq(scores.year, year));

  return {
    /** What stands in place of comments of a year, whatever became of these since. */
    redactionsOf: ({ supplier, year }: ScoredYear): Promise<Redacted[]> =>
      db
        .select({
          mark: sql<string>`md5(${redactions.evaluationId}::text || ${redactions.criterion})`,
          comment: sql<string>`coalesce(${scores.comment}, '')`,
          words: sql<string>`${redactions.words}`,
        })
        .from(redactions)
        .innerJoin(evaluations, eq(evaluations.id, redactions.evaluationId))
        .leftJoin(scores, itsRedaction)
        .where(
          and(eq(evaluations.supplierId, supplier), eq(evaluations.year, year), isNotNull(redactions.words)),
        ),

    /**
     * Puts words in place of a comment, takes it away (no words) or shows it again (null), as it was `seen`: stale where
     * somebody chose something else since. What stands already is answered alike. The journal has no words of it.
     */
    redact: (
      staff: Person,
      standing: ScoredYear,
      mark: string,
      words: string | null,
      seen: number,
    ): Promise<{ readonly kind: 'done' | 'stale' }> =>
      db.transaction(async (tx) => {
        const [written] = await tx
          .select({ evaluationId: scores.evaluationId, criterion: scores.criterion, readAs })
          .from(scores)
          .where(and(ofStanding(standing), eq(markOf, mark)));
        if (!written) throw notFound();
        const set = { words, readAs: written.readAs };
        const ours = and(
          eq(redactions.evaluationId, written.evaluationId),
          eq(redactions.criterion, written.criterion),
        );
        const [held] = await tx.select().from(redactions).where(ours);
        const stands = (row = held) => (row?.words ?? null) === words;
        if (stands() && (words === null || held?.readAs === written.readAs)) return { kind: 'done' };
        if (seen !== (held?.revision ?? 0)) return { kind: 'stale' };
        const changed = held
          ? await tx
              .update(redactions)
              .set({ ...set, revision: seen + 1 })
              .where(and(ours, eq(redactions.revision, seen)))
              .returning()
          : await tx
              .insert(redactions)
              .values({ evaluationId: written.evaluationId, criterion: written.criterion, ...set })
              .onConflictDoNothing()
              .returning();
        if (changed.length === 0) {
          // Somebody did at the same moment.
          const [now] = await tx.select().from(redactions).where(ours);
          return { kind: stands(now) ? 'done' : 'stale' };
        }
        const act = words === null ? 'evaluation.restoreComment' : 'evaluation.redact';
        await audit.record(tx, staff, act, `${standing.supplier}:${standing.year}`);
        return { kind: 'done' };
      }),
  };
}
