import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  serial,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment } from '../../core/rows/columns.ts';
import type { RegisterProblem, RegisterRow } from './registering/rules/row.ts';

/** Everyone who wrote to the assistant, by Entra tenant and object id. The name is what Teams showed last. */
export const people = pgTable(
  'people',
  {
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    name: text().notNull(),
    role: text({ enum: ['client', 'staff', 'admin'] })
      .notNull()
      .default('client'),
    firstSeen: moment('first_seen').notNull(),
    /** The last message, command, button or form, to the day. */
    lastSeen: moment('last_seen').notNull(),
    /** When they were told that they are to be forgotten: it holds unless they were seen since. */
    warnedAt: moment('warned_at'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.objectId] })],
);

/** A public body, whatever it is called. `key` is its folded name: one row however it is typed. */
export const organizations = pgTable('organizations', {
  id: uuid().primaryKey(),
  key: text().notNull().unique(),
  name: text().notNull(),
  /** Its kind for the right to buy (guide 2.4), and whether the RCTI applies, once a member has said. */
  kind: text(),
  rcti: boolean(),
  /** When the broker's staff said so themselves: members do not change it any more. */
  kindConfirmedAt: moment('kind_confirmed_at'),
  /** When the staff put it in their register: it is proposed to whoever declares a name like its own. */
  registeredAt: moment('registered_at'),
  revision: integer().notNull().default(1),
  createdAt: moment('created_at').notNull(),
});

/** The other names of a body: former ones, acronyms, what somebody typed for it. */
export const organizationAliases = pgTable(
  'organization_aliases',
  {
    key: text().primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('organization_aliases_body').on(table.organizationId)],
);

/** Whom the staff write to at a body, as its register says. */
export const organizationContacts = pgTable(
  'organization_contacts',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    /** In lower case. */
    email: text().notNull(),
    name: text().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.email] })],
);

