import { expect, jest, test } from '@jest/globals';
import { SMALL } from './cast.ts';
import { asConversation } from './history.ts';
import { planOf } from './plan.ts';
import { live, type Outcome } from './year.ts';

// A small year, lived by a seed: people with a project, faults, and the laws that hold at every moment of it. `npm run
// year` lives others, and larger ones (docs/annee-simulee.md).

// Well under a minute on a quiet machine.
jest.setTimeout(600_000);

const SEED = 7;
/** So many happenings of the same plan, for what does not need them all. */
const FIRST = 20;

const told = ({ failure }: Outcome): string =>
  failure ? `${failure.message}\n${asConversation(failure.last)}` : '';

test('a year of real life breaks no law, and leads to a meeting and to contracts by the buttons of the cards', async () => {
  const outcome = await live(SEED, SMALL);
  expect(told(outcome)).toBe('');
  expect(outcome.counts.kickoffs).toBeGreaterThan(0);
  expect(outcome.counts.contracts).toBeGreaterThan(0);
  expect(outcome.judged['no meeting without what 3.4.3 demands']).toBeGreaterThan(0);
  expect(outcome.figures.faults).toBeGreaterThan(10);
});

test('two lives of one seed are the same history', async () => {
  const plan = planOf(SEED, SMALL).slice(0, FIRST);
  const [one, other] = [await live(SEED, SMALL, { plan }), await live(SEED, SMALL, { plan })];
  expect(other.hash).toBe(one.hash);
  expect(other.figures.turns).toBe(one.figures.turns);
});

test('another seed plans another year', () => {
  expect(planOf(SEED + 1, SMALL)).not.toEqual(planOf(SEED, SMALL));
});
