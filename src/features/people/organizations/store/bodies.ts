import { eq, inArray } from 'drizzle-orm';
import { byName } from '../../../../core/columns.ts';
import { newId } from '../../../../core/id.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import { fold } from '../../../../core/text.ts';
import { organizations } from '../../tables.ts';

/** Letters and digits of a name, without accents: « Ministère de l'Énergie » is one body however it is typed. */
const keyOf = (name: string): string =>
  fold(name)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** The body of that name, known or new. */
export async function bodyNamed(tx: Tx, name: string, now: Date) {
  const key = keyOf(name);
  await tx.insert(organizations).values({ id: newId(), key, name, createdAt: now }).onConflictDoNothing();
  const [organization] = await tx.select().from(organizations).where(eq(organizations.key, key));
  if (!organization) throw new Error('organization not written');
  return organization;
}

/** The public bodies that somebody acts for. */
export function buildBodies(db: Db) {
  return {
    /** The bodies that are known, by name. */
    all: (): Promise<{ id: string; name: string }[]> =>
      db
        .select({ id: organizations.id, name: organizations.name })
        .from(organizations)
        .orderBy(byName(organizations.name))
        .limit(300),

    /** The names of some bodies, in order. */
    async named(ids: readonly string[]): Promise<string[]> {
      if (ids.length === 0) return [];
      const rows = await db
        .select({ name: organizations.name })
        .from(organizations)
        .where(inArray(organizations.id, [...ids]))
        .orderBy(byName(organizations.name));
      return rows.map((row) => row.name);
    },

    /** The names that are known, in order, for the list of choices. */
    async names(): Promise<string[]> {
      const rows = await db
        .select({ name: organizations.name })
        .from(organizations)
        .orderBy(byName(organizations.name))
        .limit(300);
      return rows.map((row) => row.name);
    },
  };
}
