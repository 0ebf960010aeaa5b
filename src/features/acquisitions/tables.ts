import { type SQL, sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, pgView, primaryKey, serial, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '../../core/rows/columns.ts';
import { ENDS } from './rules/steps.ts';

/** One row per acquisition file (« dossier d'acquisition »). */
export const acquisitions = pgTable(
  'acquisitions',
  {
    id: uuid().primaryKey(),
    number: serial().notNull().unique(),
    /** The body for which it was made, or to which it came by being shared; null for a file of a person's own. */
    organizationId: uuid('organization_id'),
    name: text().notNull(),
    state: text({ enum: ['open', 'archived'] })
      .notNull()
      .default('open'),
    /** Why it was archived; those of before this, and open ones, say nothing. */
    ended: text({ enum: ENDS }),
    revision: integer().notNull().default(1),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [index('acquisitions_organization').on(table.organizationId)],
);

/** Who was given a file: its owner and the colleagues with whom it is shared. Who may see it is in `membersNow`. */
export const acquisitionMembers = pgTable(
  'acquisition_members',
  {
    acquisitionId: uuid('acquisition_id')
      .notNull()
      .references(() => acquisitions.id, { onDelete: 'restrict' }),
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

/** When a person last opened a file: the latest that is still theirs, and open, is the one that they mean. */
export const acquisitionOpenings = pgTable(
  'acquisition_openings',
  {
    acquisitionId: uuid('acquisition_id')
      .notNull()
      .references(() => acquisitions.id, { onDelete: 'restrict' }),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.acquisitionId, table.tenantId, table.objectId] }),
    index('acquisition_openings_person').on(table.tenantId, table.objectId),
  ],
);

/** Whether `who` still has a right to the file `a` that they were given: a body's file asks that they act for it now. */
const stillHolds = (who: SQL) => sql`(a.organization_id is null or exists (select 1 from people_acting p
    where p.tenant_id = ${who}.tenant_id and p.object_id = ${who}.object_id and p.organization_id = a.organization_id))`;

/**
 * Who may see and change a file now, and who decides of it. Those who left its body are not there; the owner's part goes
 * to whoever had the file first. A file of which nobody is left is there for every member of its body.
 */
export const membersNow = pgView('acquisition_members_now', {
  acquisitionId: uuid('acquisition_id').notNull(),
  tenantId: text('tenant_id').notNull(),
  objectId: text('object_id').notNull(),
  name: text().notNull(),
  role: text({ enum: ['owner', 'member'] }).notNull(),
  addedAt: moment('added_at').notNull(),
}).as(sql`
  select m.acquisition_id, m.tenant_id, m.object_id, m.name,
    case when (m.tenant_id, m.object_id) = (select s.tenant_id, s.object_id from acquisition_members s
      where s.acquisition_id = a.id and ${stillHolds(sql`s`)}
      order by s.role = 'owner' desc, s.added_at, s.tenant_id, s.object_id limit 1) then 'owner' else 'member' end as role,
    m.added_at
  from acquisition_members m join acquisitions a on a.id = m.acquisition_id
  where ${stillHolds(sql`m`)}
  union all
  select a.id, p.tenant_id, p.object_id, coalesce(n.name, ''), 'owner', a.created_at
  from acquisitions a join people_acting p on p.organization_id = a.organization_id
  left join people n on n.tenant_id = p.tenant_id and n.object_id = p.object_id
  where not exists (select 1 from acquisition_members s where s.acquisition_id = a.id and ${stillHolds(sql`s`)})`);

/** What each feature knows of a file, under a key of its own. `revision` tells two writers apart. */
export const acquisitionFacts = pgTable(
  'acquisition_facts',
  {
    acquisitionId: uuid('acquisition_id')
      .notNull()
      .references(() => acquisitions.id, { onDelete: 'restrict' }),
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
      .references(() => acquisitions.id, { onDelete: 'restrict' }),
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
