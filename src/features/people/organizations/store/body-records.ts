import { and, asc, eq, exists, ilike, inArray, or, type SQL, sql } from 'drizzle-orm';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { byName } from '../../../../core/rows/columns.ts';
import {
  memberships,
  organizationAliases,
  organizationContacts,
  organizations,
  tenantMappings,
} from '../../tables.ts';
import { nameKeyOf, wordsOf } from '../rules/names.ts';
import type { NamedBody } from './bodies.ts';

const PAGE = 8;

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

/** A body, with whom to write to, and how many tenants are its own. */
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

/** Each word of a search occurs in the body's name, or in another of its names. */
const isCalled = (db: Db, search: string): SQL | undefined =>
  and(
    ...wordsOf(nameKeyOf(search)).map((word) =>
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

/** The bodies as the staff look at them. */
export const buildBodyRecords = (db: Db) => ({
  /** Bodies to choose from, by name: a page of those that a search finds, or of these; the nearest one. */
  async bodiesToChoose(
    which: { readonly sought: string } | { readonly ids: readonly string[] },
    wanted: number,
    size: number,
  ): Promise<Page<NamedBody>> {
    const where = 'ids' in which ? inArray(organizations.id, [...which.ids]) : isCalled(db, which.sought);
    const total = await db.$count(organizations, where);
    const page = nearestPage(wanted, total, size);
    const rows = await db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(where)
      .orderBy(byName(organizations.name), asc(organizations.id))
      .limit(size)
      .offset((page - 1) * size);
    return pageAt(rows, page, total, size);
  },

  /** Bodies by name, a page, the nearest one, of those in which each word of a search occurs, under any of their names. */
  async bodiesPage(search: string, wanted: number): Promise<Page<BodyRecord>> {
    const where = isCalled(db, search);
    const total = await db.$count(organizations, where);
    const page = nearestPage(wanted, total, PAGE);
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
      total,
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
