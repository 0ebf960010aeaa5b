import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  serial,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment } from '../../core/rows/columns.ts';

/** Each question asked and what was shown. Kept ninety days. */
export const questions = pgTable(
  'questions',
  {
    id: uuid().primaryKey(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    text: text().notNull(),
    /** The question that this one goes on from, and how many did since. */
    root: text(),
    depth: integer().notNull().default(0),
    outcome: text({ enum: ['answer', 'choice', 'none'] }).notNull(),
    /** The entry that was shown, once there is one. */
    entryId: text('entry_id'),
    /** The entry that answers the second question of the same message. */
    alsoId: text('also_id'),
    score: real().notNull(),
    /** Ids of the nearest entries, best first, as they stood. */
    nearest: text().array().notNull(),
    rating: text({ enum: ['up', 'down'] }),
    reason: text({ enum: ['wrong', 'incomplete', 'unclear', 'outdated', 'other'] }),
    comment: text(),
    askedAt: moment('asked_at').notNull(),
    /** The message that carries the answer: what Teams' own thumbs are about. */
    activityId: text('activity_id'),
  },
  (table) => [
    index('questions_asked').on(table.askedAt),
    index('questions_person').on(table.tenantId, table.objectId),
  ],
);

/** A question handed to the broker's staff. The same question asked by several is one row. */
export const escalations = pgTable(
  'escalations',
  {
    id: uuid().primaryKey(),
    number: serial().notNull().unique(),
    /** Key of the question's words, to recognise the same question. */
    fingerprint: text().notNull(),
    text: text().notNull(),
    status: text({ enum: ['open', 'taken', 'answered', 'closed'] })
      .notNull()
      .default('open'),
    revision: integer().notNull().default(1),
    takenByTenant: text('taken_by_tenant'),
    takenById: text('taken_by_id'),
    takenByName: text('taken_by_name'),
    takenAt: moment('taken_at'),
    answer: text(),
    entryId: text('entry_id'),
    /** The revision at which the answer was given. */
    answeredRevision: integer('answered_revision'),
    answeredAt: moment('answered_at'),
    /** Closed because the last one who waited for it waits no more. */
    cancelledAt: moment('cancelled_at'),
    // Where the release before posted the staff's card. The ledger has it now: a later release drops these four.
    postConversationId: text('post_conversation_id'),
    postActivityId: text('post_activity_id'),
    postedRevision: integer('posted_revision').notNull().default(0),
    postClaimedAt: moment('post_claimed_at'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    // One live question per wording, so that two people who ask at the same moment share it.
    uniqueIndex('escalations_live').on(table.fingerprint).where(sql`status in ('open', 'taken')`),
    index('escalations_status').on(table.status, table.number),
    index('escalations_answered').on(table.answeredAt),
  ],
);

/** Who waits for the answer, with what they let the staff know of it; or waited, and cancelled. */
export const escalationAskers = pgTable(
  'escalation_askers',
  {
    escalationId: uuid('escalation_id')
      .notNull()
      .references(() => escalations.id, { onDelete: 'restrict' }),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    name: text().notNull(),
    conversationId: text('conversation_id').notNull(),
    text: text().notNull(),
    // What the release before wrote of the answer that it sent. The ledger knows now: a later release drops these two.
    delivery: text({ enum: ['waiting', 'pending', 'sending', 'sent', 'unreachable', 'unknown'] })
      .notNull()
      .default('waiting'),
    claimedAt: moment('claimed_at'),
    askedAt: moment('asked_at').notNull(),
    leftAt: moment('left_at'),
    /** What they had asked the assistant, as typed. */
    question: text(),
    follows: text(),
    outcome: text({ enum: ['answer', 'choice', 'none'] }),
    /** Ids of the entries that were shown for it. */
    shown: text().array(),
    /** What they have under way, and let the staff see. */
    fileId: uuid('file_id'),
    /** Whether they were told that their body would be named. */
    withBody: boolean('with_body').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.escalationId, table.tenantId, table.objectId] }),
    index('escalation_askers_person').on(table.tenantId, table.objectId),
  ],
);

