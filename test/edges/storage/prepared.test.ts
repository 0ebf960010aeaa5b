import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { connectionOf } from '../../../src/edges/storage/connection.ts';
import { buildPool } from '../../../src/edges/storage/pool.ts';
import { MOST_PREPARED } from '../../../src/edges/storage/prepared.ts';
import { silent } from '../../support/delivery.ts';
import { type Database, postgres } from '../../support/postgres.ts';

let database: Database;
let pool: pg.Pool;

beforeAll(async () => {
  database = await postgres();
  const patience = { most: 1, connectMs: 10_000, lockMs: 5_000, statementMs: 5_000 };
  pool = buildPool(connectionOf(database.url), patience, silent, () => {});
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});
beforeEach(async () => {
  await pool.query('drop table if exists notes');
  await pool.query('create table notes (id int, words text)');
});

/** The statements that the server keeps prepared for the connection. */
const prepared = async (): Promise<readonly string[]> =>
  (await pool.query('select statement from pg_prepared_statements')).rows.map(({ statement }) => statement);

const noteOf = (id: number) => drizzle(pool).execute(sql`select words from notes where id = ${id}`);

test('a statement that comes again is prepared once, and answers by its values', async () => {
  await pool.query(`insert into notes values (1, 'un'), (2, 'deux')`);
  const before = await prepared();
  const words = [];
  for (const id of [1, 2, 1, 3]) words.push((await noteOf(id)).rows);
  expect(words).toEqual([[{ words: 'un' }], [{ words: 'deux' }], [{ words: 'un' }], []]);
  expect((await prepared()).filter((text) => !before.includes(text))).toEqual([
    'select words from notes where id = $1',
  ]);
});

test('a statement that comes once, or that has no values, is not prepared', async () => {
  const before = await prepared();
  await pool.query('select $1::int as once', [1]);
  for (let time = 0; time < 3; time++) await pool.query('select 1 as nothing');
  expect(await prepared()).toEqual(before);
});

test('what the next release adds to a table leaves its prepared statements right', async () => {
  await pool.query(`insert into notes values (1, 'un')`);
  for (let time = 0; time < 7; time++) await noteOf(1);
  await pool.query(`alter table notes add column more text default 'encore'`);
  await pool.query('create index on notes (id)');
  expect((await noteOf(1)).rows).toEqual([{ words: 'un' }]);
});

test('a prepared statement that is refused leaves the connection in order', async () => {
  const divide = (by: number) => pool.query('select 1 / $1::int as result', [by]);
  await divide(1);
  await divide(1);
  await expect(divide(0)).rejects.toThrow('division by zero');
  expect((await divide(1)).rows).toEqual([{ result: 1 }]);
});

test('a connection keeps a bounded number of statements, and carries out the others all the same', async () => {
  for (let length = 1; length <= MOST_PREPARED + 50; length++) {
    const ids = Array.from({ length }, (_, at) => at);
    const places = ids.map((_, at) => `$${at + 1}`).join(', ');
    for (let time = 0; time < 2; time++) {
      const { rows } = await pool.query(
        `select count(*)::int as found from notes where id in (${places})`,
        ids,
      );
      expect(rows).toEqual([{ found: 0 }]);
    }
  }
  expect((await prepared()).length).toBeLessThanOrEqual(MOST_PREPARED);
});
