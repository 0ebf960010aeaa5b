import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Fiche } from '../../src/features/catalogue/index.ts';
import { rowsOf } from '../support/rows.ts';
import { ZONE } from './house.ts';
import type { World } from './world.ts';

/** The day of a world, at the broker's. */
export const todayOf = (world: World): Temporal.PlainDate =>
  world.clock.now().toZonedDateTimeISO(ZONE).toPlainDate();

/** One text a row: what is wrong, found by the database itself. */
export const textsOf = async (world: Pick<World, 'db'>, query: SQL): Promise<string[]> =>
  (await rowsOf(world.db, query, z.object({ text: z.string() }))).map(({ text }) => text);

/** How many rows there are. */
export async function countOf(world: Pick<World, 'db'>, from: SQL): Promise<number> {
  const [row] = await rowsOf(
    world.db,
    sql`select count(*)::int as n from ${from}`,
    z.object({ n: z.number() }),
  );
  return row?.n ?? 0;
}

/** The facts of an acquisition file, by their keys. */
export async function factsOf(world: World, file: string): Promise<ReadonlyMap<string, unknown>> {
  const rows = await rowsOf(
    world.db,
    sql`select key, value from acquisition_facts where acquisition_id = ${file}`,
    z.object({ key: z.string(), value: z.unknown() }),
  );
  return new Map(rows.map(({ key, value }) => [key, value]));
}

/** The fiches in force, the newest of each supplier, read from their rows. */
export async function fichesOf(world: World): Promise<readonly Fiche[]> {
  const rows = await rowsOf(
    world.db,
    sql`select distinct on (supplier_id) content from catalogue_fiche_versions
      where effective_at <= ${world.clock.now().toString()}::timestamptz order by supplier_id, version desc`,
    z.object({ content: z.unknown() }),
  );
  return rows.map(({ content }) => Fiche.parse(content));
}
