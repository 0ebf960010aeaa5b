import { type SQL, sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  pgTable,
  pgView,
  primaryKey,
  serial,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment } from '../../core/rows/columns.ts';
import { AMENDMENT_KINDS } from './amending/rules.ts';
import { CLOSINGS, COMMENT_KINDS, WORD_ACTS } from './commenting/rules.ts';
import { TERMINATION_SIDES } from './terminating/rules.ts';

/** What is known of a signed contract; a view has the same columns. */
const contractColumns = () => ({
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
  /** Which calendar link of the releases before holds: none is made any more. A later release drops it. */
  feed: integer().notNull().default(1),
  createdTenant: text('created_tenant').notNull(),
  createdId: text('created_id').notNull(),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
});

/**
 * One row per contract, as it was signed: what its amendments and its termination make of it is read from
 * `contractsNow`. It outlives the acquisition file that led to it.
 */
export const contracts = pgTable('contracts', contractColumns(), (table) => [
  uniqueIndex('contracts_file').on(table.acquisitionId),
  index('contracts_organization').on(table.organizationId),
  index('contracts_end').on(table.endsOn),
  // What somebody noted for no body is theirs to see.
  index('contracts_author').on(table.createdTenant, table.createdId),
]);

/** Who is reminded of a contract's duties. */
export const followers = pgTable(
  'contract_followers',
  {
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id, { onDelete: 'restrict' }),
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
      .references(() => contracts.id, { onDelete: 'restrict' }),
    duty: text().notNull(),
    doneOn: date('done_on').notNull(),
    /** Why there was nothing to do; absent for what was done. */
    whyNot: text('why_not'),
    /** It was done before the contract was noted, nobody said when: `done_on` is the day on which that was said. */
    undated: boolean().notNull().default(false),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    by: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.contractId, table.duty] })],
);

