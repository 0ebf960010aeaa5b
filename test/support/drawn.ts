import { sql } from 'drizzle-orm';
import { newId } from '../../src/core/id.ts';
import type { Db } from '../../src/core/ports/db.ts';
import { FORM_KEY } from '../../src/core/routing/effect.ts';

/** What one drawing of a form sends: its content, under a key of its own. */
export const drawn = <T extends object>(content: T): T => ({ [FORM_KEY]: newId(), ...content });

/** What the trail says was done, in order, among what is like a pattern. */
export async function audited({ db }: { readonly db: Db }, like: string): Promise<string[]> {
  const rows = await db
    .select({ action: sql<string>`action` })
    .from(sql`audit`)
    .where(sql`action like ${like}`)
    .orderBy(sql`id`);
  return rows.map(({ action }) => action);
}
