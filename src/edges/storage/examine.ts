import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { SchemaVersions } from '../../core/process/watched.ts';
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
  const { rows } = (await storage.db.execute(sql`
    select extract(epoch from clock_timestamp()) * 1000 as ms,
      has_database_privilege(current_database(), 'create') as may,
      to_regclass('drizzle.compatibility') is not null as known`)) as unknown as { rows: readonly unknown[] };
  const { ms, may, known } = Row.parse(rows[0]);
  return { nowMs: ms, mayCreate: may, schema: known ? await storage.schema() : undefined };
}
