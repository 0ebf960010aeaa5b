import { expect, test } from '@jest/globals';
import { barOf } from '../../../../src/features/scenarios/comparing/rules/bars.ts';

const drawn = (price: bigint, longest: bigint, budget?: bigint) =>
  barOf(price, longest, budget)
    .map(({ width, style, line }) => `${line ? '| ' : ''}${width} ${style}`)
    .join(', ');

test('a bar is as long as its price, of the longest', () => {
  expect(drawn(50n, 200n)).toBe('25 accent, 75 default');
  expect(drawn(200n, 200n)).toBe('100 accent');
});

test('the budget is a line at the same place in every bar', () => {
  expect(drawn(50n, 200n, 100n)).toBe('25 accent, 25 default, | 50 default');
  expect(drawn(150n, 200n, 100n)).toBe('50 accent, | 25 accent, 25 default');
  expect(drawn(100n, 200n, 200n)).toBe('50 accent, 50 default, | 1 default');
});

test('nothing costs nothing, and something is always seen', () => {
  expect(drawn(0n, 0n)).toBe('100 accent');
  expect(drawn(1n, 1_000_000n)).toBe('1 accent, 99 default');
});
