import { and, count, desc, eq, gte, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import type { Db, Tx } from '../../core/ports.ts';
import type { Person, Turn } from '../../core/turn.ts';
import type { Reason } from './schema.ts';
import type { SearchResult } from './search/index.ts';
import { questions } from './tables.ts';

export type AskedQuestion = typeof questions.$inferSelect;

/** Unanswered questions are kept ninety days, and all the others with them. */
const RETENTION_HOURS = 24 * 90;
const TOP = 5;

/** Each question, what was shown for it and what its author thought of it. */
export function buildQuestions(db: Db, clock: Clock) {
  /** Loads a question for its author in the conversation where it was asked; for anyone else it does not exist. */
  const ownedBy = (id: string, { person, conversation }: Turn) =>
    and(
      eq(questions.id, id),
      eq(questions.tenantId, person.tenantId),
      eq(questions.objectId, person.objectId),
      eq(questions.conversationId, conversation.id),
    );

  return {
    /** The row of a question, not yet written: its card can be drawn while it is. */
    draft({ person, conversation, effect }: Turn, text: string, result: SearchResult): AskedQuestion {
      return {
        id: effect,
        tenantId: person.tenantId,
        objectId: person.objectId,
        conversationId: conversation.id,
        text: text.slice(0, 1_000),
        outcome: result.outcome,
        entryId: result.outcome === 'answer' ? (result.hits[0]?.id ?? null) : null,
        score: result.hits[0]?.score ?? 0,
        nearest: result.hits.map((hit) => hit.id),
        rating: null,
        reason: null,
        comment: null,
        askedAt: asDate(clock.now()),
      };
    },

    /** Writes a question down, once however often it is called. */
    async save(question: AskedQuestion): Promise<void> {
      await db.insert(questions).values(question).onConflictDoNothing();
    },

    async find(id: string, turn: Turn): Promise<AskedQuestion | undefined> {
      const [row] = await db.select().from(questions).where(ownedBy(id, turn));
      return row;
    },

    /** Writes what the author did with the answer, while it is `still` so; else undefined, as when it is not theirs. */
    async change(
      id: string,
      turn: Turn,
      change: {
        entryId?: string | null;
        rating?: 'up' | 'down' | null;
        reason?: Reason | null;
        comment?: string | null;
      },
      still?: SQL,
    ): Promise<AskedQuestion | undefined> {
      const [row] = await db
        .update(questions)
        .set(change)
        .where(and(ownedBy(id, turn), still))
        .returning();
      return row;
    },

    /** The author's opinion, the first one that they gave. */
    rate(id: string, turn: Turn, rating: 'up' | 'down'): Promise<AskedQuestion | undefined> {
      return this.change(id, turn, { rating }, isNull(questions.rating));
    },

    /** Why the answer did not help; only beside such an opinion. */
    explain(id: string, turn: Turn, reason: Reason, comment: string | null) {
      return this.change(id, turn, { reason, comment }, eq(questions.rating, 'down'));
    },

    /** Figures of the last thirty days for the broker's staff. */
    async summary() {
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

export type Questions = ReturnType<typeof buildQuestions>;
