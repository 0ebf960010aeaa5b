import { sql } from 'drizzle-orm';
import { boolean, date, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from '../../core/rows/columns.ts';

/**
 * What somebody is, or was, reminded of: a row a person and thing, whatever it is. How the thing stands is its feature's
 * to say, when it is told. A later step of it, and a wish of the person, make it wait for a card again.
 */
export const reminders = pgTable(
  'reminders',
  {
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    /** Its name among all that is recalled, its feature first. */
    thing: text().notNull(),
    /** The latest day on which it came to be recalled. */
    stepOn: date('step_on').notNull(),
    /** It does not wait for tomorrow's card. */
    urgent: boolean().notNull(),
    /** It is to be told. */
    waits: boolean().notNull(),
    /** The day of the card for which it was counted; absent while it was for none. */
    cardOn: date('card_on'),
    /** The card that told it last, and when; the day of the first one that did. */
    toldIn: text('told_in'),
    toldAt: moment('told_at'),
    firstOn: date('first_on'),
    /** Put off until that day. */
    laterOn: date('later_on'),
    /** The person wants no more of it. */
    stoppedAt: moment('stopped_at'),
    changedAt: moment('changed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.objectId, table.thing] }),
    index('reminders_waiting').on(table.cardOn).where(sql`waits`),
    index('reminders_changed').on(table.changedAt),
  ],
);
