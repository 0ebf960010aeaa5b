import { expect, test } from '@jest/globals';
import { intervalOf, latenessOf } from '../../../src/edges/delivery/limits.ts';

const PACES = Array.from({ length: 50 }, (_, at) => at + 1);
const publishedFor = (pace: number): number => (pace <= 30 ? 30 : 50);
/** How much longer than another a request may be on its way, in milliseconds. */
const ON_THE_WAY_MS = 3;
/** The shortest time in which so many and one more arrive: the first as late as may be, the last on time. */
const shortest = (pace: number, sent: number): number =>
  sent * intervalOf(pace) - latenessOf(pace) - ON_THE_WAY_MS;

test.each(PACES)(
  'at %i a second, no second has more than what is published, however late each is',
  (pace) => {
    expect(shortest(pace, publishedFor(pace))).toBeGreaterThanOrEqual(1_000 - 1e-9);
    expect(latenessOf(pace)).toBeGreaterThan(5);
  },
);

test.each(PACES)('at %i a second, the pace is kept to a hundredth', (pace) => {
  expect(1_000 / intervalOf(pace) / pace).toBeGreaterThanOrEqual(0.985);
});

test('what is faster than what is published keeps a margin to itself', () => {
  expect(1_000 / intervalOf(200)).toBeLessThan(200);
  expect(latenessOf(200)).toBeGreaterThan(5);
});
