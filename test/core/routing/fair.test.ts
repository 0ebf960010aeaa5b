import { expect, test } from '@jest/globals';
import { buildFairness, Crowded } from '../../../src/core/routing/fair.ts';

/** Work that ends when it is told to. */
function held() {
  const ends: (() => void)[] = [];
  let begun = 0;
  return {
    begun: () => begun,
    work: () => {
      begun++;
      return new Promise<void>((resolve) => ends.push(resolve));
    },
    end: () => ends.shift()?.(),
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a few of somebody’s are worked on at once, the rest in the order in which they came', async () => {
  const fairly = buildFairness(2, 10);
  const { begun, work, end } = held();
  const all = Promise.all(Array.from({ length: 5 }, () => fairly('alex', work)));
  await settled();
  expect(begun()).toBe(2);
  for (let n = 3; n <= 5; n++) {
    end();
    await settled();
    expect(begun()).toBe(n);
  }
  end();
  end();
  await all;
});

test('somebody else waits for none of them', async () => {
  const fairly = buildFairness(1, 1_000);
  const { work } = held();
  for (let n = 0; n < 1_000; n++) void fairly('alex', work);
  expect(await fairly('nadia', async () => 'answered')).toBe('answered');
});

test('what comes beyond those that may wait is refused at once', async () => {
  const fairly = buildFairness(1, 2);
  const { work } = held();
  for (let n = 0; n < 3; n++) void fairly('alex', work);
  await expect(fairly('alex', work)).rejects.toBeInstanceOf(Crowded);
});

test('work that fails gives its place to the next', async () => {
  const fairly = buildFairness(1, 2);
  const failing = fairly('alex', () => Promise.reject(new Error('on purpose')));
  const next = fairly('alex', async () => 'done');
  await expect(failing).rejects.toThrow('on purpose');
  expect(await next).toBe('done');
});
