import { and, eq } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { newId } from '../../../../core/id.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { organizationAliases, organizations } from '../../tables.ts';
import { nameKeyOf } from '../rules/names.ts';

/** The body that a name means, under its own name or another. */
export async function bodyKeyed(db: Db, key: string) {
  const [own] = await db.select().from(organizations).where(eq(organizations.key, key));
  if (own) return own;
  const [named] = await db
    .select({ organization: organizations })
    .from(organizationAliases)
    .innerJoin(organizations, eq(organizations.id, organizationAliases.organizationId))
    .where(eq(organizationAliases.key, key));
  return named?.organization;
}

/** The body of that name, known or new. Names are given one at a time, so that no two bodies have the same. */
export async function bodyNamed(tx: Tx, name: string, now: Date) {
  const key = nameKeyOf(name);
  const known = await bodyKeyed(tx, key);
  if (known) return known;
  await serialize(tx, 'organization names');
  const meanwhile = await bodyKeyed(tx, key);
  if (meanwhile) return meanwhile;
  const [made] = await tx
    .insert(organizations)
    .values({ id: newId(), key, name, createdAt: now })
    .returning();
  if (!made) throw new Error('organization not written');
  return made;
}

/** Another name of a body: nobody is asked again which one was meant. `false` when it is its name already. */
export async function addAlias(tx: Tx, organizationId: string, name: string, now: Date): Promise<boolean> {
  await serialize(tx, 'organization names');
  const key = nameKeyOf(name);
  const holder = await bodyKeyed(tx, key);
  if (holder?.id === organizationId) return false;
  if (holder)
    throw new CourtierError('refused', `« ${name} » est déjà le nom d'un autre organisme : ${holder.name}.`);
  await tx.insert(organizationAliases).values({ key, organizationId, name, createdAt: now });
  return true;
}

/** What a body is called, which the staff correct: it keeps its identity whatever its name. */
export const buildBodyNames = (db: Db, clock: Clock, audit: Audit) => ({
  /** Gives a body another name, and keeps the former one so that it is still found by it. `stale` when it changed. */
  async rename(staff: Person, id: string, seen: number, name: string): Promise<'done' | 'stale'> {
    return db.transaction(async (tx) => {
      await serialize(tx, 'organization names');
      const [row] = await tx.select().from(organizations).where(eq(organizations.id, id)).for('update');
      if (!row) throw notFound();
      if (row.name === name) return 'done';
      if (row.revision !== seen) return 'stale';
      const key = nameKeyOf(name);
      const holder = await bodyKeyed(tx, key);
      if (holder && holder.id !== id)
        throw new CourtierError('refused', `« ${name} » est déjà le nom d'un autre organisme.`);
      await tx.delete(organizationAliases).where(eq(organizationAliases.key, key));
      await tx
        .update(organizations)
        .set({ key, name, revision: row.revision + 1 })
        .where(eq(organizations.id, id));
      if (row.key !== key)
        await tx
          .insert(organizationAliases)
          .values({ key: row.key, organizationId: id, name: row.name, createdAt: asDate(clock.now()) });
      await audit.record(tx, staff, 'organization.rename', id);
      return 'done';
    });
  },

  /** Another name under which a body is found. */
  async alias(staff: Person, id: string, name: string): Promise<void> {
    await db.transaction(async (tx) => {
      const [row] = await tx.select().from(organizations).where(eq(organizations.id, id));
      if (!row) throw notFound();
      if (await addAlias(tx, id, name, asDate(clock.now())))
        await audit.record(tx, staff, 'organization.alias', id);
    });
  },

  /** Takes another name away. */
  async unalias(staff: Person, id: string, name: string): Promise<void> {
    await db.transaction(async (tx) => {
      const gone = await tx
        .delete(organizationAliases)
        .where(and(eq(organizationAliases.organizationId, id), eq(organizationAliases.key, nameKeyOf(name))))
        .returning({ key: organizationAliases.key });
      if (gone.length > 0) await audit.record(tx, staff, 'organization.unalias', id);
    });
  },
});
