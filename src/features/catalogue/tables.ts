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
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment, proposalColumns } from '../../core/rows/columns.ts';
import type { Fiche } from './fiche/rules/fiche.ts';
import type { Problem } from './fiche/rules/problems.ts';

/** One row per supplier: locked while their fiche is published, so that two publications take turns. */
export const suppliers = pgTable('catalogue_suppliers', { id: text().primaryKey() });

/**
 * Every version ever published, each as it was and, beside it, as it was corrected. Only `announced_at` and
 * `removed_at` are ever written again.
 */
export const ficheVersions = pgTable(
  'catalogue_fiche_versions',
  {
    supplierId: text('supplier_id')
      .notNull()
      .references(() => suppliers.id),
    /** ISO date: the day on which the version takes effect. */
    version: text().notNull(),
    /** 0 as it was published first; each correction is one more, in force from its own moment. */
    edition: integer().notNull().default(0),
    /** Grows with each publication: what has changed since a moment. */
    sequence: serial().notNull().unique(),
    content: jsonb().$type<Fiche>().notNull(),
    fingerprint: text().notNull(),
    effectiveAt: moment('effective_at').notNull(),
    publishedAt: moment('published_at').notNull(),
    origin: text({ enum: ['command', 'teams', 'sample'] }).notNull(),
    announcedAt: moment('announced_at'),
    /** Of an example, when it left the catalogue: what was sealed with it is still verified. */
    removedAt: moment('removed_at'),
    /** Of a corrected edition: what was wrong in the one before it, and why. */
    reason: text(),
  },
  (table) => [
    primaryKey({ columns: [table.supplierId, table.version, table.edition] }),
    index('catalogue_fiche_versions_effective').on(table.supplierId, table.effectiveAt),
    index('catalogue_fiche_versions_due').on(table.effectiveAt).where(sql`announced_at is null`),
  ],
);

/** Versions that were taken back before they took effect: their date is free again. */
export const cancelledVersions = pgTable(
  'catalogue_cancelled_versions',
  {
    id: uuid().primaryKey(),
    supplierId: text('supplier_id')
      .notNull()
      .references(() => suppliers.id),
    version: text().notNull(),
    content: jsonb().$type<Fiche>().notNull(),
    publishedAt: moment('published_at').notNull(),
    cancelledAt: moment('cancelled_at').notNull(),
    reason: text().notNull(),
  },
  (table) => [index('catalogue_cancelled_versions_supplier').on(table.supplierId, table.cancelledAt)],
);

/** Errors of versions in force: seen, approved where a second person must, made or given up. */
export const corrections = pgTable(
  'catalogue_corrections',
  {
    id: uuid().primaryKey(),
    supplierId: text('supplier_id')
      .notNull()
      .references(() => suppliers.id),
    version: text().notNull(),
    /** Of the version, the edition that is wrong. */
    basis: integer().notNull(),
    content: jsonb().$type<Fiche>().notNull(),
    /** Whether it changes a price: such an error is said to be one, and no change of price (guide 3.2). */
    price: boolean().notNull(),
    state: text({ enum: ['draft', 'proposed', 'returned', 'made', 'dropped'] })
      .notNull()
      .default('draft'),
    revision: integer().notNull().default(1),
    reason: text().notNull().default(''),
    ...proposalColumns(),
    createdAt: moment('created_at').notNull(),
    madeAt: moment('made_at'),
    /** The broker's day on which it was made. */
    madeOn: text('made_on'),
    /** Those who rely on the fiche are told of all that is corrected within some minutes together. */
    wave: text(),
  },
  (table) => [
    index('catalogue_corrections_supplier').on(table.supplierId, table.version),
    index('catalogue_corrections_day').on(table.madeOn),
    index('catalogue_corrections_wave').on(table.wave),
    index('catalogue_corrections_waiting').on(table.createdAt).where(sql`state = 'proposed'`),
  ],
);

/**
 * What the broker decided of an offer, or of all a supplier's: suspended at once, withdrawn from a day, until it is
 * ended. Who did is in the trail.
 */
