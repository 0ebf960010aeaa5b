import { inArray, ne, or, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import { type PersonKey, personKeyOf } from '../../../../core/people/person-key.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Role } from '../../../../core/routes/turns.ts';
import { byName } from '../../../../core/rows/columns.ts';
import type { Person } from '../../../../core/turn.ts';
import { memberships, people } from '../../tables.ts';
import { buildSeeing } from './seeing.ts';

const RANK: Record<Role, number> = { client: 0, staff: 1, admin: 2 };

export type { PersonKey } from '../../../../core/people/person-key.ts';

/**
 * Who is who. A person is an Entra object id in a tenant, never a name or an address.
 * `bootstrapAdmins` are the object ids, or `tenant/id`, that are administrators whatever the table says, so that a
 * new installation has somebody to name the others.
 */
export function buildPeople(db: Db, clock: Clock, bootstrapAdmins: readonly string[]) {
  const admins = new Set(bootstrapAdmins.map((id) => id.toLowerCase()));
  const isBootstrapAdmin = ({ tenantId, objectId }: PersonKey): boolean =>
    admins.has(objectId) || admins.has(`${tenantId}/${objectId}`);
  /** Those who have some roles, and those whom the configuration makes administrators. */
  const holding = (from: Db, roles: readonly Role[]) => {
    const configured = [...admins];
    const byConfiguration = [
      inArray(people.objectId, configured),
      inArray(sql`${people.tenantId} || '/' || ${people.objectId}`, configured),
    ];
    return from
      .select({ tenantId: people.tenantId, objectId: people.objectId, name: people.name })
      .from(people)
      .where(or(inArray(people.role, [...roles]), ...(configured.length > 0 ? byConfiguration : [])))
      .orderBy(byName(people.name), people.objectId);
  };

  return {
    ...buildSeeing(db, clock),

    async roleOf(person: PersonKey): Promise<Role> {
      if (isBootstrapAdmin(person)) return 'admin';
      const [row] = await db.select({ role: people.role }).from(people).where(isPerson(people, person));
      return row?.role ?? 'client';
    },

    async may(person: PersonKey, role: Role): Promise<boolean> {
      return RANK[await this.roleOf(person)] >= RANK[role];
    },

    isBootstrapAdmin,

    /** Gives a role to somebody, met already or not; false when they have it already. */
    async setRole(tx: Tx, person: Person, role: Role): Promise<boolean> {
      const at = asDate(clock.now());
      const changed = await tx
        .insert(people)
        .values({ ...person, role, firstSeen: at, lastSeen: at })
        .onConflictDoUpdate({
          target: [people.tenantId, people.objectId],
          set: { role },
          setWhere: ne(people.role, role),
        })
        .returning({ objectId: people.objectId });
      return changed.length === 1;
    },

    /** Staff and administrators, by name. */
    team: (): Promise<(Person & { role: Role })[]> =>
      db
        .select({
          tenantId: people.tenantId,
          objectId: people.objectId,
          name: people.name,
          role: people.role,
        })
        .from(people)
        .where(inArray(people.role, ['staff', 'admin']))
        .orderBy(byName(people.name), people.objectId),

    /**
     * Everybody who may act for the broker now, administrators by configuration included, by name. Held until the end
     * of a transaction where `held` says so: nobody of them is withdrawn meanwhile.
     */
    async staffNow(from: Db = db, { held = false } = {}): Promise<Person[]> {
      const query = holding(from, ['staff', 'admin']);
      return held ? query.for('share') : query;
    },

    /** The administrators, those of the configuration included, by name. */
    adminsNow: async (from: Db = db): Promise<Person[]> => holding(from, ['admin']),

    async findPerson(person: PersonKey): Promise<typeof people.$inferSelect | undefined> {
      const [row] = await db.select().from(people).where(isPerson(people, person));
      return row;
    },

    /** The names of some people, by object id; those whom nobody met are absent. */
    async names(keys: readonly PersonKey[]): Promise<Map<string, string>> {
      if (keys.length === 0) return new Map();
      const rows = await db
        .select()
        .from(people)
        .where(inArray(people.objectId, [...new Set(keys.map(({ objectId }) => objectId))]));
      const known = new Map(rows.map((row) => [personKeyOf(row), row.name]));
      return new Map(
        keys.flatMap((key) => {
          const name = known.get(personKeyOf(key));
          return name === undefined ? [] : [[key.objectId, name] as const];
        }),
      );
    },

    /** The names of those who have these object ids, in whatever tenant. */
    async namesOf(objectIds: readonly string[]): Promise<Map<string, string>> {
      const rows = await db
        .select({ objectId: people.objectId, name: people.name })
        .from(people)
        .where(inArray(people.objectId, [...objectIds]));
      return new Map(rows.map(({ objectId, name }) => [objectId, name]));
    },

    /** What somebody is called here: the name that Teams shows now, and the one that it showed last. */
    async namesIn(from: Db, person: Person): Promise<readonly string[]> {
      const [row] = await from.select({ name: people.name }).from(people).where(isPerson(people, person));
      return [...new Set([person.name, row?.name ?? ''])].filter((name) => name.trim() !== '');
    },

    async erase(tx: Tx, person: PersonKey): Promise<void> {
      await tx.delete(memberships).where(isPerson(memberships, person));
      await tx.delete(people).where(isPerson(people, person));
    },
  };
}

export type People = ReturnType<typeof buildPeople>;
