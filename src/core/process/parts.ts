import { type SQLWrapper, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../ports/db.ts';

/** As many rows as are read and handed on at once without holding up anything else. */
const PART = 100;

/** Reads what belongs to many keys, some of them at a time, `size` at most, each part when it is asked for. */
export async function* readParts<K, T>(
  keys: readonly K[],
  read: (some: readonly K[]) => Promise<readonly T[]>,
  size = PART,
): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < keys.length; from += size) yield await read(keys.slice(from, from + size));
}

const Packed = z.object({ rows: z.array(z.object({ packed: z.string().nullable() })) });

/**
 * Reads what belongs to the rows of a query, which gives each of its columns a name. They come as one value, opened part
 * by part: taking up twenty thousand rows at once holds up everything else.
 */
export async function* readPartsOf<K, T>(
  db: Db,
  query: SQLWrapper,
  key: z.ZodType<K>,
  read: (some: readonly K[]) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  const { rows } = Packed.parse(
    await db.execute(
      sql`select string_agg(row_to_json(k)::text, e'\n') as packed from (${query.getSQL()}) k`,
    ),
  );
  const lines = rows[0]?.packed?.split('\n') ?? [];
  yield* readParts(lines, (some) => read(some.map((line) => key.parse(JSON.parse(line)))));
}

/** The same parts, each of their items turned into something else. */
export const mapParts = <T, U>(parts: AsyncIterable<readonly T[]>, turn: (item: T) => U) =>
  flatMapParts(parts, (item) => [turn(item)]);

/** The same parts, each of their items turned into several others. */
export async function* flatMapParts<T, U>(
  parts: AsyncIterable<readonly T[]>,
  turn: (item: T) => readonly U[],
): AsyncGenerator<readonly U[]> {
  for await (const part of parts) yield part.flatMap(turn);
}
