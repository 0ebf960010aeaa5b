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
import type { TextDocument } from '../../core/ports/documents.ts';
import { moment, proposalColumns } from '../../core/rows/columns.ts';
import type { DraftAnswers, DraftOverall, Snapshot } from './answering/rules/answers.ts';
import type { FrozenGround } from './answering/rules/record.ts';
import type { Scope } from './campaigns/rules/scope.ts';
import { APART_BY, CAMPAIGN_KINDS, CAMPAIGN_STATES, EVALUATION_STATES } from './campaigns/rules/states.ts';
import { type LeftSheet, ORDER_STATES, type OrderedSheet, SHEET_ACTS } from './releasing/rules/sheets.ts';

/** One row per campaign: a window that staff chose, a year of signature anniversaries, or of ends of contracts. */
export const campaigns = pgTable(
  'evaluation_campaigns',
  {
    id: uuid().primaryKey(),
    number: serial().notNull().unique(),
    revision: integer().notNull().default(1),
    kind: text({ enum: CAMPAIGN_KINDS }).notNull(),
    name: text().notNull(),
    year: smallint().notNull(),
    form: text().notNull(),
    state: text({ enum: CAMPAIGN_STATES }).notNull(),
    opensOn: date('opens_on').notNull(),
    closesOn: date('closes_on').notNull(),
    /** Which contracts it is about, as it was chosen at its start. */
    scope: jsonb().$type<Scope>().notNull().default({}),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    index('evaluation_campaigns_state').on(table.state, table.closesOn),
    uniqueIndex('evaluation_campaigns_final').on(table.year).where(sql`${table.kind} = 'final'`),
  ],
);

/** One row per contract that a campaign asks about. */
export const evaluations = pgTable(
  'evaluations',
  {
    id: uuid().primaryKey(),
    campaignId: uuid('campaign_id')
      .notNull()
      .references(() => campaigns.id, { onDelete: 'restrict' }),
    contractId: uuid('contract_id').notNull(),
    supplierId: text('supplier_id').notNull(),
    organizationId: uuid('organization_id'),
    year: smallint().notNull(),
    /** At the end of the contract, not during it. */
    final: boolean().notNull(),
    form: text().notNull(),
    state: text({ enum: EVALUATION_STATES }).notNull().default('open'),
    revision: integer().notNull().default(1),
    opensOn: date('opens_on').notNull(),
    /** When it is due. */
    closesOn: date('closes_on').notNull(),
    /** Who submits for the body. */
    responsibleTenant: text('responsible_tenant').notNull(),
    responsibleId: text('responsible_id').notNull(),
    responsibleName: text('responsible_name').notNull().default(''),
    submittedAt: moment('submitted_at'),
    excludedWhy: text('excluded_why'),
    /** Who set it apart; nobody where the end of the contract did. */
    apartBy: text('apart_side', { enum: APART_BY }),
    /** When staff set it apart, or took it back, last. */
    apartAt: moment('apart_at'),
    /** The day on which staff had it recalled last, beside what is recalled by itself. */
    remindedOn: date('reminded_on'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('evaluations_once').on(table.campaignId, table.contractId),
    // Whatever the campaigns, a client is asked once a year.
    uniqueIndex('evaluations_yearly')
      .on(table.contractId, table.year, table.final)
      .where(sql`${table.state} <> 'excluded'`),
    // How many a campaign asks for, and how many come, is counted on it alone.
    index('evaluations_campaign').on(table.campaignId, table.state, table.closesOn, table.opensOn),
    // Which are the latest years, and whose a supplier's scores are.
    index('evaluations_results').on(table.year, table.supplierId, table.id, table.organizationId),
    // A person's are those of the contracts that they see.
    index('evaluations_contract').on(table.contractId),
  ],
);

/** Whose answers those of before are: then a section had one author. */
const FIRST_AUTHOR = '00000000-0000-0000-0000-000000000000';

/** The answers of somebody to a section of the form, complete or not: nobody's replace a colleague's. */
export const sections = pgTable(
  'evaluation_sections',
  {
    evaluationId: uuid('evaluation_id')
      .notNull()
      .references(() => evaluations.id, { onDelete: 'restrict' }),
    section: text().notNull(),
    /** Tells authors apart once they are erased. */
    contributor: uuid().notNull().default(FIRST_AUTHOR),
    answers: jsonb().$type<DraftAnswers | DraftOverall>().notNull(),
    revision: integer().notNull().default(1),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    by: text().notNull(),
    at: moment('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.evaluationId, table.section, table.contributor] }),
    uniqueIndex('evaluation_sections_author')
      .on(table.evaluationId, table.section, table.tenantId, table.objectId)
      .where(sql`${table.objectId} <> ''`),
  ],
);

/**
 * What was submitted, each time: nothing is lost when it is changed. The database refuses that its words change
 * (migration 0014).
 */
export const submissions = pgTable(
  'evaluation_submissions',
  {
    evaluationId: uuid('evaluation_id')
      .notNull()
      .references(() => evaluations.id, { onDelete: 'restrict' }),
    number: smallint().notNull(),
    answers: jsonb().$type<Snapshot>().notNull(),
    /** All else that it says: absent for what was submitted before it was kept. */
    ground: jsonb().$type<FrozenGround>(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    by: text().notNull(),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.evaluationId, table.number] })],
);

