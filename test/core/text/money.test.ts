import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { centsOf, frenchMoney, percentChange } from '../../../src/core/text/money.ts';

const MOST_CENTS = 999_999_999;
const cents = fc.integer({ min: 0, max: MOST_CENTS });

test.each([
  ['0', 0],
  ['4', 400],
  ['4.5', 450],
  ['4.50', 450],
  ['0.05', 5],
  ['0.29', 29],
  ['1.10', 110],
  ['1234567.89', 123_456_789],
  ['9999999.99', MOST_CENTS],
])('« %s » dollars are %d cents', (dollars, expected) => {
  expect(centsOf(dollars)).toBe(expected);
});

test('every amount of cents comes back from its dollars, useless zeros or not', () => {
  fc.assert(
    fc.property(cents, (amount) => {
      const decimals = String(amount % 100).padStart(2, '0');
      const dollars = `${Math.floor(amount / 100)}.${decimals}`;
      expect(centsOf(dollars)).toBe(amount);
      expect(centsOf(dollars.replace(/\.?0{1,2}$/, ''))).toBe(amount);
    }),
  );
});

test.each([
  [0, '0,00\u00a0$'],
  [5, '0,05\u00a0$'],
  [99, '0,99\u00a0$'],
  [100, '1,00\u00a0$'],
  [123_450, '1\u00a0234,50\u00a0$'],
  [123_456_789, '1\u00a0234\u00a0567,89\u00a0$'],
])('%d cents are shown as « %s »', (amount, expected) => {
  expect(frenchMoney(amount)).toBe(expected);
});

test('an amount is shown to the cent, with no space at which a line may break', () => {
  fc.assert(
    fc.property(cents, (amount) => {
      const shown = frenchMoney(amount);
      expect(shown.replace(/\D/g, '')).toBe(String(amount).padStart(3, '0'));
      expect(shown).not.toContain(' ');
    }),
  );
});

test.each([
  [500, 525, '+5\u00a0%'],
  [500, 475, '−5\u00a0%'],
  [3, 4, '+33,3\u00a0%'],
  [3, 2, '−33,3\u00a0%'],
  [3, 5, '+66,7\u00a0%'],
  [1_000, 1_032, '+3,2\u00a0%'],
  [400, 800, '+100\u00a0%'],
  [400, 0, '−100\u00a0%'],
  [100, 100_100, '+100\u00a0000\u00a0%'],
])('from %d to %d is « %s »', (from, to, expected) => {
  expect(percentChange(from, to)).toBe(expected);
});

test.each([
  [2_000, 2_001, '+0,1\u00a0%'],
  [2_000, 1_999, '−0,1\u00a0%'],
  [2_000, 2_003, '+0,2\u00a0%'],
  [2_000, 1_997, '−0,2\u00a0%'],
  [2_000, 2_019, '+1\u00a0%'],
])('from %d to %d, half a tenth of a percent is rounded away from zero: « %s »', (from, to, expected) => {
  expect(percentChange(from, to)).toBe(expected);
});

test('nothing is a percentage of zero', () => {
  expect(percentChange(0, 500)).toBeUndefined();
  expect(percentChange(0, 0)).toBeUndefined();
});

test('a percentage is the tenth nearest to the exact fraction, and the farther from zero of two', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MOST_CENTS }), cents, (from, to) => {
      const shown = percentChange(from, to) ?? '';
      const [, whole = '', tenth = '0'] =
        /^(\d+)(?:,(\d))?%$/.exec(shown.replace(/[\s\u00a0]/g, '').slice(1)) ?? [];
      const base = BigInt(from);
      const exact = BigInt(Math.abs(to - from)) * 1_000n;
      const error = BigInt(`${whole}${tenth}`) * base - exact;
      expect(2n * (error < 0n ? -error : error) <= base).toBe(true);
      expect(2n * error).not.toBe(-base);
      expect(shown.charAt(0)).toBe(to >= from ? '+' : '−');
    }),
    { numRuns: 500 },
  );
});
