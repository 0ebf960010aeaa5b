import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment } from '../../core/rows/columns.ts';
import { acquisitionTable } from '../acquisitions/index.ts';
import { STATES } from './meeting/rules/states.ts';
import type { Details } from './meeting/screens/schema.ts';
import { PARTIES } from './steps/rules.ts';
import { MAIL_NOTES, MAIL_STATES } from './writing/rules.ts';

/** One row per request of a kickoff meeting; one at most of a file is under way. */
export const kickoffs = pgTable(
  'kickoffs',
  {
    id: uuid().primaryKey(),
    number: serial().notNull().unique(),
    acquisitionId: uuid('acquisition_id')
      .notNull()
      .references(() => acquisitionTable.id, { onDelete: 'restrict' }),
    revision: integer().notNull().default(1),
    state: text({ enum: STATES }).notNull().default('requested'),
    supplierId: text('supplier_id').notNull(),
    supplierName: text('supplier_name').notNull(),
    rcti: boolean().notNull(),
    details: jsonb().$type<Details>().notNull(),
    /** What the staff asked last. */
    question: text().notNull().default(''),
    /** What the supplier wrote with their choice. */
    remark: text().notNull().default(''),
    requesterTenant: text('requester_tenant').notNull(),
    requesterId: text('requester_id').notNull(),
    requesterName: text('requester_name').notNull(),
    takenTenant: text('taken_tenant'),
    takenId: text('taken_id'),
    takenName: text('taken_name'),
    /** Which proposal of moments is the current one; 0 before the first. */
    round: smallint().notNull().default(0),
    /** The moment that all accepted. */
    slotId: uuid('slot_id'),
    startsAt: moment('starts_at'),
    endsAt: moment('ends_at'),
    /** As the calendar knows it. */
    event: text(),
    joinUrl: text('join_url'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('kickoffs_under_way').on(table.acquisitionId).where(sql`state <> 'cancelled'`),
    index('kickoffs_state').on(table.state, table.updatedAt),
  ],
);

/**
 * Moments kept for a meeting. A constraint of the database, in the migration, refuses two that overlap unless one
 * of them is released: nobody is booked twice, whoever writes at the same time.
 */
export const slots = pgTable(
  'kickoff_slots',
  {
    id: uuid().primaryKey(),
    kickoffId: uuid('kickoff_id')
      .notNull()
      .references(() => kickoffs.id, { onDelete: 'restrict' }),
    round: smallint().notNull(),
    state: text({ enum: ['held', 'booked', 'released'] })
      .notNull()
      .default('held'),
    startsAt: moment('starts_at').notNull(),
    endsAt: moment('ends_at').notNull(),
    /** The end, with the time kept free after it. */
    blockedUntil: moment('blocked_until').notNull(),
    expiresAt: moment('expires_at').notNull(),
    /** What each said of it; null before they did. */
    client: boolean(),
    supplier: boolean(),
  },
  (table) => [index('kickoff_slots_round').on(table.kickoffId, table.round)],
);

/** Who confirmed their part of which of the eleven steps. */
export const confirmations = pgTable(
  'kickoff_confirmations',
  {
    kickoffId: uuid('kickoff_id')
      .notNull()
      .references(() => kickoffs.id, { onDelete: 'restrict' }),
    step: smallint().notNull(),
    party: text({ enum: PARTIES }).notNull(),
    at: moment('at').notNull(),
    tenantId: text('tenant_id').notNull().default(''),
    objectId: text('object_id').notNull().default(''),
    by: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kickoffId, table.step, table.party] })],
);

/** What the staff noted by hand of the e-mails to the supplier of a meeting: an answer, an address that was refused or corrected. */
export const mailNotes = pgTable(
  'kickoff_mail_notes',
  {
    id: uuid().primaryKey(),
    kickoffId: uuid('kickoff_id')
      .notNull()
      .references(() => kickoffs.id, { onDelete: 'restrict' }),
    kind: text({ enum: MAIL_NOTES }).notNull(),
    /** The address that it is of; the new one of a correction. */
    address: text().notNull(),
    /** The day of the e-mail, as it was noted. */
    on: date('on').notNull(),
    words: text().notNull().default(''),
    /** How far an e-mail from the broker's mailbox is; null for what is noted by hand. */
    state: text({ enum: MAIL_STATES }),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    name: text().notNull(),
    at: moment('at').notNull(),
  },
  (table) => [index('kickoff_mail_notes_meeting').on(table.kickoffId, table.at)],
);

export type MailNote = typeof mailNotes.$inferSelect;
export type Kickoff = typeof kickoffs.$inferSelect;
export type Slot = typeof slots.$inferSelect;
