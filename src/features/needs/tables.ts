import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '../../core/rows/columns.ts';
import { acquisitionTable } from '../acquisitions/index.ts';

/** A question put to a colleague, who answers it in their own chat. */
export const needsDelegations = pgTable(
  'needs_delegations',
  {
    id: uuid().primaryKey(),
    acquisitionId: uuid('acquisition_id')
      .notNull()
      .references(() => acquisitionTable.id, { onDelete: 'restrict' }),
    question: text().notNull(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    name: text().notNull(),
    askerTenantId: text('asker_tenant_id').notNull(),
    askerObjectId: text('asker_object_id').notNull(),
    askerName: text('asker_name').notNull(),
    /** `takenBack`: it waits for that colleague no more. */
    state: text({ enum: ['waiting', 'answered', 'takenBack'] })
      .notNull()
      .default('waiting'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    index('needs_delegations_person').on(table.tenantId, table.objectId),
    index('needs_delegations_file').on(table.acquisitionId),
  ],
);
