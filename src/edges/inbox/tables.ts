import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '../../core/rows/columns.ts';

/** One row an event that arrived: which process took it, and what it answered, as JSON. Kept an hour. */
export const inbox = pgTable(
  'inbox',
  {
    key: uuid().primaryKey(),
    process: uuid().notNull(),
    claimedAt: moment('claimed_at').notNull(),
    answeredAt: moment('answered_at'),
    answer: text(),
  },
  (table) => [index('inbox_claimed').on(table.claimedAt)],
);
