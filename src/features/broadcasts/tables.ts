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
import { moment } from '../../core/columns.ts';
import type { InstallOutcome } from '../../core/ports.ts';
import type { AudienceChoice } from './rules/audience.ts';
import { STATES } from './rules/states.ts';

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
