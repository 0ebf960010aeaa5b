import { expect, jest, test } from '@jest/globals';
import { SMALL } from './cast.ts';
import { asConversation } from './history.ts';
import { planOf } from './plan.ts';
import { live, type Outcome } from './year.ts';

// Two months, lived by a seed: people with projects, faults, and the laws that hold at every moment of them. `npm run
// year` lives whole years (docs/annee-simulee.md).

// Well under a minute on a quiet machine.
jest.setTimeout(600_000);

const SEED = 7;
const SEASON = { ...SMALL, months: 2 };
/** So many happenings of the same plan, for what does not need them all. */
const FIRST = 20;

const told = ({ failure }: Outcome): string =>
  failure ? `${failure.message}\n${asConversation(failure.last)}` : '';

test('two months of real life break no law, and lead to a meeting by the buttons of the cards', async () => {
  const outcome = await live(SEED, SEASON);
  expect(told(outcome)).toBe('');
  expect(outcome.counts.kickoffs).toBeGreaterThan(0);
  expect(outcome.judged['no meeting without what 3.4.3 demands']).toBeGreaterThan(0);
  expect(outcome.figures.faults).toBeGreaterThan(2);
});

test('two lives of one seed are the same history', async () => {
  const plan = planOf(SEED, SEASON).slice(0, FIRST);
  const [one, other] = [await live(SEED, SEASON, { plan }), await live(SEED, SEASON, { plan })];
  expect(other.hash).toBe(one.hash);
  expect(other.figures.turns).toBe(one.figures.turns);
});

test('another seed plans another year', () => {
  expect(planOf(SEED + 1, SEASON)).not.toEqual(planOf(SEED, SEASON));
});
