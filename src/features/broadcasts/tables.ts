import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { InstallOutcome } from '../../core/ports/directory.ts';
import { moment } from '../../core/rows/columns.ts';
import { LINE_PROBLEMS } from './lists/rules/reading.ts';
import type { AudienceChoice } from './rules/audience.ts';
import { STATES } from './rules/states.ts';
import type { TemplateContent } from './templates/rules.ts';

/** One row per notice of the broker. `edition` grows with each correction of what was sent. */
export const broadcasts = pgTable(
  'broadcasts',
  {
    id: uuid().primaryKey(),
    number: serial().notNull().unique(),
    revision: integer().notNull().default(1),
    state: text({ enum: STATES }).notNull().default('draft'),
    title: text().notNull(),
    text: text().notNull(),
    link: text().notNull().default(''),
    linkTitle: text('link_title').notNull().default(''),
    /** The address of a picture and what it shows; '' for none. */
    image: text().notNull().default(''),
    imageAlt: text('image_alt').notNull().default(''),
    urgent: boolean().notNull().default(false),
    acknowledge: boolean().notNull().default(false),
    categories: jsonb().$type<readonly string[]>().notNull().default([]),
    suppliers: jsonb().$type<readonly string[]>().notNull().default([]),
    audience: jsonb().$type<AudienceChoice>().notNull(),
    edition: integer().notNull().default(1),
    authorTenant: text('author_tenant').notNull(),
    authorId: text('author_id').notNull(),
    authorName: text('author_name').notNull(),
    approverName: text('approver_name'),
    /** When it goes, as chosen; at once when null. */
    scheduledAt: moment('scheduled_at'),
    /** The fingerprint of what may leave; null where the release before had it leave. */
    cleared: text(),
    /** When it went, or goes. */
    sendAt: moment('send_at'),
    /** The card that follows the sending. */
    followedIn: text('followed_in'),
    followedAs: text('followed_as'),
    redrawnAt: moment('redrawn_at'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [index('broadcasts_state').on(table.state, table.updatedAt)],
);

/** What a second person said of a text, an audience and an hour, by their fingerprint: that it may leave, or what is to change. */
export const reviews = pgTable(
  'broadcast_reviews',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    broadcastId: uuid('broadcast_id')
      .notNull()
      .references(() => broadcasts.id, { onDelete: 'restrict' }),
    fingerprint: text().notNull(),
    verdict: text({ enum: ['approved', 'returned'] }).notNull(),
    comment: text().notNull().default(''),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    name: text().notNull(),
    at: moment('at').notNull(),
  },
  (table) => [index('broadcast_reviews_text').on(table.broadcastId, table.fingerprint)],
);

/** Words that wait for an approval before they replace those that were sent: one at a time, by whoever wrote it last. */
export const corrections = pgTable('broadcast_corrections', {
  broadcastId: uuid('broadcast_id')
    .primaryKey()
    .references(() => broadcasts.id, { onDelete: 'restrict' }),
  title: text().notNull(),
  text: text().notNull(),
  link: text().notNull(),
  linkTitle: text('link_title').notNull(),
  image: text().notNull().default(''),
  imageAlt: text('image_alt').notNull().default(''),
  tenantId: text('tenant_id').notNull(),
  objectId: text('object_id').notNull(),
  name: text().notNull(),
  at: moment('at').notNull(),
});

/** Who said « J'ai pris connaissance ». */
export const acknowledgements = pgTable(
  'broadcast_acknowledgements',
  {
    broadcastId: uuid('broadcast_id')
      .notNull()
      .references(() => broadcasts.id, { onDelete: 'restrict' }),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.broadcastId, table.tenantId, table.objectId] })],
);

/** What became of the installation for somebody who lacked the assistant. */
export const installs = pgTable(
  'broadcast_installs',
  {
    broadcastId: uuid('broadcast_id')
      .notNull()
      .references(() => broadcasts.id, { onDelete: 'restrict' }),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    outcome: text().$type<InstallOutcome>().notNull(),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.broadcastId, table.tenantId, table.objectId] })],
);

/** Words to begin a notice with, under a name. `key` is the folded name: one template however it is typed. */
export const templates = pgTable('broadcast_templates', {
  id: uuid().primaryKey(),
  key: text().notNull().unique(),
  name: text().notNull(),
  revision: integer().notNull().default(1),
  content: jsonb().$type<TemplateContent>().notNull(),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
});

/** People to tell, as a file or a group of Entra names them: read again when a notice for them leaves. */
export const lists = pgTable(
  'broadcast_lists',
  {
    id: uuid().primaryKey(),
    number: serial().notNull().unique(),
    source: text({ enum: ['file', 'group'] }).notNull(),
    /** The name of the file, or of the group. */
    name: text().notNull(),
    groupTenant: text('group_tenant').notNull().default(''),
    groupId: text('group_id').notNull().default(''),
    /** Who gave it. */
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    createdAt: moment('created_at').notNull(),
    /** When the directory was asked about it last. */
    readAt: moment('read_at').notNull(),
  },
  (table) => [index('broadcast_lists_person').on(table.tenantId, table.objectId)],
);

/** One person of a list, as the file has them and as who they are; a person of a group has a line too. */
export const listPeople = pgTable(
  'broadcast_list_people',
  {
    listId: uuid('list_id')
      .notNull()
      .references(() => lists.id, { onDelete: 'restrict' }),
    /** The line of the file, counted from 1. */
    line: integer().notNull(),
    /** What the line says, as it was typed. */
    given: text().notNull().default(''),
    /** Why nobody is told for this line; null where somebody is. */
    problem: text({ enum: LINE_PROBLEMS }),
    /** The line that says the same. */
    sameAs: integer('same_as'),
    /** In lower case; '' where the file gives an Entra id. */
    email: text().notNull().default(''),
    /** '' as long as nobody knows who it is. */
    tenantId: text('tenant_id').notNull().default(''),
    objectId: text('object_id').notNull().default(''),
  },
  (table) => [
    primaryKey({ columns: [table.listId, table.line] }),
    index('broadcast_list_people_person').on(table.tenantId, table.objectId),
  ],
);
