import type { SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../ports/db.ts';

/** The rows that a written statement answers, as either engine gives them. Throws a ZodError for one that is not as expected. */
export async function readRows<T>(db: Db, statement: SQL, row: z.ZodType<T>): Promise<T[]> {
  return z.object({ rows: z.array(row) }).parse(await db.execute(statement)).rows;
}

const Counted = z.object({ n: z.int() });

/** The number that a statement answers under the name `n`: « select count(*)::int as n from … ». */
export async function readCount(db: Db, statement: SQL): Promise<number> {
  const [row] = await readRows(db, statement, Counted);
  return row?.n ?? 0;
}
