import { and, eq, sql } from 'drizzle-orm';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Directory } from '../../../../core/ports/directory.ts';
import type { Records } from '../../store/records.ts';
import { listPeople, lists } from '../../tables.ts';
import type { ListLine } from '../rules/reading.ts';

export type PeopleList = typeof lists.$inferSelect;

/** As many people as a group may have. */
export const MOST_MEMBERS = 20_000;
const BATCH = 1_000;

/** Writes the lines of a list. */
export async function writeLines(tx: Tx, listId: string, lines: readonly ListLine[]): Promise<void> {
  for (let start = 0; start < lines.length; start += BATCH)
    await tx
      .insert(listPeople)
      .values(lines.slice(start, start + BATCH).map((line) => ({ listId, ...line })));
}

/** Members of a group as lines of a list. */
export const linesOf = (
  people: readonly { readonly tenantId: string; readonly objectId: string }[],
): ListLine[] =>
  people.map((person, n) => ({ ...person, line: n + 1, given: '', email: '', problem: null, sameAs: null }));

/** What the directory says of lists of people, asked again whenever that counts. */
export function buildListReading({ db, now }: Pick<Records, 'db' | 'now'>, directory: Directory | undefined) {
  async function findList(id: string, from: Db = db): Promise<PeopleList> {
    const [row] = await from.select().from(lists).where(eq(lists.id, id));
    if (!row) throw notFound();
    return row;
  }

  const asked = async <T>(work: (directory: Directory) => Promise<T>): Promise<T> => {
    if (!directory) throw notFound();
    try {
      return await work(directory);
    } catch (cause) {
      throw new CourtierError(
        'unavailable',
        'L’annuaire ne répond pas en ce moment. Rien n’est perdu : recommencez dans quelques minutes.',
        cause,
      );
    }
  };

  /** Whether a directory has to be asked who is in a list. */
  async function isAsked({ id, source }: PeopleList): Promise<boolean> {
    if (!directory) return false;
    return (
      source === 'group' ||
      (await db.$count(listPeople, and(eq(listPeople.listId, id), sql`email <> ''`))) > 0
    );
  }

  /** Who has the addresses of a list now. */
  async function readFile(list: PeopleList, { findByEmail }: Directory): Promise<void> {
    const rows = await db
      .select({ email: listPeople.email })
      .from(listPeople)
      .where(and(eq(listPeople.listId, list.id), sql`email <> '' and problem is null`));
    const found = await findByEmail(rows.map(({ email }) => email));
    const known = JSON.stringify([...found].map(([email, who]) => ({ email, ...who })));
    await db.transaction(async (tx) => {
      await tx.execute(sql`
        update ${listPeople} e set tenant_id = coalesce(k."tenantId", ''), object_id = coalesce(k."objectId", '')
        from ${listPeople} same
        left join jsonb_to_recordset(${known}::jsonb) as k(email text, "tenantId" text, "objectId" text)
          on k.email = same.email
        where e.list_id = ${list.id}::uuid and e.email <> '' and same.list_id = e.list_id and same.line = e.line`);
      await tx.update(lists).set({ readAt: now() }).where(eq(lists.id, list.id));
    });
  }

  /** Who is in the group of a list now; nobody where there is no such group any more. */
  async function readGroup(list: PeopleList, { findGroup, membersOf }: Directory): Promise<void> {
    const group = await findGroup(list.groupTenant, list.groupId);
    const people = group ? await membersOf(list.groupTenant, list.groupId, MOST_MEMBERS) : [];
    await db.transaction(async (tx) => {
      await tx
        .update(lists)
        .set({ readAt: now(), ...(group && { name: group.name }) })
        .where(eq(lists.id, list.id));
      await tx.delete(listPeople).where(eq(listPeople.listId, list.id));
      await writeLines(tx, list.id, linesOf(people));
    });
  }

  /** Asks the directory again who is in a list. */
  async function readAgain(id: string): Promise<void> {
    const list = await findList(id);
    if (await isAsked(list))
      await asked((each) => (list.source === 'group' ? readGroup : readFile)(list, each));
  }

  return { findList, asked, isAsked, readAgain };
}
