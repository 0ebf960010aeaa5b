import { expect, test } from '@jest/globals';
import type { Inbox } from '../../src/core/ports/inbox.ts';
import { castOf, SMALL } from './cast.ts';
import { asConversation } from './history.ts';
import { hours } from './house.ts';
import { type Happening, planOf } from './plan.ts';
import { shrink } from './shrink.ts';
import type { World } from './world.ts';
import { live } from './year.ts';

// What the laws catch: parts of the house are broken on purpose, and the year says which law does not hold, by which
// history.

const SEED = 7;
const SEASON = { ...SMALL, months: 2, judged: 2 };

/** Every hour is a decent one. */
const anyHour = { ...hours, onOrAfter: (at: Temporal.Instant) => at };
/** None is: what waits for one waits for ever. */
const noHour = { ...hours, onOrAfter: (at: Temporal.Instant) => at.add({ hours: 24 }) };
/** Whatever is delivered again is worked on again. */
const forgetful: Inbox = { once: (_key, work) => work({ isOurs: async () => true }) };

test('reminders in the night are caught', async () => {
  const { failure } = await live(SEED, SEASON, { instead: { hours: anyHour } });
  expect(failure?.law).toBe('nobody is disturbed at a bad hour');
});

/** Somebody declares where they are from, the staff confirm it, and they note contracts; then time passes. */
function noting(): readonly Happening[] {
  const staff = castOf(SEASON).findIndex(({ kind }) => kind === 'staff');
  const comers = [
    [0, 'belong'],
    [staff, 'members'],
    [0, 'note'],
    [0, 'note'],
    [0, 'note'],
  ] as const;
  const first = Temporal.Instant.from('2026-11-24T15:00:00Z');
  const visits = comers.map(([who, errand], day): Happening => {
    const at = first.add({ hours: 24 * day });
    return { at, kind: 'errand', who, errand, steps: 45, seed: day + 1 };
  });
  const time = planOf(SEED, SEASON).filter(({ kind }) => kind === 'day' || kind === 'tick');
  return [...time, ...visits].sort((one, other) => Temporal.Instant.compare(one.at, other.at));
}

test('reminders that never come are caught', async () => {
  const { failure } = await live(SEED, SEASON, { instead: { hours: noHour }, plan: noting() });
  expect(failure?.law).toBe('what is due is recalled in time');
});

test('a message that is answered twice is caught', async () => {
  const { failure } = await live(SEED, SEASON, {
    instead: { inbox: forgetful },
    plan: [],
    spoil: async (world) => {
      const [somebody] = world.cast;
      if (somebody) await world.says(somebody, 'aide', { times: 2 });
    },
  });
  expect(failure?.law).toBe('a message delivered again is answered once');
});

test('what waits and is in no list is caught, and its history shrinks to a few happenings that can be read', async () => {
  const spoil = {
    spoil: (world: World) => {
      const { house } = world.services();
      const { waits } = house;
      Object.assign(house, { waits: () => waits().filter(({ kind }) => kind !== 'membership') });
    },
  };
  const outcome = await live(SEED, SEASON, spoil);
  expect(outcome.failure?.law).toBe('what waits is visible to somebody');
  const least = await shrink(SEED, SEASON, planOf(SEED, SEASON), outcome, { ...spoil, most: 2 });
  expect(least.plan.length).toBeLessThan(outcome.failure?.after ?? 0);
  expect(asConversation(least.outcome.failure?.last ?? [])).toContain('mon organisation');
});
