import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { byName, folded } from '../../../src/core/rows/columns.ts';
import { readRows } from '../../../src/core/rows/raw.ts';
import { fold } from '../../../src/core/text/text.ts';
import { type Engine, engines } from '../../support/engines.ts';

describe.each(engines)('on $name', ({ open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());
  const namesOf = async (query: SQL) =>
    (await readRows(engine.storage.db, query, z.object({ name: z.string() }))).map(({ name }) => name);

  test.each(['Élan', 'García Muñoz', 'José Conceição', 'Åsa Lindström', 'Ý L’Été'])(
    'the name « %s » is found by what its search is folded to',
    async (name) => {
      expect(await namesOf(sql`select ${folded(sql`${name}::text`)} as name`)).toEqual([fold(name)]);
    },
  );

  test('names stand in the order in which people look for them', async () => {
    const names = sql`(values ('Zoé'), ('élan'), ('Émile'), ('bruno'), ('Étienne')) n(name)`;
    expect(await namesOf(sql`select name from ${names} order by ${byName(sql`name`)}`)).toEqual([
      'bruno',
      'élan',
      'Émile',
      'Étienne',
      'Zoé',
    ]);
  });
});
