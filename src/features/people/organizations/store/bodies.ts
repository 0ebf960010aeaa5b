import { and, asc, count, eq, exists, ilike, inArray, isNotNull, like, or, type SQL, sql } from 'drizzle-orm';
import { byName } from '../../../../core/columns.ts';
import { notFound } from '../../../../core/errors.ts';
import { type Page, pageAt } from '../../../../core/paging.ts';
import type { Db } from '../../../../core/ports.ts';
import {
  memberships,
  organizationAliases,
  organizationContacts,
  organizations,
  tenantMappings,
} from '../../tables.ts';
import { keyOf, nearest, wordsOf } from '../rules/names.ts';
import { bodyKeyed } from './body-names.ts';

const PAGE = 8;
/** As many as a list to choose from bears; beyond, a name is written. */
export const LISTED = 100;
/** Read to find what is alike. */
const CANDIDATES = 500;
const PROPOSED = 5;

export interface NamedBody {
  readonly id: string;
  readonly name: string;
}

/** A body as the staff keep it. */
export interface BodyRecord extends NamedBody {
  readonly revision: number;
  readonly members: number;
  readonly kind: string | null;
  readonly rcti: boolean | null;
  /** The staff said the kind themselves. */
  readonly confirmed: boolean;
  readonly aliases: readonly string[];
}

/** The same, with whom to write to, and how many tenants are its own. */
export interface BodyInFull extends BodyRecord {
  readonly contacts: readonly { readonly name: string; readonly email: string }[];
  readonly tenants: number;
  readonly waiting: number;
}

const membersOf = sql<number>`(select count(*)::int from ${memberships} m
  where m.organization_id = ${organizations}.id and m.state = 'confirmed')`;

const recordColumns = {
  revision: organizations.revision,
  kind: organizations.kind,
  rcti: organizations.rcti,
  confirmed: sql<boolean>`${organizations.kindConfirmedAt} is not null`,
  members: membersOf,
};

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
    /** The bodies to choose from, by name; undefined when they are more than a list bears: their names are written. */
    async choices(): Promise<NamedBody[] | undefined> {
      const rows = await db
        .select({ id: organizations.id, name: organizations.name })
        .from(organizations)
        .orderBy(byName(organizations.name))
        .limit(LISTED + 1);
      return rows.length > LISTED ? undefined : rows;
    },

    /** The body that is known under a name, its own or another. */
    bodyNamed: (name: string): Promise<NamedBody | undefined> => bodyKeyed(db, keyOf(name)),

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
    isNamed: async (name: string): Promise<boolean> => (await bodyKeyed(db, keyOf(name))) !== undefined,

    /** The known bodies that a name may mean, the likest first: slips, words left out, an acronym. */
    async near(name: string): Promise<NamedBody[]> {
      const key = keyOf(name);
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

/** The bodies as the staff look at them. */
export const buildBodyRecords = (db: Db) => ({
  /** Bodies by name, a page of those in which each word of a search occurs, under any of their names. */
  async bodiesPage(search: string, page: number): Promise<Page<BodyRecord>> {
    const words = wordsOf(keyOf(search));
    const where = and(
      ...words.map((word) =>
        or(
          ilike(organizations.key, `%${word}%`),
          exists(
            db
              .select({ one: sql`1` })
              .from(organizationAliases)
              .where(
                and(
                  eq(organizationAliases.organizationId, organizations.id),
                  ilike(organizationAliases.key, `%${word}%`),
                ),
              ),
          ),
        ),
      ),
    );
    const [counted] = await db.select({ total: count() }).from(organizations).where(where);
    const rows = await db
      .select({
        id: organizations.id,
        name: organizations.name,
        ...recordColumns,
      })
      .from(organizations)
      .where(where)
      .orderBy(byName(organizations.name), asc(organizations.id))
      .limit(PAGE)
      .offset((page - 1) * PAGE);
    return pageAt(
      rows.map((row) => ({ ...row, aliases: [] })),
      page,
      counted?.total ?? 0,
      PAGE,
    );
  },

  /** One body, with its other names. */
  async body(id: string): Promise<BodyInFull> {
    const [row] = await db
      .select({
        id: organizations.id,
        name: organizations.name,
        ...recordColumns,
        waiting: sql<number>`(select count(*)::int from ${memberships} m
          where m.organization_id = ${organizations}.id and m.state = 'pending')`,
        tenants: sql<number>`(select count(*)::int from ${tenantMappings} t
          where t.organization_id = ${organizations}.id)`,
      })
      .from(organizations)
      .where(eq(organizations.id, id));
    if (!row) throw notFound();
    const aliases = await db
      .select({ name: organizationAliases.name })
      .from(organizationAliases)
      .where(eq(organizationAliases.organizationId, id))
      .orderBy(byName(organizationAliases.name))
      .limit(50);
    const contacts = await db
      .select({ name: organizationContacts.name, email: organizationContacts.email })
      .from(organizationContacts)
      .where(eq(organizationContacts.organizationId, id))
      .orderBy(byName(organizationContacts.name))
      .limit(20);
    return { ...row, aliases: aliases.map(({ name }) => name), contacts };
  },
});
