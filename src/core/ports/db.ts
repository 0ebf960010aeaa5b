import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from 'drizzle-orm/pg-core';

/** A database handle or an open transaction: stores take either and never ask which engine is behind. */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** An open transaction. A plain handle is not one: what takes a `Tx` is written with its caller's writes, or not at all. */
export type Tx = PgTransaction<
  PgQueryResultHKT,
  Record<string, never>,
  ExtractTablesWithRelations<Record<string, never>>
>;

/** Speaks to the engine of the database without Drizzle. */
export type Query = (
  text: string,
  values?: unknown[],
) => Promise<{ rows: { readonly [column: string]: unknown }[] }>;
