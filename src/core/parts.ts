/** As many rows as are read and handed on at once without holding up anything else. */
const PART = 100;

/** Reads what belongs to many keys, some of them at a time, each part when it is asked for. */
export async function* readParts<K, T>(
  keys: readonly K[],
  read: (some: readonly K[]) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < keys.length; from += PART) yield await read(keys.slice(from, from + PART));
}

/** The same parts, each of their items turned into something else. */
export async function* mapParts<T, U>(
  parts: AsyncIterable<readonly T[]>,
  turn: (item: T) => U,
): AsyncGenerator<readonly U[]> {
  for await (const part of parts) yield part.map(turn);
}