export const measures = pgTable(
  'catalogue_measures',
  {
    id: uuid().primaryKey(),
    supplierId: text('supplier_id')
      .notNull()
      .references(() => suppliers.id),
    /** Null for all of the supplier's. */
    offerId: text('offer_id'),
    kind: text({ enum: ['suspended', 'withdrawn'] }).notNull(),
    reason: text().notNull(),
    startsAt: moment('starts_at').notNull(),
    /** When those who calculate with the fiche were told that it holds. */
    appliedAt: moment('applied_at'),
    endedAt: moment('ended_at'),
    endReason: text('end_reason').notNull().default(''),
    createdAt: moment('created_at').notNull(),
    /** The broker's days on which it was decided, and ended; with what each is told. */
    madeOn: text('made_on').notNull(),
    endedOn: text('ended_on'),
    wave: text().notNull(),
    endWave: text('end_wave'),
  },
  (table) => [
    index('catalogue_measures_supplier').on(table.supplierId),
    index('catalogue_measures_day').on(table.madeOn),
    index('catalogue_measures_end').on(table.endedOn),
    index('catalogue_measures_wave').on(table.wave),
    index('catalogue_measures_due').on(table.startsAt).where(sql`applied_at is null`),
  ],
);

/** What somebody of the staff would decide of an offer or a supplier, where a second person must approve it first. */
export const measureProposals = pgTable(
  'catalogue_measure_proposals',
  {
    /** The measure that it makes has the same. */
    id: uuid().primaryKey(),
    revision: integer().notNull().default(1),
    state: text({ enum: ['proposed', 'returned', 'approved', 'dropped'] }).notNull(),
    supplierId: text('supplier_id')
      .notNull()
      .references(() => suppliers.id),
    /** Null for all of the supplier's. */
    offerId: text('offer_id'),
    kind: text({ enum: ['suspended', 'withdrawn'] }).notNull(),
    reason: text().notNull(),
    /** Of a withdrawal: from which day; null for at once. */
    from: date('from_day'),
    ...proposalColumns(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [index('catalogue_measure_proposals_supplier').on(table.supplierId, table.state)],
);

/** To whom each offer id belongs, for ever: ids are unique in the whole catalogue. */
export const offers = pgTable('catalogue_offers', {
  id: text().primaryKey(),
  supplierId: text('supplier_id')
    .notNull()
    .references(() => suppliers.id),
});

/** A fiche as it was dropped in a chat and checked, waiting for its person's confirmation. */
export interface UploadedFile {
  readonly name: string;
  readonly fiche: Fiche;
  readonly warnings: readonly string[];
  /** The version that it is compared with: the one before its date when the difference was shown. */
  readonly basis: string | null;
  /** The version to come after its date, then; absent in what the release before kept. */
  readonly next?: string | null;
  /** What both said then, by their fingerprints: they are corrected, or written again, under the same dates. */
  readonly against?: readonly (string | null)[];
  /** What became of it when its upload was confirmed; absent in what the release before confirmed. */
  readonly outcome?: 'published' | 'unchanged' | 'refused';
}

/** A file that cannot be published, with what is to be corrected. */
export interface RefusedFile {
  readonly name: string;
  readonly problems: readonly Problem[];
}

/** Fiches dropped in a chat. Kept seven days. */
export const uploads = pgTable(
  'catalogue_uploads',
  {
    id: uuid().primaryKey(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    state: text({ enum: ['waiting', 'published', 'discarded'] })
      .notNull()
      .default('waiting'),
    revision: integer().notNull().default(1),
    files: jsonb().$type<readonly UploadedFile[]>().notNull(),
    refused: jsonb().$type<readonly RefusedFile[]>().notNull().default([]),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('catalogue_uploads_person').on(table.tenantId, table.objectId)],
);

/** Who is told of what. `topic` is « all », a category, a supplier, or what a list of offers is narrowed by. */
export const subscriptions = pgTable(
  'catalogue_subscriptions',
  {
    id: uuid().primaryKey(),
    /** A person's own subscription, or the one of a channel, made by one of its members. */
    kind: text({ enum: ['person', 'channel'] }).notNull(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    topicKind: text('topic_kind', { enum: ['all', 'category', 'supplier', 'list'] }).notNull(),
    topic: text().notNull(),
    /** Told of changes of prices only. */
    pricesOnly: boolean('prices_only').notNull().default(false),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('catalogue_subscriptions_person')
      .on(table.tenantId, table.objectId, table.topicKind, table.topic)
      .where(sql`kind = 'person'`),
    uniqueIndex('catalogue_subscriptions_channel')
      .on(table.conversationId, table.topicKind, table.topic)
      .where(sql`kind = 'channel'`),
    index('catalogue_subscriptions_topic').on(table.topicKind, table.topic),
  ],
);

/** What took effect on a day, by supplier: the matter of that day's notice. */
export const digestChanges = pgTable(
  'catalogue_digest_changes',
  {
    day: text().notNull(),
    supplierId: text('supplier_id')
      .notNull()
      .references(() => suppliers.id),
    /** The last version that was announced before that day; null for a new supplier. */
    previous: text(),
    version: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.supplierId] })],
);
