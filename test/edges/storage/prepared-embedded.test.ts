import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import type { Storage } from '../../../src/edges/storage/index.ts';
import { database } from '../../support/database.ts';

let storage: Storage;
let pglite: PGlite;

beforeAll(async () => {
  storage = await database();
  if (storage.engine.kind !== 'pglite') throw new Error('the embedded database is what is tried');
  pglite = storage.engine.pglite;
});
afterAll(() => storage.close());
beforeEach(async () => {
  await pglite.exec('drop table if exists notes; create table notes (id int primary key, words text)');
});

/** The statements about notes that the database keeps. */
const kept = async (): Promise<readonly string[]> =>
  (
    await pglite.query<{ statement: string }>(
      `select statement from pg_prepared_statements where statement like '%notes where%' and statement not like '%pg_prepared%'`,
    )
  ).rows.map(({ statement }) => statement);

const noteOf = (id: number) =>
  drizzle(pglite).execute<{ words: string }>(sql`select words from notes where id = ${id}`);

test('a statement that comes again is kept once, and answers by its values', async () => {
  await pglite.query(`insert into notes values (1, 'un'), (2, 'deux')`);
  const words = [];
  for (const id of [1, 2, 1, 3]) words.push((await noteOf(id)).rows);
  expect(words).toEqual([[{ words: 'un' }], [{ words: 'deux' }], [{ words: 'un' }], []]);
  expect(await kept()).toEqual(['select words from notes where id = $1']);
});

test('what is written by a kept statement is counted, returned and typed as before', async () => {
  const add = (id: number, words: string | null) =>
    pglite.query('insert into notes values ($1, $2) returning id, words', [id, words]);
  await add(1, 'un');
  const third = [await add(2, null), await add(3, 'trois')].at(-1);
  expect(third).toMatchObject({ rows: [{ id: 3, words: 'trois' }], affectedRows: 1 });
  expect((await pglite.query('select * from notes where words is null', [])).rows).toEqual([
    { id: 2, words: null },
  ]);
  const changed = async () => pglite.query('update notes set words = $1', ['tous']);
  await changed();
  expect(await changed()).toMatchObject({ rows: [], affectedRows: 3 });
});

test('a table of another shape leaves what is kept right', async () => {
  await pglite.query(`insert into notes values (1, 'un')`);
  const all = async () => (await pglite.query('select * from notes where id = $1', [1])).rows;
  for (let time = 0; time < 7; time++) await all();
  await pglite.exec(`alter table notes add column more text default 'encore'`);
  expect([await all(), await all(), await all()]).toEqual(
    Array.from({ length: 3 }, () => [{ id: 1, words: 'un', more: 'encore' }]),
  );
});

test('a kept statement that is refused says why, and leaves the database in order', async () => {
  const add = () => pglite.query('insert into notes values ($1, $2)', [1, 'un']);
  await add();
  for (let time = 0; time < 3; time++)
    await expect(add()).rejects.toMatchObject({ code: '23505', params: [1, 'un'] });
  expect((await noteOf(1)).rows).toEqual([{ words: 'un' }]);
});

test('in a transaction, a refusal undoes what was written, and nothing is asked once it ended', async () => {
  const add = 'insert into notes values ($1, $2)';
  await pglite.query(add, [1, 'un']);
  let ended: { query(text: string, values: unknown[]): Promise<unknown> } | undefined;
  const twice = pglite.transaction(async (tx) => {
    ended = tx;
    await tx.query(add, [2, 'deux']);
    await tx.query(add, [1, 'encore']);
  });
  await expect(twice).rejects.toMatchObject({ code: '23505' });
  expect((await noteOf(2)).rows).toEqual([]);
  await expect(ended?.query(add, [3, 'trois'])).rejects.toThrow('Transaction is closed');
});

test('a statement is planned anew once the tables hold much more', async () => {
  const first = async () => (await noteOf(1)).rows;
  for (let time = 0; time < 3; time++) await first();
  expect(await kept()).toHaveLength(1);
  await pglite.query(`insert into notes select n, 'note ' || n from generate_series(1, 3000) n`);
  await first();
  await first();
  expect(await kept()).toHaveLength(1);
  const plans = await pglite.query<{ generic_plans: number; custom_plans: number }>(
    `select generic_plans::int, custom_plans::int from pg_prepared_statements where statement = 'select words from notes where id = $1'`,
  );
  expect(plans.rows).toEqual([{ generic_plans: 0, custom_plans: 1 }]);
});
