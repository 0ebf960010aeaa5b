import { and, asc, desc, eq, gte, isNull, notExists, or, sql } from 'drizzle-orm';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { PersonKey } from '../../../people/index.ts';
import { questions, knowledgeImprovements as table } from '../../tables.ts';
import type { Unmet } from '../rules/grouping.ts';

export type Improvement = typeof table.$inferSelect;

const DAYS = 90;
/** The newest so many are grouped. */
const MOST = 5_000;
const LIST = 5;
export const author = { tenantId: table.authorTenant, objectId: table.authorId };

/** A question of which nobody made anything, or of which it was undone. */
export const isOpen = (from: Db) =>
  notExists(
    from
      .select({ one: sql`1` })
      .from(table)
      .where(and(isNull(table.undoneAt), sql`${questions}.id = any(${table}.covers)`)),
  );

/** The questions that were not, or badly, answered, and what was made of them, as they are read. */
export function buildImprovementRecords(db: Db, clock: Clock) {
  return {
    /** The questions of the last ninety days without a sure answer, or with one that did not help: what waits, and what does not any more. */
    async unmetQuestions(): Promise<Unmet[]> {
      const since = asDate(clock.now().subtract({ hours: 24 * DAYS }));
      const rows = await db
        .select({
          id: questions.id,
          text: questions.text,
          entryId: questions.entryId,
          nearest: questions.nearest,
          rating: questions.rating,
          askedAt: questions.askedAt,
          waits: sql<boolean>`${isOpen(db)}`,
        })
        .from(questions)
        .where(
          and(gte(questions.askedAt, since), or(isNull(questions.entryId), eq(questions.rating, 'down'))),
        )
        .orderBy(desc(questions.askedAt), asc(questions.id))
        .limit(MOST);
      return rows.map(({ entryId, nearest, rating, waits, ...question }) => ({
        ...question,
        nearest: entryId ?? nearest[0],
        displeased: rating === 'down',
        handled: !waits,
      }));
    },

    /** What was made with an id, if it was. */
    async findImprovement(id: string): Promise<Improvement | undefined> {
      const [row] = await db.select().from(table).where(eq(table.id, id));
      return row;
    },

    /** What was made and stands, the newest first, a page of it. */
    async improvementsPage(page: number): Promise<Page<Improvement>> {
      const total = await db.$count(table, isNull(table.undoneAt));
      const shown = nearestPage(page, total, LIST);
      const rows = await db
        .select()
        .from(table)
        .where(isNull(table.undoneAt))
        .orderBy(desc(table.at), asc(table.id))
        .limit(LIST)
        .offset((shown - 1) * LIST);
      return pageAt(rows, shown, total, LIST);
    },

    /** The wordings that were added to an entry. */
    wordingsOf: (entryId: string): Promise<{ text: string }[]> =>
      db
        .select({ text: table.text })
        .from(table)
        .where(and(eq(table.act, 'wording'), eq(table.entryId, entryId), isNull(table.undoneAt))),

    /** What a member of the staff made. */
    improvementsOf: (person: PersonKey) =>
      db
        .select({
          act: table.act,
          entryId: table.entryId,
          text: table.text,
          at: table.at,
          undoneAt: table.undoneAt,
        })
        .from(table)
        .where(isPerson(author, person))
        .orderBy(desc(table.at)),
  };
}
