import { expect, test } from '@jest/globals';
import type { Log } from '../../../src/core/ports/log.ts';
import { buildAfterwards } from '../../../src/core/process/afterwards.ts';
import { NoConnection } from '../../../src/core/rows/database-trouble.ts';

/** A database that can be away, and what is written to it. */
function world(most?: number) {
  const state = { away: true };
  const written: string[] = [];
  const logged: string[] = [];
  const write = (_data: object, message: string) => void logged.push(message);
  const log: Log = { info: write, warn: write, error: write };
  const afterwards = buildAfterwards(log, most, 60_000);
  const work = (what: string) => async () => {
    if (state.away) throw new NoConnection(new Error('ECONNREFUSED'));
    written.push(what);
  };
  return { state, written, logged, afterwards, work };
}

test('what can be written is written at once', async () => {
  const { state, written, logged, afterwards, work } = world();
  state.away = false;
  await afterwards.write('a', work('a'));
  expect(written).toEqual(['a']);
  expect(logged).toEqual([]);
});

test('what cannot is kept, told once, and written when the database is back', async () => {
  const { state, written, logged, afterwards, work } = world();
  for (const key of ['a', 'b', 'c']) await afterwards.write(key, work(key));
  expect(await afterwards.settle()).toBe(3);
  state.away = false;
  expect(await afterwards.settle()).toBe(0);
  expect(written.toSorted()).toEqual(['a', 'b', 'c']);
  expect(logged).toEqual([
    'what follows answers is kept until it can be written',
    'what was kept is written',
  ]);
});

test('the same key is kept once, as it was last', async () => {
  const { state, written, afterwards, work } = world();
  for (const what of ['before', 'after']) await afterwards.write('a', work(what));
  state.away = false;
  await afterwards.settle();
  expect(written).toEqual(['after']);
});

test('no more is kept than fits: the oldest is given up, and the log says so', async () => {
  const { state, written, logged, afterwards, work } = world(2);
  for (const key of ['a', 'b', 'c']) await afterwards.write(key, work(key));
  state.away = false;
  await afterwards.settle();
  expect(written).toEqual(['b', 'c']);
  expect(logged).toContain('too much waits for the database: the oldest is given up');
});

test('a failure that is not the database’s is logged once and not tried again', async () => {
  const { logged, afterwards } = world();
  await afterwards.write('a', async () => {
    throw new Error('a mistake of ours');
  });
  expect(await afterwards.settle()).toBe(0);
  expect(logged).toEqual(['not written after the answer']);
});
