import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { text, timestamp } from 'drizzle-orm/pg-core';

/** A moment in a table: an instant in UTC, read as a `Date`. */
export const moment = (name: string) => timestamp(name, { withTimezone: true });

/** The order in which people look for a name, accents and case aside first: « Bruno, Élise, Zoé », on both engines. */
export const byName = (name: SQLWrapper): SQL => sql`${name} collate "und-x-icu"`;

/** Who wrote what a second person approves, who decided of it, and what is to be seen again. */
export const proposalColumns = () => ({
  tenantId: text('tenant_id').notNull(),
  objectId: text('object_id').notNull(),
  name: text().notNull(),
  reviewerTenant: text('reviewer_tenant').notNull().default(''),
  reviewerId: text('reviewer_id').notNull().default(''),
  reviewerName: text('reviewer_name').notNull().default(''),
  comment: text().notNull().default(''),
});

const ACCENTED = 'àáâãäåçéèêëìíîïñòóôõöùúûüýÿ’';
const PLAIN = "aaaaaaceeeeiiiinooooouuuuyy'";

/** A text without case or accents, as `fold` writes a search: « Élan » is « elan ». */
export const folded = (text: SQLWrapper): SQL => sql`translate(lower(${text}), ${ACCENTED}, ${PLAIN})`;

/** What a search by `like` finds at the beginning of a text, with nothing of it read as a pattern. */
export const beginning = (word: string): string => `${word.replace(/[\\%_]/g, '\\$&')}%`;

/** What a search by `like` finds anywhere in a text, with nothing of it read as a pattern. */
export const anywhere = (word: string): string => `%${beginning(word)}`;
