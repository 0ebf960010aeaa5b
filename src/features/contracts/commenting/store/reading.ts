import { and, count, desc, eq, gte, inArray, isNotNull, lt, type SQL, sql } from 'drizzle-orm';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import { asDate } from '../../../../core/clock.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Wait } from '../../../../core/routes/waiting.ts';
import { shorten } from '../../../../core/text/text.ts';
import { brokerDate, startOfDay } from '../../../../core/time/business-days.ts';
import { usualDays } from '../../../../core/time/usual-delay.ts';
import type { PersonKey } from '../../../people/index.ts';
import { comments, commentWords } from '../../tables.ts';
import { COMPLAINT_KINDS, commentDue, isComplaint, turnOf, waitsSince } from '../rules.ts';
import { type Comment, type CommentParts, OPEN, threadOf, type Word, wordsOf } from './records.ts';

const MOST_COMPLAINTS = 50;
const MOST_DELAYS = 200;
const MOST_SENT = 50;
const MOST_SHOWN = 140;

const startOf = (year: number) => asDate(startOfDay(Temporal.PlainDate.from({ year, month: 1, day: 1 })));
/** What was sent in a year. */
export const sentIn = (year: number): SQL | undefined =>
  and(gte(comments.createdAt, startOf(year)), lt(comments.createdAt, startOf(year + 1)));

/** « Un nouveau mot de la personne : … » : what there is to do of one. */
function waitText(row: Comment, last: Word | undefined): string {
  if (turnOf(row) === 'person') return `Répondu : voir si c’est réglé. ${shorten(row.text, MOST_SHOWN)}`;
  const said = last?.act === 'wrote' ? last.text : row.text;
  return shorten(said, MOST_SHOWN);
}

/** What the staff read, and whoever wrote. */
export function buildReading({ db, days }: CommentParts) {
  async function pageWhere(
    where: SQL | undefined,
    wanted: number,
    size: number,
  ): Promise<Page<Comment> & { readonly rows: Comment[] }> {
    const [counted] = await db.select({ total: count() }).from(comments).where(where);
    const total = counted?.total ?? 0;
    const page = nearestPage(wanted, total, size);
    const rows = await db
      .select()
      .from(comments)
      .where(where)
      .orderBy(desc(comments.number))
      .limit(size)
      .offset((page - 1) * size);
    return { ...pageAt(rows, page, total, size), rows };
  }

  return {
    /** In how many business days the broker usually answers first; undefined when too few were. */
    async usualDelay(): Promise<number | undefined> {
      const first = sql<Date>`coalesce((select min(w.at) from ${commentWords} w
        where w.comment_id = ${comments.id} and w.act = 'answered'), ${comments.answeredAt})`;
      const rows = await db
        .select({ createdAt: comments.createdAt, answeredAt: first.mapWith(comments.answeredAt) })
        .from(comments)
        .where(isNotNull(comments.answeredAt))
        .orderBy(desc(comments.answeredAt))
        .limit(MOST_DELAYS);
      return usualDays(
        rows.map(({ createdAt, answeredAt }) => days.between(brokerDate(createdAt), brokerDate(answeredAt))),
      );
    },

    /** What a person wrote, the latest first. */
    sentBy: (person: PersonKey): Promise<Comment[]> =>
      db
        .select()
        .from(comments)
        .where(isPerson(comments, person))
        .orderBy(desc(comments.number))
        .limit(MOST_SENT),

    /** A page of what a person wrote, the latest first. */
    ownPage: (person: PersonKey, page: number, size: number) =>
      pageWhere(isPerson(comments, person), page, size),

    /** A page of those that are open, or of all, about a supplier where one is named; the latest first. */
    page: (open: boolean, page: number, size: number, supplier = '') =>
      pageWhere(
        and(open ? OPEN : undefined, supplier === '' ? undefined : eq(comments.supplierId, supplier)),
        page,
        size,
      ),

    /** All that was said and done of one since it was sent. */
    thread: (row: Comment): Promise<Word[]> => threadOf(db, row),

    /** Those that are open, or some of them: what waits for an answer, and complaints that are to be followed up. */
    async waits(only?: readonly string[]): Promise<Wait[]> {
      const rows = await db
        .select()
        .from(comments)
        .where(and(OPEN, only && inArray(comments.id, [...only])));
      const again = rows.flatMap(({ id, askedAt }) => (askedAt ? [id] : []));
      const words = again.length === 0 ? [] : await wordsOf(db, again);
      const last = new Map(words.map((word) => [word.commentId, word]));
      return rows.map((row) => ({
        id: row.id,
        title: `${isComplaint(row.kind) ? 'Plainte' : 'Commentaire'} nº ${row.number}`,
        text: waitText(row, last.get(row.id)),
        person: row.name,
        actsFor: row.objectId === '' ? undefined : { tenantId: row.tenantId, objectId: row.objectId },
        since: waitsSince(row),
        due: commentDue(row, days),
        ...(row.answeredAt && { touched: row.answeredAt }),
      }));
    },

    /** How many complaints of a year there are about a supplier. */
    howManyComplaints: (supplier: string, year: number): Promise<number> =>
      db.$count(
        comments,
        and(eq(comments.supplierId, supplier), inArray(comments.kind, COMPLAINT_KINDS), sentIn(year)),
      ),

    /** The complaints of a year about a supplier, the latest first. */
    complaintsOf: (supplier: string, year: number): Promise<Comment[]> =>
      db
        .select()
        .from(comments)
        .where(and(eq(comments.supplierId, supplier), inArray(comments.kind, COMPLAINT_KINDS), sentIn(year)))
        .orderBy(desc(comments.createdAt))
        .limit(MOST_COMPLAINTS),
  };
}