/** What was due before a contract was noted here, and is still to be done: somebody said so on a day. */
export const dutiesWanted = pgTable(
  'contract_duties_wanted',
  {
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id, { onDelete: 'restrict' }),
    duty: text().notNull(),
    since: date().notNull(),
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
      .references(() => contracts.id, { onDelete: 'restrict' }),
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
      .references(() => contracts.id, { onDelete: 'restrict' }),
    number: integer().notNull(),
    kind: text({ enum: AMENDMENT_KINDS }).notNull(),
    text: text().notNull(),
    newEnd: date('new_end'),
    newAmountCents: bigint('new_amount_cents', { mode: 'number' }),
    /** When the broker was asked to prepare and validate it, and by whom. */
    askedOn: date('asked_on'),
    askedTenant: text('asked_tenant').notNull().default(''),
    askedId: text('asked_id').notNull().default(''),
    askedBy: text('asked_by').notNull().default(''),
    /** When the broker validated it, and who there said so: before its signature (guide 4.12, note 2). */
    validatedOn: date('validated_on'),
    validatedBy: text('validated_by').notNull().default(''),
    signedOn: date('signed_on'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [uniqueIndex('contract_amendments_number').on(table.contractId, table.number)],
);

/** The end of a contract before its term (guide 4.5 and 4.12). The row is deleted when it was a slip. */
export const terminations = pgTable('contract_terminations', {
  contractId: uuid('contract_id')
    .primaryKey()
    .references(() => contracts.id, { onDelete: 'restrict' }),
  revision: integer().notNull().default(1),
  /** The date of the letter, or of the notice. */
  noticeOn: date('notice_on').notNull(),
  /** The last day of the contract. */
  effectiveOn: date('effective_on').notNull(),
  by: text({ enum: TERMINATION_SIDES }).notNull(),
  reason: text().notNull(),
  /** The day when it was noted here: what follows from it is recalled from then on. */
  notedOn: date('noted_on').notNull(),
  tenantId: text('tenant_id').notNull(),
  objectId: text('object_id').notNull(),
  name: text().notNull(),
});

/** The latest of a contract `c`'s signed amendments to say something. */
const latestOf = (said: SQL): SQL => sql`(select ${said} from contract_amendments a
    where a.contract_id = c.id and a.signed_on is not null and ${said} is not null
    order by a.signed_on desc, a.number desc limit 1)`;

/**
 * Contracts as they stand now, drawn from what was signed, the amendments in force and the termination. Whoever asks
 * when a contract ends reads `ends_on` here, in code and in SQL: there is no other place that concludes it.
 */
export const contractsNow = pgView('contracts_now', {
  ...contractColumns(),
  /** The end by the contract and its amendments, whatever ended it before. */
  termEndsOn: date('term_ends_on').notNull(),
  terminatedOn: date('terminated_on'),
  terminationNoticeOn: date('termination_notice_on'),
  terminationNotedOn: date('termination_noted_on'),
}).as(sql`
  select c.id, c.number, c.revision, c.acquisition_id, c.organization_id, c.title, c.supplier_id, c.supplier_name,
    c.offers, c.signed_on, c.starts_on, coalesce(t.effective_on, term.ends_on) as ends_on, term.amount_cents, c.rcti,
    c.final_signed_on, c.feed, c.created_tenant, c.created_id, c.created_at, c.updated_at,
    term.ends_on as term_ends_on, t.effective_on as terminated_on, t.notice_on as termination_notice_on,
    t.noted_on as termination_noted_on
  from contracts c
  cross join lateral (select coalesce(${latestOf(sql`a.new_end`)}, c.ends_on) as ends_on,
    coalesce(${latestOf(sql`a.new_amount_cents`)}, c.amount_cents) as amount_cents) term
  left join contract_terminations t on t.contract_id = c.id`);

/**
 * Who is reminded of a contract now: of a body's contract, those who still act for it. When none of those who followed
 * it does, its members are, until one of them follows it.
 */
export const followersNow = pgView('contract_followers_now', {
  contractId: uuid('contract_id').notNull(),
  tenantId: text('tenant_id').notNull(),
  objectId: text('object_id').notNull(),
}).as(sql`
  select f.contract_id, f.tenant_id, f.object_id
  from contract_followers f join contracts c on c.id = f.contract_id
  left join people_acting p on p.tenant_id = f.tenant_id and p.object_id = f.object_id
    and p.organization_id = c.organization_id
  where c.organization_id is null or p.organization_id is not null
  union all
  select c.id, p.tenant_id, p.object_id
  from contracts c join people_acting p on p.organization_id = c.organization_id
  where exists (select 1 from contract_followers f where f.contract_id = c.id)
    and not exists (select 1 from contract_followers f
      join people_acting g on g.tenant_id = f.tenant_id and g.object_id = f.object_id
      where f.contract_id = c.id and g.organization_id = c.organization_id)`);

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
    /** When whoever wrote did so again since the last answer, or the case was reopened. */
    askedAt: moment('asked_at'),
    /** The day by which the staff mean to be done with it, where they chose one. */
    dueOn: date('due_on'),
    closing: text({ enum: CLOSINGS }),
    closedAt: moment('closed_at'),
  },
  (table) => [
    index('contract_comments_person').on(table.tenantId, table.objectId),
    index('contract_comments_supplier').on(table.supplierId, table.createdAt),
  ],
);

/** All that was said and done of a comment since it was sent, in its order. */
export const commentWords = pgTable(
  'contract_comment_words',
  {
    id: uuid().primaryKey(),
    number: serial().notNull(),
    commentId: uuid('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'restrict' }),
    act: text({ enum: WORD_ACTS }).notNull(),
    text: text().notNull().default(''),
    closing: text({ enum: CLOSINGS }),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    name: text().notNull(),
    at: moment('at').notNull(),
  },
  (table) => [
    index('contract_comment_words_comment').on(table.commentId, table.number),
    index('contract_comment_words_person').on(table.tenantId, table.objectId),
  ],
);

/** Who agreed to tell other bodies of their experience (guide 4.6). The row is deleted when they no longer do. */
export const references = pgTable(
  'contract_references',
  {
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id, { onDelete: 'restrict' }),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    name: text().notNull(),
    contact: text().notNull(),
    consentedAt: moment('consented_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.contractId, table.tenantId, table.objectId] })],
);

/** A contract as it stands now. */
export type Contract = typeof contractsNow.$inferSelect;
