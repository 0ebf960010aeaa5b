import { and, eq, exists, inArray, isNotNull, like, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../../../core/ports/db.ts';
import { byName } from '../../../../core/rows/columns.ts';
import { memberships, organizationAliases, organizations, tenantMappings } from '../../tables.ts';
import { nameKeyOf, nearest, wordsOf } from '../rules/names.ts';
import { bodyKeyed } from './body-names.ts';

/** As many as a list to choose from bears; beyond, a name is written. */
const LISTED = 100;
/** Read to find what is alike. */
const CANDIDATES = 500;
const PROPOSED = 5;

export interface NamedBody {
  readonly id: string;
  readonly name: string;
}

/** The bodies that people choose from, and those that a name may mean. */
export function buildBodies(db: Db) {
  /** Those that the broker knows: in its register, or somebody was confirmed there, or a tenant is theirs. */
  const isKnown = or(
    isNotNull(organizations.registeredAt),
    exists(
      db
        .select({ one: sql`1` })
        .from(memberships)
        .where(and(eq(memberships.organizationId, organizations.id), eq(memberships.state, 'confirmed'))),
    ),
    exists(
      db
        .select({ one: sql`1` })
        .from(tenantMappings)
        .where(eq(tenantMappings.organizationId, organizations.id)),
    ),
  );

  /** Everything under which a body is known, its own name first. */
  const namesLike = (
    where: (key: typeof organizations.key | typeof organizationAliases.key) => SQL | undefined,
  ) =>
    Promise.all([
      db
        .select({ id: organizations.id, key: organizations.key, name: organizations.name })
        .from(organizations)
        .where(and(isKnown, where(organizations.key)))
        .limit(CANDIDATES),
      db
        .select({ id: organizations.id, key: organizationAliases.key, name: organizations.name })
        .from(organizationAliases)
        .innerJoin(organizations, eq(organizations.id, organizationAliases.organizationId))
        .where(and(isKnown, where(organizationAliases.key)))
        .limit(CANDIDATES),
    ]).then((lists) => lists.flat());

  return {
    /** The body that is known under a name, its own or another. */
    bodyNamed: (name: string): Promise<NamedBody | undefined> => bodyKeyed(db, nameKeyOf(name)),

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

    /** The names of some bodies, by id. */
    async namesOf(ids: readonly string[]): Promise<Map<string, string>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .select({ id: organizations.id, name: organizations.name })
        .from(organizations)
        .where(inArray(organizations.id, [...new Set(ids)]));
      return new Map(rows.map(({ id, name }) => [id, name]));
    },

    /** The names to choose from, in order; none when they are more than a list bears. */
    async names(): Promise<string[]> {
      const rows = await db
        .select({ name: organizations.name })
        .from(organizations)
        .where(isKnown)
        .orderBy(byName(organizations.name))
        .limit(LISTED + 1);
      return rows.length > LISTED ? [] : rows.map((row) => row.name);
    },

    /** Whether a name means a body that is known, under this name or another. */
    isNamed: async (name: string): Promise<boolean> => (await bodyKeyed(db, nameKeyOf(name))) !== undefined,

    /** The known bodies that a name may mean, the likest first: slips, words left out, an acronym. */
    async near(name: string): Promise<NamedBody[]> {
      const key = nameKeyOf(name);
      const words = wordsOf(key);
      // A word or its beginning, so that a slip further on does not hide it.
      const shared = (column: typeof organizations.key | typeof organizationAliases.key) =>
        or(...words.map((word) => like(column, `%${word.length < 3 ? word : word.slice(0, 4)}%`)));
      const isAcronym = words.length === 1 && key.length <= 8;
      const beginning = (column: typeof organizations.key | typeof organizationAliases.key) =>
        like(column, `${key.slice(0, 1)}%`);
      const found = await namesLike((column) =>
        or(shared(column), isAcronym ? beginning(column) : undefined),
      );
      const ranked = nearest(key, found, CANDIDATES);
      return [...new Map(ranked.map(({ id, name }) => [id, { id, name }])).values()].slice(0, PROPOSED);
    },
  };
}