/** A register of bodies that one of the staff dropped, until they confirm it. */
export const registerImports = pgTable(
  'people_register_imports',
  {
    id: uuid().primaryKey(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    fileName: text('file_name').notNull(),
    state: text({ enum: ['waiting', 'done', 'discarded'] })
      .notNull()
      .default('waiting'),
    rows: jsonb().$type<readonly RegisterRow[]>().notNull(),
    problems: jsonb().$type<readonly RegisterProblem[]>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('people_register_imports_person').on(table.tenantId, table.objectId)],
);

/** Tenants whose people belong to one known public body: their requests need no confirmation. */
export const tenantMappings = pgTable('tenant_mappings', {
  tenantId: text('tenant_id').primaryKey(),
  organizationId: uuid('organization_id')
    .notNull()
    .references(() => organizations.id),
  mappedAt: moment('mapped_at').notNull(),
});

/** Who acts for which public body. One at a time; `pending` until the broker's staff or the tenant's mapping confirms it. */
export const memberships = pgTable(
  'memberships',
  {
    id: uuid().primaryKey(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    state: text({ enum: ['pending', 'confirmed', 'refused', 'revoked'] }).notNull(),
    revision: integer().notNull().default(1),
    /** What follows the @ of their address, where the deployer lets the staff see it. */
    domain: text(),
    requestedAt: moment('requested_at').notNull(),
    decidedAt: moment('decided_at'),
  },
  (table) => [
    foreignKey({
      columns: [table.tenantId, table.objectId],
      foreignColumns: [people.tenantId, people.objectId],
    }).onDelete('restrict'),
    uniqueIndex('memberships_person').on(table.tenantId, table.objectId),
    index('memberships_state').on(table.state, table.requestedAt),
    index('memberships_body').on(table.organizationId, table.state),
  ],
);

/**
 * Who acts for which public body now: what anybody may see and do of a body's things is drawn from here, at each use.
 * Somebody who asked for another body acts for none until it is confirmed.
 */
export const acting = pgView('people_acting', {
  tenantId: text('tenant_id').notNull(),
  objectId: text('object_id').notNull(),
  organizationId: uuid('organization_id').notNull(),
}).as(sql`
  select m.tenant_id, m.object_id, m.organization_id from memberships m where m.state = 'confirmed'`);

/** The channel where the broker's staff receive questions: a single row. */
export const staffChannel = pgTable('staff_channel', {
  single: boolean().primaryKey().default(true),
  conversationId: text('conversation_id').notNull(),
  designatedAt: moment('designated_at').notNull(),
  /** When Teams was found to refuse it, or to know it no more; null while it answers. */
  lostAt: moment('lost_at'),
  /** The administrators of the configuration, as each start finds them: the database reads whom they are. */
  admins: text().array().notNull().default([]),
});

/** Short-lived links: only the hash of the token is kept. */
export const downloadLinks = pgTable('download_links', {
  tokenHash: text('token_hash').primaryKey(),
  kind: text().notNull(),
  subject: jsonb().notNull(),
  expiresAt: moment('expires_at').notNull(),
});

/**
 * Links to pages for suppliers and to feeds for calendars, one a row. Their secrets are drawn from their ids and the key
 * of the installation: none is here.
 */
export const pageLinks = pgTable(
  'page_links',
  {
    id: uuid().primaryKey(),
    number: serial().notNull().unique(),
    kind: text().notNull(),
    /** What it is for, by ids. */
    subject: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    /** Whose it is, when it is a person's own; '' for a supplier's. */
    tenantId: text('tenant_id').notNull().default(''),
    objectId: text('object_id').notNull().default(''),
    /** Who asked for it; '' when a page gave it by itself, or the release before. */
    madeTenant: text('made_tenant').notNull().default(''),
    madeId: text('made_id').notNull().default(''),
    madeBy: text('made_by').notNull().default(''),
    madeAt: moment('made_at').notNull(),
    until: moment('until').notNull(),
    /** The day of its last use. */
    usedOn: date('used_on'),
    revokedAt: moment('revoked_at'),
    revokedTenant: text('revoked_tenant'),
    revokedId: text('revoked_id'),
    revokedBy: text('revoked_by'),
  },
  (table) => [
    index('page_links_subject').on(table.kind, table.subject),
    index('page_links_person').on(table.tenantId, table.objectId),
    index('page_links_until').on(table.until),
  ],
);

/** The key that signs links for people without an account: a single row, made when it is first needed. */
export const signingKey = pgTable('signing_key', {
  single: boolean().primaryKey().default(true),
  key: text().notNull(),
  createdAt: moment('created_at').notNull(),
});

/** The keys that followed the first one, by their numbers: the newest signs, each opens what it signed. */
export const signingKeys = pgTable('signing_keys', {
  number: integer().primaryKey(),
  key: text().notNull(),
  createdAt: moment('created_at').notNull(),
});

/** How often something was done on a day, by a person (`tenant/object`), for a body, from a tenant. Kept a week. */
export const quotaCounts = pgTable(
  'quota_counts',
  {
    act: text().notNull(),
    day: date().notNull(),
    scope: text({ enum: ['person', 'body', 'tenant'] }).notNull(),
    who: text().notNull(),
    n: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.act, table.day, table.scope, table.who] }),
    index('quota_counts_who').on(table.scope, table.who, table.day),
    index('quota_counts_day').on(table.day),
  ],
);

/** Who did what to which object. Rows are added and, after their retention, purged; a trigger refuses changes. */
export const audit = pgTable(
  'audit',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    at: moment('at').notNull(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    action: text().notNull(),
    object: text().notNull(),
  },
  (table) => [
    index('audit_actor').on(table.tenantId, table.objectId),
    index('audit_object').on(table.object.op('text_pattern_ops')),
    index('audit_at').on(table.at),
    // Whom the staff refused or removed: few, of all that is written down.
    index('audit_refusals')
      .on(table.object)
      .where(sql`${table.action} in ('membership.refuse', 'membership.revoke')`),
  ],
);

/**
 * The links of the audit trail, one a row: each has the hash of the one before it and of its own row. The database adds
 * them when a transaction is committed, and refuses that they be changed.
 */
export const auditChain = pgTable('audit_chain', {
  position: bigint({ mode: 'number' }).primaryKey(),
  auditId: bigint('audit_id', { mode: 'number' })
    .notNull()
    .unique()
    .references(() => audit.id),
  /** Lower case hexadecimal SHA-256; empty for the first link of all. */
  previous: text().notNull(),
  hash: text().notNull(),
});

/** Days on which the broker's office is closed besides the holidays; who closed it is in the trail. */
export const closedDays = pgTable('closed_days', {
  /** ISO date, as the broker's office has it. */
  day: text().primaryKey(),
  label: text().notNull(),
  createdAt: moment('created_at').notNull(),
});
