import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SQLWrapper, sql } from 'drizzle-orm';
import { z } from 'zod';
import { readPartsOf } from '../../../src/core/process/parts.ts';
import { type Engine, engines } from '../../support/engines.ts';

const Key = z.object({ n: z.number(), text: z.string().nullable() });
type Key = z.infer<typeof Key>;

describe.each(engines)('what belongs to the rows of a query, on $name', ({ open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  /** The parts of what a query gives, each as it was asked for. */
  async function partsOf(query: SQLWrapper): Promise<(readonly Key[])[]> {
    const parts: (readonly Key[])[] = [];
    const reading = readPartsOf(engine.storage.db, query, Key, async (some) => some);
    for await (const part of reading) parts.push(part);
    return parts;
  }

  test('is read in the query’s order, however many they are, some at a time', async () => {
    const parts = await partsOf(
      sql`select n, null::text as text from generate_series(1, 20000) n order by n desc`,
    );
    expect(parts.flat().map(({ n }) => n)).toEqual(Array.from({ length: 20_000 }, (_, at) => 20_000 - at));
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(100);
  });

  test.each(['deux\nlignes', '\r\n', 'un « guillemet » et "un autre"', '\\n', '', 'é\u2028ù', '🙂'])(
    'keeps a text such as %j',
    async (text) => {
      expect(await partsOf(sql`select 1 as n, ${text}::text as text`)).toEqual([[{ n: 1, text }]]);
    },
  );

  test('is nothing where there is none, and nothing is asked for', async () => {
    expect(await partsOf(sql`select 1 as n, '' as text where false`)).toEqual([]);
  });

  test('is refused where a row is not what was said', async () => {
    await expect(partsOf(sql`select 'one' as n, '' as text`)).rejects.toThrow();
  });
});
