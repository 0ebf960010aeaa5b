import { timestamp } from 'drizzle-orm/pg-core';

/** A moment in a table: an instant in UTC, read as a `Date`. */
export const moment = (name: string) => timestamp(name, { withTimezone: true });
