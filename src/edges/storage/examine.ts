import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { SchemaVersions } from '../../core/process/watched.ts';
import { readRows } from '../../core/rows/raw.ts';
import type { Storage } from './storage.ts';

export interface Examined {
  /** Its time, in epoch milliseconds, and whether we may create tables and schemas there. */
  readonly nowMs: number;
  readonly mayCreate: boolean;
  /** Undefined for a database in which we never were. */
  readonly schema: SchemaVersions | undefined;
}

const Row = z.object({ ms: z.coerce.number(), may: z.boolean(), known: z.boolean() });

/** Looks at a database, and changes nothing there. */
export async function examine(storage: Pick<Storage, 'db' | 'schema'>): Promise<Examined> {
  const [row] = await readRows(
    storage.db,
    sql`
    select extract(epoch from clock_timestamp()) * 1000 as ms,
      has_database_privilege(current_database(), 'create') as may,
      to_regclass('drizzle.compatibility') is not null as known`,
    Row,
  );
  if (!row) throw new Error('no row was answered');
  return { nowMs: row.ms, mayCreate: row.may, schema: row.known ? await storage.schema() : undefined };
}
