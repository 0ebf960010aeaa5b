import { type SQL, sql } from 'drizzle-orm';
import { deliveries } from './tables.ts';

/** Rows that a statement is told, one of values for each. */
export const valuesOf = (rows: readonly SQL[]): SQL => sql`(values ${sql.join([...rows], sql`, `)})`;

/**
 * The rows of these values that nobody else is writing. Whoever writes several waits for none of them: somebody who
 * cancels or draws anew a whole notice may hold some and wait for others.
 */
export const freeOf = (values: SQL, columns: SQL): SQL => sql`(
  select v.* from ${values} as v (${columns}) join ${deliveries} d on d.id = v.id for update of d skip locked)`;
