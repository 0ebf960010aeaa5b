import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../src/core/ports/db.ts';
import { readCount } from '../../src/core/rows/raw.ts';

export { readRows as rowsOf } from '../../src/core/rows/raw.ts';

/** How many rows a query counts. */
export const countOf = ({ db }: { readonly db: Db }, from: SQL): Promise<number> =>
  readCount(db, sql`select count(*)::int as n from ${from}`);