/** What somebody who waits added to their question. */
export const escalationComplements = pgTable(
  'escalation_complements',
  {
    id: uuid().primaryKey(),
    escalationId: uuid('escalation_id').notNull(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    text: text().notNull(),
    writtenAt: moment('written_at').notNull(),
  },
  (table) => [
    // The release before, which does not know them, does not forget whoever asked without them: it fails instead.
    foreignKey({
      name: 'escalation_complements_asker',
      columns: [table.escalationId, table.tenantId, table.objectId],
      foreignColumns: [escalationAskers.escalationId, escalationAskers.tenantId, escalationAskers.objectId],
    }).onDelete('restrict'),
    index('escalation_complements_of').on(table.escalationId, table.writtenAt),
    index('escalation_complements_person').on(table.tenantId, table.objectId),
  ],
);

/**
 * Entries that staff wrote: live at once, reviewed later. What is in force is the newest version below; the words here
 * follow it for the release before, which reads and writes only them: a later release drops them.
 */
export const knowledgeEntries = pgTable('knowledge_entries', {
  id: text().primaryKey(),
  escalationId: uuid('escalation_id').references(() => escalations.id, { onDelete: 'set null' }),
  title: text().notNull(),
  alternates: text().array().notNull(),
  answer: text().notNull(),
  owner: text().notNull(),
  review: text().notNull(),
  retired: timestamp('retired_at', { withTimezone: true }),
  createdAt: moment('created_at').notNull(),
});

/** What the staff did with an entry, and how it read from then on. Never changed, but for the name of who left. */
export const knowledgeEntryVersions = pgTable(
  'knowledge_entry_versions',
  {
    entryId: text('entry_id')
      .notNull()
      .references(() => knowledgeEntries.id, { onDelete: 'restrict' }),
    /** Counted from 1. */
    number: integer().notNull(),
    act: text({ enum: ['publish', 'edit', 'restore', 'retire', 'republish'] }).notNull(),
    /** The version whose words were taken up again. */
    restoredFrom: integer('restored_from'),
    title: text().notNull(),
    alternates: text().array().notNull(),
    answer: text().notNull(),
    review: text().notNull(),
    authorTenant: text('author_tenant'),
    authorId: text('author_id'),
    authorName: text('author_name').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.entryId, table.number] })],
);

/**
 * What the staff made of questions that were not, or badly, answered: a wording added to an entry of the guide or of
 * theirs, an entry written for them, or a message that is none of our business. In force until it is undone.
 */
export const knowledgeImprovements = pgTable(
  'knowledge_improvements',
  {
    id: uuid().primaryKey(),
    act: text({ enum: ['wording', 'entry', 'offTopic'] }).notNull(),
    /** The entry that has the wording, or that was written. */
    entryId: text('entry_id'),
    /** The wording, the title of the entry, or the message. */
    text: text().notNull(),
    /** The questions that it answers for. */
    covers: uuid().array().notNull(),
    authorTenant: text('author_tenant'),
    authorId: text('author_id'),
    authorName: text('author_name').notNull(),
    at: moment('at').notNull(),
    undoneAt: moment('undone_at'),
  },
  (table) => [index('knowledge_improvements_at').on(table.at)],
);

/** The staff's own test set: what is asked, and the entry that should come, or none. */
export const knowledgeBench = pgTable('knowledge_bench', {
  id: uuid().primaryKey(),
  text: text().notNull(),
  /** Null: out of scope. */
  entryId: text('entry_id'),
  at: moment('at').notNull(),
});

/** How the test set went, each time that it was run. */
export const knowledgeBenchRuns = pgTable('knowledge_bench_runs', {
  id: uuid().primaryKey(),
  at: moment('at').notNull(),
  good: integer().notNull(),
  total: integer().notNull(),
});
