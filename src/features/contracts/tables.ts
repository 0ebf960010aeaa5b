import {
  bigint,
  boolean,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  serial,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment } from '../../core/columns.ts';
import { AMENDMENT_KINDS } from './amending/rules.ts';
import { COMMENT_KINDS } from './commenting/rules.ts';

/** One row per signed contract. It outlives the acquisition file that led to it. */
export const contracts = pgTable(
  'contracts',
  {
    id: uuid().primaryKey(),
    number: serial().notNull().unique(),
    revision: integer().notNull().default(1),
    acquisitionId: uuid('acquisition_id'),
    /** The body that signed it; its confirmed members see the contract. */
    organizationId: uuid('organization_id'),
    title: text().notNull(),
    supplierId: text('supplier_id').notNull(),
    supplierName: text('supplier_name').notNull(),
    offers: text().notNull(),
    signedOn: date('signed_on').notNull(),
    startsOn: date('starts_on').notNull(),
    endsOn: date('ends_on').notNull(),
    amountCents: bigint('amount_cents', { mode: 'number' }).notNull(),
    rcti: boolean().notNull(),
    /** When the head of the body signed the final evaluation. */
    finalSignedOn: date('final_signed_on'),
    /** Which of its calendar links holds; the earlier ones do not any more. */
    feed: integer().notNull().default(1),
    createdTenant: text('created_tenant').notNull(),
    createdId: text('created_id').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('contracts_file').on(table.acquisitionId),
    index('contracts_organization').on(table.organizationId),
    index('contracts_end').on(table.endsOn),
  ],
);

/** Who is reminded of a contract's duties. */
export const followers = pgTable(
  'contract_followers',
  {
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id, { onDelete: 'cascade' }),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.contractId, table.tenantId, table.objectId] }),
    index('contract_followers_person').on(table.tenantId, table.objectId),
  ],
);

/** Which duties were done, when and by whom. */
export const dutiesDone = pgTable(
  'contract_duties_done',
  {
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id, { onDelete: 'cascade' }),
    duty: text().notNull(),
    doneOn: date('done_on').notNull(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    by: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.contractId, table.duty] })],
);

/** Invoices that a client paid: what management fees are counted on. */
export const invoices = pgTable(
  'contract_invoices',
  {
    id: uuid().primaryKey(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id, { onDelete: 'cascade' }),
    paidOn: date('paid_on').notNull(),
    amountCents: bigint('amount_cents', { mode: 'number' }).notNull(),
    note: text().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('contract_invoices_contract').on(table.contractId, table.paidOn)],
);

/** Amendments that were asked for and were possible; signed ones are in force. */
export const amendments = pgTable(
  'contract_amendments',
  {
    id: uuid().primaryKey(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    kind: text({ enum: AMENDMENT_KINDS }).notNull(),
    text: text().notNull(),
    newEnd: date('new_end'),
    newAmountCents: bigint('new_amount_cents', { mode: 'number' }),
    signedOn: date('signed_on'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [uniqueIndex('contract_amendments_number').on(table.contractId, table.number)],
);

/** What clients tell the broker (guide 4.5). */
export const comments = pgTable(
  'contract_comments',
  {
    id: uuid().primaryKey(),
    number: serial().notNull().unique(),
    revision: integer().notNull().default(1),
    kind: text({ enum: COMMENT_KINDS }).notNull(),
    text: text().notNull(),
    supplierId: text('supplier_id').notNull().default(''),
    contractId: uuid('contract_id'),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    name: text().notNull(),
    answer: text(),
    answeredBy: text('answered_by'),
    createdAt: moment('created_at').notNull(),
    answeredAt: moment('answered_at'),
  },
  (table) => [
    index('contract_comments_person').on(table.tenantId, table.objectId),
    index('contract_comments_supplier').on(table.supplierId, table.createdAt),
  ],
);

/** Who agreed to tell other bodies of their experience (guide 4.6). The row is deleted when they no longer do. */
export const references = pgTable(
  'contract_references',
  {
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id, { onDelete: 'cascade' }),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    name: text().notNull(),
    contact: text().notNull(),
    consentedAt: moment('consented_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.contractId, table.tenantId, table.objectId] })],
);

export type Contract = typeof contracts.$inferSelect;
