import { z } from 'zod';
import type { Query } from '../../../core/ports/db.ts';

/** What the queue knows beside its own version: its queues, its rhythms, its jobs. */
const OF_THE_QUEUE = ['queue', 'schedule', 'job'];

export interface Table {
  /** Quoted, with its schema: `"public"."people"`. */
  readonly name: string;
  /** Quoted, without those that the database computes. */
  readonly columns: readonly string[];
}

const Tables = z.array(z.object({ name: z.string(), columns: z.array(z.string()) }));

const TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name,
    array_agg(quote_ident(a.attname) order by a.attnum) as columns
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relkind in ('r', 'p') and not c.relispartition
    and (n.nspname = 'public' or n.nspname = 'pgboss' and c.relname = any($1))
  group by 1 order by 1`;

/** The tables whose rows are the assistant's data, by name; those of the queue once it has worked. */
export const tablesOf = async (query: Query): Promise<readonly Table[]> =>
  Tables.parse((await query(TABLES, [OF_THE_QUEUE])).rows);

const Names = z.array(z.object({ name: z.string() }));

/** The first table that holds a row; undefined when all are empty. Nothing is told of the queue, which fills itself. */
export async function firstFilled(query: Query, tables: readonly Table[]): Promise<string | undefined> {
  for (const { name } of tables.filter((table) => table.name.startsWith('public.'))) {
    const [row] = Names.parse((await query(`select $1::text as name from ${name} limit 1`, [name])).rows);
    if (row) return row.name;
  }
  return undefined;
}

const Counts = z.array(z.object({ found: z.coerce.number() }));

/** How many rows a table holds. */
export async function countOf(query: Query, { name }: Pick<Table, 'name'>): Promise<number> {
  return Counts.parse((await query(`select count(*) as found from ${name}`)).rows)[0]?.found ?? 0;
}
