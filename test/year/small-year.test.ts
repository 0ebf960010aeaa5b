import { expect, test } from '@jest/globals';
import { SMALL } from './cast.ts';
import { asConversation } from './history.ts';
import { planOf } from './plan.ts';
import { live, type Outcome } from './year.ts';

// A quarter, lived by a seed: people, faults, and the laws that hold at every moment of it. `npm run year` lives whole
// years (docs/annee-simulee.md).

const SEED = 7;
const QUARTER = { ...SMALL, months: 3 };
const MONTH = { ...SMALL, months: 1 };

const told = ({ failure }: Outcome): string =>
  failure ? `${failure.message}\n${asConversation(failure.last)}` : '';

test('a quarter of real life breaks no law', async () => {
  const outcome = await live(SEED, QUARTER);
  expect(told(outcome)).toBe('');
  expect(outcome.figures.presses).toBeGreaterThan(25);
  expect(outcome.figures.faults).toBeGreaterThan(1);
});

test('two lives of one seed are the same history', async () => {
  const [one, other] = [await live(SEED, MONTH), await live(SEED, MONTH)];
  expect(other.hash).toBe(one.hash);
  expect(other.figures.turns).toBe(one.figures.turns);
});

test('another seed plans another year', () => {
  expect(planOf(SEED + 1, MONTH)).not.toEqual(planOf(SEED, MONTH));
});
