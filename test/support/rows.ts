import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../src/core/ports/db.ts';

/** What a query answers, each row as it is expected. */
export async function rowsOf<T>(db: Db, query: SQL, row: z.ZodType<T>): Promise<T[]> {
  return z.object({ rows: z.array(row) }).parse(await db.execute(query)).rows;
}

/** How many rows a query counts. */
export async function countOf({ db }: { readonly db: Db }, from: SQL): Promise<number> {
  const [row] = await rowsOf(db, sql`select count(*)::int as n from ${from}`, z.object({ n: z.number() }));
  if (!row) throw new Error('nothing was counted');
  return row.n;
}
