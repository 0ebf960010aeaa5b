import { eq, inArray } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { idsAmong } from '../id.ts';
import type { Db } from '../ports/db.ts';

type NumberedTable = PgTable & { readonly id: PgColumn; readonly number: PgColumn };
interface Reads {
  readonly db: Db;
}

/** How people call the rows of a table: by their numbers, « nº 12 ». */
export const numberedRows = (table: NumberedTable) => ({
  async names(ids: readonly string[], { db }: Reads): Promise<ReadonlyMap<string, string>> {
    const known = idsAmong(ids);
    if (known.length === 0) return new Map();
    const rows = await db
      .select({ id: table.id, number: table.number })
      .from<NumberedTable>(table)
      .where(inArray(table.id, known));
    return new Map(rows.map(({ id, number }) => [String(id), `nº ${number}`]));
  },

  async find(number: number, { db }: Reads): Promise<string | undefined> {
    const [row] = await db
      .select({ id: table.id })
      .from<NumberedTable>(table)
      .where(eq(table.number, number));
    return row && String(row.id);
  },
});
