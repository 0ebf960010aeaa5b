import { date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from '../../core/rows/columns.ts';

const ACTS = ['take', 'assign', 'putOff', 'handBack'] as const;
export type ActName = (typeof ACTS)[number];

/**
 * In whose hands what waits for the staff was put, and until when it was put off: one row an act, of which the newest
 * says how it stands. That something waits at all is nowhere here: the features conclude it.
 */
export const officeActs = pgTable(
  'office_acts',
  {
    kind: text().notNull(),
    item: text().notNull(),
    /** Counted from 1. */
    revision: integer().notNull(),
    act: text({ enum: ACTS }).notNull(),
    ownerTenant: text('owner_tenant'),
    ownerId: text('owner_id'),
    /** The day from which it is shown again. */
    until: date(),
    byTenant: text('by_tenant').notNull(),
    byId: text('by_id').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.item, table.revision] }),
    index('office_acts_owner').on(table.ownerTenant, table.ownerId),
    index('office_acts_at').on(table.at),
  ],
);

/** From when to when a member of the staff is away, both days included: one absence each. */
export const officeAbsences = pgTable(
  'office_absences',
  {
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    firstDay: date('first_day').notNull(),
    lastDay: date('last_day').notNull(),
    notedAt: moment('noted_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.objectId] })],
);
