import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type pg from 'pg';
import { connectionOf } from '../../../src/edges/storage/connection.ts';
import { buildPool } from '../../../src/edges/storage/pool.ts';
import { silent } from '../../support/delivery.ts';
import { type Database, postgres } from '../../support/postgres.ts';
import { runOn } from '../../support/postgres-server.ts';

let database: Database;
let pool: pg.Pool;

beforeAll(async () => {
  database = await postgres();
  const patience = { most: 1, connectMs: 10_000, lockMs: 5_000, statementMs: 5_000 };
  pool = buildPool(connectionOf(database.url), patience, silent, () => {});
});
afterAll(() => database.stop());

test('a connection that is lost before its transaction begins leaves its place to another', async () => {
  const client = await pool.connect();
  const { rows } = await client.query('select pg_backend_pid() as pid');
  await runOn(database.url, `select pg_terminate_backend(${rows[0].pid})`);
  await expect(client.query('begin')).rejects.toThrow();
  // Whoever held it gives it back no more, as drizzle does not.
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('a connection that was given back by itself may be given back again', async () => {
  const client = await pool.connect();
  const { rows } = await client.query('select pg_backend_pid() as pid');
  await runOn(database.url, `select pg_terminate_backend(${rows[0].pid})`);
  await expect(client.query('begin')).rejects.toThrow();
  await pool.query('select 1');
  client.release();
  expect((await pool.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
});

test('a connection that rests longer than a statement may last is kept, and nobody is told that it was lost', async () => {
  const warnings: string[] = [];
  const log = { ...silent, warn: (_: object, message: string) => void warnings.push(message) };
  const patience = { most: 1, connectMs: 10_000, lockMs: 1_000, statementMs: 1_000 };
  const resting = buildPool(connectionOf(database.url), patience, log, () => {});
  const pid = async () => (await resting.query('select pg_backend_pid() as pid')).rows[0].pid;
  const before = await pid();
  await runOn(database.url, 'select pg_sleep(1.5)');
  expect({ pid: await pid(), warnings }).toEqual({ pid: before, warnings: [] });
  await resting.end();
});

test('of the connections that nobody needs any more, one stays for whoever comes next', async () => {
  const patience = { most: 3, connectMs: 10_000, lockMs: 5_000, statementMs: 5_000, unusedMs: 1 };
  const quiet = buildPool(connectionOf(database.url), patience, silent, () => {});
  const pid = async () => Number((await quiet.query('select pg_backend_pid() as pid')).rows[0].pid);
  const left: unknown[] = [];
  const allLeft = new Promise<void>((resolve) => {
    quiet.on('remove', (client) => left.push(client) === 2 && resolve());
  });
  const opened = await Promise.all([pid(), pid(), pid()]);
  await allLeft;
  expect(quiet.totalCount).toBe(1);
  expect(opened).toContain(await pid());
  expect(left).toHaveLength(2);
  await quiet.end();
});

test('a pool whose connection was lost ends', async () => {
  await pool.end();
  expect(pool.totalCount).toBe(0);
});