/** When the head signed what was submitted, as it was noted each time: the last one holds, the others are its trace. */
export const signatures = pgTable(
  'evaluation_signatures',
  {
    evaluationId: uuid('evaluation_id')
      .notNull()
      .references(() => evaluations.id, { onDelete: 'restrict' }),
    number: smallint().notNull(),
    /** Which submission was signed. */
    submission: smallint().notNull(),
    signedOn: date('signed_on').notNull(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    by: text().notNull(),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.evaluationId, table.number] })],
);

/** The scores of the latest submission, flat: what results are counted on. */
export const scores = pgTable(
  'evaluation_scores',
  {
    evaluationId: uuid('evaluation_id')
      .notNull()
      .references(() => evaluations.id, { onDelete: 'restrict' }),
    criterion: text().notNull(),
    supplierId: text('supplier_id').notNull(),
    year: smallint().notNull(),
    score: smallint().notNull(),
    comment: text().notNull().default(''),
  },
  (table) => [
    primaryKey({ columns: [table.evaluationId, table.criterion] }),
    // With the score in them, they are all that means are counted on.
    index('evaluation_scores_supplier').on(table.supplierId, table.year, table.criterion, table.score),
    index('evaluation_scores_criterion').on(table.criterion, table.year, table.supplierId, table.score),
  ],
);

/**
 * What the supplier reads in place of a comment, as staff chose: the comment itself stays as it was written. Who chose it
 * is in the journal.
 */
export const redactions = pgTable(
  'evaluation_redactions',
  {
    evaluationId: uuid('evaluation_id')
      .notNull()
      .references(() => evaluations.id, { onDelete: 'restrict' }),
    criterion: text().notNull(),
    /** Empty where it was taken away; nothing where the comment is shown again as it was written. */
    words: text(),
    /** The mark of the comment that was read then: it may have changed since. */
    readAs: text('read_as').notNull(),
    revision: integer().notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.evaluationId, table.criterion] })],
);

/** What happened on a contract during the year, as its body noted it. */
export const events = pgTable(
  'evaluation_events',
  {
    id: uuid().primaryKey(),
    contractId: uuid('contract_id').notNull(),
    on: date('on').notNull(),
    good: boolean().notNull(),
    text: text().notNull(),
    /** What it is about, where it is about one criterion. */
    criterion: text(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    by: text().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('evaluation_events_contract').on(table.contractId, table.on)],
);

/** The channels where a body wants its reminders. */
export const channels = pgTable(
  'evaluation_channels',
  {
    conversationId: text('conversation_id').primaryKey(),
    tenantId: text('tenant_id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    designatedAt: moment('designated_at').notNull(),
  },
  (table) => [index('evaluation_channels_organization').on(table.organizationId)],
);

/**
 * The result sheets that staff released to their suppliers, as they were then: one that followed each new answer would
 * tell whose it is. The link of an earlier release holds no more.
 */
export const releases = pgTable(
  'evaluation_releases',
  {
    supplierId: text('supplier_id').notNull(),
    year: smallint().notNull(),
    number: integer().notNull().default(1),
    active: boolean().notNull(),
    document: jsonb().$type<TextDocument>().notNull(),
    /** Which comments it has, in its order: they are redacted where it is read. */
    comments: jsonb().$type<readonly string[]>().notNull().default([]),
    by: text().notNull(),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.supplierId, table.year] })],
);

/**
 * Sheets that somebody releases or withdraws together, and what became of them: where a second person approves what is
 * released, nothing is before that.
 */
export const sheetOrders = pgTable(
  'evaluation_sheet_orders',
  {
    id: uuid().primaryKey(),
    number: serial().notNull().unique(),
    revision: integer().notNull().default(1),
    act: text({ enum: SHEET_ACTS }).notNull(),
    state: text({ enum: ORDER_STATES }).notNull(),
    sheets: jsonb().$type<readonly OrderedSheet[]>().notNull(),
    /** What the administration says of comments that are held back, in the order of one sheet. */
    summary: text().notNull().default(''),
    /** How many of them were treated, in their order. */
    done: integer().notNull().default(0),
    /** Those of them that could not be. */
    left: jsonb().$type<readonly LeftSheet[]>().notNull().default([]),
    ...proposalColumns(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [index('evaluation_sheet_orders_waiting').on(table.createdAt).where(sql`state = 'proposed'`)],
);

export type Evaluation = typeof evaluations.$inferSelect;
