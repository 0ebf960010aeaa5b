import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm';
import type { Clock } from '../../../../core/clock.ts';
import { newId } from '../../../../core/id.ts';
import { recipientOf } from '../../../../core/people/recipient.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import { type Audit, type Quotas, staffAudience } from '../../../people/index.ts';
import { comments, commentWords } from '../../tables.ts';
import { COMPLAINT_KINDS } from '../rules.ts';

export type Comment = typeof comments.$inferSelect;
export type Word = typeof commentWords.$inferSelect;

export interface CommentParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly days: BusinessDays;
  readonly deliveries: Deliveries;
  readonly quotas: Pick<Quotas, 'spend'>;
}

/** What is not ended, as `turnOf` concludes it. */
export const OPEN: SQL | undefined = and(
  isNull(comments.closedAt),
  or(isNull(comments.answeredAt), isNotNull(comments.askedAt), inArray(comments.kind, COMPLAINT_KINDS)),
);

/** What was said and done of some comments since they were sent, in their order. */
export const wordsOf = (db: Db, ids: readonly string[]): Promise<Word[]> =>
  db
    .select()
    .from(commentWords)
    .where(inArray(commentWords.commentId, [...ids]))
    .orderBy(asc(commentWords.number));

/** The words of one; an answer of the release before, which is in none, comes first. */
export async function threadOf(db: Db, row: Comment): Promise<Word[]> {
  const words = await wordsOf(db, [row.id]);
  if (row.answer === null || row.answeredAt === null || words.some(({ act }) => act === 'answered'))
    return words;
  const { answer: text, answeredAt: at, answeredBy, id } = row;
  const before = { id, number: 0, commentId: id, act: 'answered' as const, closing: null };
  return [{ ...before, text, at, tenantId: '', objectId: '', name: answeredBy ?? '' }, ...words];
}

/** Whoever wrote is told of what was answered, or that the case is closed or open again. */
export async function tellAuthor(deliveries: Deliveries, tx: Tx, row: Comment): Promise<void> {
  if (row.objectId === '') return;
  const about = `comment:${row.id}`;
  await deliveries.address(
    tx,
    { kind: 'contracts.answer', key: `${about}:answer/${row.revision}`, about, subject: { comment: row.id } },
    [recipientOf(row)],
  );
}

/** The staff are told of a comment, or of a word that was added. */
export async function tellStaff(deliveries: Deliveries, tx: Tx, id: string, word = ''): Promise<void> {
  const about = `comment:${id}`;
  const key = word === '' ? about : `${about}:word/${word}`;
  const notice = { kind: 'contracts.comment', key, about, subject: { comment: id } };
  await deliveries.address(tx, notice, staffAudience(deliveries));
}

export const ofComment = (id: string): SQL => eq(comments.id, id);

type Said = Pick<Word, 'act'> & Partial<Pick<Word, 'text' | 'closing' | 'id'>>;

/** Writes down what was said or done of a comment. */
export const buildNoting =
  (now: () => Date) =>
  async (tx: Tx, person: Person, comment: string, { id = newId(), ...said }: Said): Promise<void> => {
    const { tenantId, objectId, name } = person;
    await tx
      .insert(commentWords)
      .values({ id, commentId: comment, tenantId, objectId, name, at: now(), ...said });
  };
