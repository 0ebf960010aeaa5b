import { sql } from 'drizzle-orm';
import { FORM_KEY } from '../../src/core/effect.ts';
import { newId } from '../../src/core/id.ts';
import type { Db } from '../../src/core/ports.ts';

/** What one drawing of a form sends: its content, under a key of its own. */
export const drawn = (content: object): object => ({ [FORM_KEY]: newId(), ...content });

/** How many rows a table has, where a condition holds. */
export async function counted(
  { db }: { readonly db: Db },
  table: string,
  where = sql`true`,
): Promise<number> {
  const { rows } = (await db.execute(
    sql`select count(*)::int as n from ${sql.identifier(table)} where ${where}`,
  )) as unknown as { rows: { n: number }[] };
  return rows[0]?.n ?? 0;
}

/** What was recorded in the audit trail, in order. */
export async function audited({ db }: { readonly db: Db }, like = '%'): Promise<string[]> {
  const { rows } = (await db.execute(
    sql`select action from audit where action like ${like} order by id`,
  )) as unknown as { rows: { action: string }[] };
  return rows.map(({ action }) => action);
}
