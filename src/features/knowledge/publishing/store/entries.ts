import { and, asc, count, desc, eq, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import { notFound } from '../../../../core/errors.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { byName } from '../../../../core/rows/columns.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { LiveEntry } from '../../answering/rules.ts';
import type { EntryFilter } from '../../screens/schema.ts';
import { knowledgeEntries as table, knowledgeEntryVersions as versions } from '../../tables.ts';

export type EntryVersion = typeof versions.$inferSelect;

/** An entry of the staff as it stands: the words of its newest version, and whether it was withdrawn. */
export interface EntryNow extends LiveEntry {
  /** The number of its newest version: what a card of it was drawn from. */
  readonly number: number;
  readonly retired: Date | null;
  readonly escalationId: string | null;
}

const LIST = 5;
const HISTORY = 6;

/** What the newest version says; of an entry that the release before just published, which has none yet, its row. */
function entriesNow(db: Db) {
  const newest = db
    .selectDistinctOn([versions.entryId])
    .from(versions)
    .orderBy(versions.entryId, desc(versions.number))
    .as('newest');
  const title = sql<string>`coalesce(${newest.title}, ${table.title})`;
  const review = sql<string>`coalesce(${newest.review}, ${table.review})`;
  const owner = sql<string>`coalesce(nullif(${newest.authorName}, ''), ${table.owner})`;
  return {
    title,
    review,
    count: async (which: SQL | undefined): Promise<number> => {
      const counted = db.select({ total: count() }).from(table);
      const [row] = await counted.leftJoin(newest, eq(newest.entryId, table.id)).where(which);
      return row?.total ?? 0;
    },
    select: () =>
      db
        .select({
          id: table.id,
          escalationId: table.escalationId,
          title,
          alternates: sql<string[]>`coalesce(${newest.alternates}, ${table.alternates})`,
          answer: sql<string>`coalesce(${newest.answer}, ${table.answer})`,
          review,
          owner,
          number: sql<number>`coalesce(${newest.number}, 1)`.mapWith(Number),
          retired: table.retired,
          createdAt: table.createdAt,
        })
        .from(table)
        .leftJoin(newest, eq(newest.entryId, table.id)),
  };
}

/** An entry as it stands; undefined where there is none. Within a transaction, pass it on. */
export async function findEntry(from: Db, id: string): Promise<EntryNow | undefined> {
  const [row] = await entriesNow(from).select().where(eq(table.id, id));
  return row;
}

/** The entries that the staff wrote, as they are read. */
export function buildEntries(db: Db) {
  /** Which of them a list shows on a day. */
  const matching = (filter: EntryFilter, today: string): SQL | undefined =>
    filter === 'retired'
      ? isNotNull(table.retired)
      : and(isNull(table.retired), filter === 'review' ? lte(entriesNow(db).review, today) : undefined);

  return {
    findEntry: (id: string) => findEntry(db, id),

    async getEntry(id: string): Promise<EntryNow> {
      const entry = await findEntry(db, id);
      if (!entry) throw notFound();
      return entry;
    },

    /** Those in force, in the order in which they were published. */
    listLiveEntries: (): Promise<EntryNow[]> =>
      entriesNow(db).select().where(isNull(table.retired)).orderBy(asc(table.createdAt), asc(table.id)),

    /** The first ones that are to be looked at again by a day. */
    firstToReview(today: string): Promise<EntryNow[]> {
      const now = entriesNow(db);
      return now
        .select()
        .where(matching('review', today))
        .orderBy(asc(now.review), asc(table.id))
        .limit(LIST);
    },

    /** A page of them: by title, or by the day on which they are to be looked at again. */
    async entriesPage(filter: EntryFilter, page: number, today: string): Promise<Page<EntryNow>> {
      const now = entriesNow(db);
      const which = matching(filter, today);
      const total = await now.count(which);
      const shown = nearestPage(page, total, LIST);
      const order = filter === 'review' ? [asc(now.review)] : [byName(now.title)];
      const rows = await now
        .select()
        .where(which)
        .orderBy(...order, asc(table.id))
        .limit(LIST)
        .offset((shown - 1) * LIST);
      return pageAt(rows, shown, total, LIST);
    },

    /** What was done with an entry, newest first, a page of it. */
    async historyPage(id: string, page: number): Promise<Page<EntryVersion>> {
      const total = await db.$count(versions, eq(versions.entryId, id));
      const shown = nearestPage(page, total, HISTORY);
      const rows = await db
        .select()
        .from(versions)
        .where(eq(versions.entryId, id))
        .orderBy(desc(versions.number))
        .limit(HISTORY)
        .offset((shown - 1) * HISTORY);
      return pageAt(rows, shown, total, HISTORY);
    },

    /** What a member of the staff wrote. */
    versionsOf: (person: PersonKey) =>
      db
        .select({
          entry: versions.entryId,
          version: versions.number,
          act: versions.act,
          title: versions.title,
          answer: versions.answer,
          at: versions.at,
        })
        .from(versions)
        .where(isPerson({ tenantId: versions.authorTenant, objectId: versions.authorId }, person))
        .orderBy(desc(versions.at)),

    /** One version of an entry. Throws `notFound` where there is none. */
    async getVersion(id: string, number: number): Promise<EntryVersion> {
      const [row] = await db
        .select()
        .from(versions)
        .where(and(eq(versions.entryId, id), eq(versions.number, number)));
      if (!row) throw notFound();
      return row;
    },
  };
}
