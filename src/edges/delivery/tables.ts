import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { DeliveryReason } from '../../core/errors.ts';
import { DELIVERY_STATES } from '../../core/ports/delivery.ts';
import { moment } from '../../core/rows/columns.ts';

/** One row per conversation in which the assistant is installed. Dropped when it is removed. */
export const conversations = pgTable(
  'conversations',
  {
    id: text().primaryKey(),
    kind: text({ enum: ['personal', 'group', 'channel'] }).notNull(),
    tenantId: text('tenant_id').notNull(),
    teamId: text('team_id'),
    name: text(),
    personId: text('person_id'),
    serviceUrl: text('service_url').notNull(),
    botId: text('bot_id').notNull(),
    botName: text('bot_name').notNull(),
    welcomedAt: moment('welcomed_at'),
    seenAt: moment('seen_at').notNull(),
    /** Nothing is sent there meanwhile. */
    blocked: text({ enum: ['suspended', 'removed'] }),
  },
  (table) => [index('conversations_person').on(table.tenantId, table.personId)],
);

/** A condition that an index needs: few are for a conversation. */
export const IN_A_CONVERSATION = sql`conversation_id <> ''`;

/** The ledger: one row per notice and recipient, for ever unique. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: uuid().primaryKey().default(sql`gen_random_uuid()`),
    /** The notice's key. */
    notice: text().notNull(),
    about: text().notNull(),
    kind: text().notNull(),
    subject: jsonb().notNull(),
    tenantId: text('tenant_id').notNull(),
    /** A person, or else a conversation; '' where it does not apply. */
    objectId: text('object_id').notNull().default(''),
    conversationId: text('conversation_id').notNull().default(''),
    operation: text({ enum: ['post', 'edit', 'delete'] })
      .notNull()
      .default('post'),
    /** The delivery whose message is edited or deleted. */
    target: uuid(),
    priority: smallint().notNull(),
    state: text({ enum: DELIVERY_STATES }).notNull(),
    dueAt: moment('due_at').notNull(),
    attempts: smallint().notNull().default(0),
    /** How often it was sent again although it may have been received. */
    doubts: smallint().notNull().default(0),
    /** It was too large as a card, and goes as its sentence. */
    shrunk: boolean().notNull().default(false),
    /** The chat was opened again for it. */
    reopened: boolean().notNull().default(false),
    /** The worker that will send it, and since when. */
    lease: uuid(),
    leasedAt: moment('leased_at'),
    changedAt: moment('changed_at').notNull(),
    /** Where and as what it was posted. */
    postedIn: text('posted_in'),
    activityId: text('activity_id'),
    /** How often it was to be drawn anew. One that was sent as of an older drawing is edited. */
    redraws: integer().notNull().default(0),
    reason: text().$type<DeliveryReason>(),
    /** The id of what made it necessary, which the log says too. */
    trace: text(),
  },
  (table) => [
    unique('deliveries_once').on(table.notice, table.tenantId, table.objectId, table.conversationId),
    index('deliveries_due').on(table.tenantId, table.priority, table.dueAt).where(sql`state = 'pending'`),
    index('deliveries_sending').on(table.leasedAt).where(sql`state = 'sending'`),
    index('deliveries_state').on(table.notice, table.state),
    index('deliveries_about').on(table.about),
    index('deliveries_person').on(table.tenantId, table.objectId),
    index('deliveries_changed').on(table.changedAt),
    index('deliveries_conversation').on(table.conversationId).where(IN_A_CONVERSATION),
    /** Those that tell of a person. */
    index('deliveries_named')
      .on(sql`(subject ->> 'objectId')`)
      .where(sql`subject ->> 'objectId' is not null`),
  ],
);

/** One row per tenant: whoever holds it reserves the moments of the next sendings. */
export const lanes = pgTable('delivery_lanes', {
  tenantId: text('tenant_id').primaryKey(),
  /** The first moment that nobody has reserved. */
  nextAt: moment('next_at').notNull(),
  pausedUntil: moment('paused_until'),
});

/** What Teams refused for haste, by conversation. */
export const pauses = pgTable(
  'delivery_pauses',
  {
    conversationId: text('conversation_id').primaryKey(),
    tenantId: text('tenant_id').notNull(),
    pausedUntil: moment('paused_until').notNull(),
    refusedAt: moment('refused_at').notNull(),
    streak: smallint().notNull(),
  },
  (table) => [index('delivery_pauses_recent').on(table.tenantId, table.refusedAt)],
);

/** The moments of the last hour's posts, by conversation. */
export const posts = pgTable(
  'delivery_posts',
  { conversationId: text('conversation_id').notNull(), at: moment('at').notNull() },
  (table) => [
    index('delivery_posts_conversation').on(table.conversationId, table.at),
    index('delivery_posts_at').on(table.at),
  ],
);

/** What people asked of reminders. */
export const preferences = pgTable(
  'delivery_preferences',
  {
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    pausedUntil: moment('paused_until'),
    /** Minutes after midnight. */
    notBefore: smallint('not_before'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.objectId] })],
);
