import { index, integer, jsonb, pgTable, primaryKey, serial, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '../../core/columns.ts';

/** One row per acquisition file (« dossier d'acquisition »). */
export const acquisitions = pgTable('acquisitions', {
  id: uuid().primaryKey(),
  number: serial().notNull().unique(),
  name: text().notNull(),
  state: text({ enum: ['open', 'archived'] })
    .notNull()
    .default('open'),
  revision: integer().notNull().default(1),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
});

/** Who may see and change a file: its owner and the colleagues with whom it is shared. */
export const acquisitionMembers = pgTable(
  'acquisition_members',
  {
    acquisitionId: uuid('acquisition_id')
      .notNull()
      .references(() => acquisitions.id, { onDelete: 'cascade' }),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    name: text().notNull(),
    role: text({ enum: ['owner', 'member'] }).notNull(),
    addedAt: moment('added_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.acquisitionId, table.tenantId, table.objectId] }),
    index('acquisition_members_person').on(table.tenantId, table.objectId),
  ],
);

/** What each feature knows of a file, under a key of its own. `revision` tells two writers apart. */
export const acquisitionFacts = pgTable(
  'acquisition_facts',
  {
    acquisitionId: uuid('acquisition_id')
      .notNull()
      .references(() => acquisitions.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    value: jsonb().notNull(),
    revision: integer().notNull().default(1),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.acquisitionId, table.key] })],
);

/** The documents that support the choice (guide 4.12): what was done in a file, by whom and when. */
export const acquisitionRecord = pgTable(
  'acquisition_record',
  {
    id: uuid().primaryKey(),
    sequence: serial().notNull(),
    acquisitionId: uuid('acquisition_id')
      .notNull()
      .references(() => acquisitions.id, { onDelete: 'cascade' }),
    at: moment('at').notNull(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    by: text().notNull(),
    sentence: text().notNull(),
    /** Which ground of the choice it moved, so that who moved it is found again; empty for the rest. */
    about: text({ enum: ['', 'needs', 'body', 'choice'] })
      .notNull()
      .default(''),
  },
  (table) => [index('acquisition_record_file').on(table.acquisitionId, table.sequence)],
);
