import { and, desc, eq, gt, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { writtenTogether } from '../../../../core/rows/together.ts';
import type { Turn } from '../../../../core/turn.ts';
import type { Reason } from '../../screens/schema.ts';
import { questions } from '../../tables.ts';
import type { Understood } from '../understanding.ts';
import { buildOpinions } from './opinions.ts';
import { buildOwnQuestions } from './own-questions.ts';
import { buildQuestionFigures } from './question-figures.ts';

export type AskedQuestion = typeof questions.$inferSelect;

/** Longer than any question that is read: the rest of a message is not kept. */
const LONGEST = 2_000;
/** How long a question is what the next one goes on from, and for how many of them. */
const REMEMBERED = { minutes: 15 } as const;
const MOST_TURNS = 5;

/** What of a question says how it was read. */
type ReadAs = Pick<AskedQuestion, 'root' | 'depth' | 'outcome' | 'entryId' | 'alsoId' | 'score' | 'nearest'>;

/** How a message was read, as its row says it. */
export function readAs(
  { result: { outcome, hits }, root, also }: Understood,
  before?: Pick<AskedQuestion, 'depth'>,
): ReadAs {
  return {
    root: root ?? null,
    depth: root === undefined ? 0 : (before?.depth ?? 0) + 1,
    outcome,
    entryId: outcome === 'answer' ? (hits[0]?.id ?? null) : null,
    alsoId: also ?? null,
    score: hits[0]?.score ?? 0,
    nearest: hits.map((hit) => hit.id),
  };
}

/** Each question, what was shown for it and what its author thought of it. */
export function buildQuestions(db: Db, clock: Clock) {
  /** Loads a question for its author in the conversation where it was asked; for anyone else it does not exist. */
  const ownedBy = (id: string, { person, conversation }: Turn) =>
    and(eq(questions.id, id), isPerson(questions, person), eq(questions.conversationId, conversation.id));

  return {
    ...buildQuestionFigures(db, clock),
    ...buildOwnQuestions(db),
    ...buildOpinions(db),

    /** The row of a question, not yet written: its card can be drawn while it is. */
    draftQuestion(
      { person, conversation, effect }: Turn,
      text: string,
      read: Understood,
      before?: Pick<AskedQuestion, 'depth'>,
    ): AskedQuestion {
      return {
        id: effect,
        tenantId: person.tenantId,
        objectId: person.objectId,
        conversationId: conversation.id,
        text: text.slice(0, LONGEST),
        ...readAs(read, before),
        rating: null,
        reason: null,
        comment: null,
        askedAt: asDate(clock.now()),
        activityId: null,
      };
    },

    /** Writes a question down, once however often it is called. */
    saveQuestion: writtenTogether((asked: readonly AskedQuestion[]) =>
      db
        .insert(questions)
        // In an order that all processes have: two that write the same do not wait for each other.
        .values(asked.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
        .onConflictDoNothing(),
    ),

    /** The last question of the same person in the same conversation, while the next may go on from it. */
    async lastQuestion({ person, conversation }: Turn): Promise<AskedQuestion | undefined> {
      const [row] = await db
        .select()
        .from(questions)
        .where(
          and(
            isPerson(questions, person),
            eq(questions.conversationId, conversation.id),
            gt(questions.askedAt, asDate(clock.now().subtract(REMEMBERED))),
          ),
        )
        .orderBy(desc(questions.askedAt))
        .limit(1);
      return row && row.depth < MOST_TURNS ? row : undefined;
    },

    async findQuestion(id: string, turn: Turn): Promise<AskedQuestion | undefined> {
      const [row] = await db.select().from(questions).where(ownedBy(id, turn));
      return row;
    },

    /** Writes what the author did with the answer, while it is `still` so; else undefined, as when it is not theirs. */
    async changeQuestion(
      id: string,
      turn: Turn,
      change: Partial<ReadAs> & {
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

    /** The question read by itself, once: it went on from another until then. */
    readApart(id: string, turn: Turn, read: ReadAs): Promise<AskedQuestion | undefined> {
      return this.changeQuestion(id, turn, read, isNotNull(questions.root));
    },

    /** The author's opinion, the first one that they gave. */
    rate(id: string, turn: Turn, rating: 'up' | 'down'): Promise<AskedQuestion | undefined> {
      return this.changeQuestion(id, turn, { rating }, isNull(questions.rating));
    },

    /** Why the answer did not help; only beside such an opinion. */
    explain(id: string, turn: Turn, reason: Reason, comment: string | null) {
      return this.changeQuestion(id, turn, { reason, comment }, eq(questions.rating, 'down'));
    },
  };
}

export type Questions = ReturnType<typeof buildQuestions>;
