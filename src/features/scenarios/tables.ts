import { index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { acquisitionTable } from '../acquisitions/index.ts';
import type { SealedRecord } from './comparing/rules/sealed-record.ts';

/** Comparisons that were sealed: what they rest on, their result and its hash. Never changed. */
export const scenarioSeals = pgTable(
  'scenario_seals',
  {
    id: uuid().primaryKey(),
    acquisitionId: uuid('acquisition_id')
      .notNull()
      .references(() => acquisitionTable.id, { onDelete: 'restrict' }),
    hash: text().notNull(),
    record: jsonb().$type<SealedRecord>().notNull(),
    sealedAt: timestamp('sealed_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('scenario_seals_file').on(table.acquisitionId, table.sealedAt)],
);
