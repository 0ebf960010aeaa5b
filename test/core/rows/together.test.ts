import { expect, test } from '@jest/globals';
import { DrizzleQueryError } from 'drizzle-orm';
import { together, writtenTogether } from '../../../src/core/rows/together.ts';

/** Doubles numbers, and notes which came together. */
function doubling(refused?: number) {
  const asked: (readonly number[])[] = [];
  const double = together(async (numbers: readonly number[]) => {
    asked.push(numbers);
    if (refused !== undefined && numbers.includes(refused)) throw new Error('refused');
    return numbers.map((number) => 2 * number);
  });
  return { asked, double };
}

const round = () => new Promise((done) => setImmediate(done));

test('what is asked for at the same time is done at once, and each has its own result', async () => {
  const { asked, double } = doubling();
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
  expect(asked).toEqual([[1, 2, 3]]);
});

test('what other work of the same round asks for is done with it', async () => {
  const { asked, double } = doubling();
  const first = double(1);
  await Promise.resolve();
  process.nextTick(() => void double(2));
  await first;
  expect(asked).toEqual([[1, 2]]);
});

test('nothing is remembered: what is asked for later is done again', async () => {
  const { asked, double } = doubling();
  await double(1);
  await round();
  await double(1);
  expect(asked).toEqual([[1], [1]]);
});

test('a hundred and one are done in parts', async () => {
  const { asked, double } = doubling();
  await Promise.all(Array.from({ length: 101 }, (_, n) => double(n)));
  expect(asked.map(({ length }) => length)).toEqual([50, 50, 1]);
});

test('one that cannot be done does not fail those that it came with', async () => {
  const { double } = doubling(2);
  const settled = await Promise.allSettled([1, 2, 3].map(double));
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('with the database away they are not tried one by one', async () => {
  let tried = 0;
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  const write = writtenTogether(async () => {
    tried++;
    throw new DrizzleQueryError('insert', [], cause);
  });
  const settled = await Promise.allSettled([1, 2, 3].map(write));
  expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
  expect(tried).toBe(1);
});
