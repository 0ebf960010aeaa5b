import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

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
    welcomedAt: timestamp('welcomed_at', { withTimezone: true }),
    seenAt: timestamp('seen_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('conversations_person').on(table.tenantId, table.personId)],
);
