import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSharedClock } from '../../../src/edges/storage/index.ts';
import { type Engine, engines } from '../../support/engines.ts';

// What is told, and when, must not hang on the clock of one machine.

/** The clock of a machine, which somebody moves. */
function machine() {
  let movedMs = 0;
  return {
    now: () => Temporal.Now.instant().add({ milliseconds: movedMs }),
    moved: (ms: number) => {
      movedMs += ms;
    },
  };
}
/** By how much a clock is wrong, in milliseconds. */
const wrongBy = (clock: { now(): Temporal.Instant }) =>
  Math.abs(clock.now().until(Temporal.Now.instant()).total('milliseconds'));

describe.each(engines)('the shared clock, on $name', ({ open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  test.each([3_600_000, -3_600_000])(
    'shows the time of the database on a machine that is %i ms off',
    async (ms) => {
      const local = machine();
      local.moved(ms);
      const clock = buildSharedClock(engine.storage.jobs, local);
      await clock.sync();
      expect(wrongBy(clock)).toBeLessThan(500);
    },
  );

  test.each([3_600_000, -3_600_000])(
    'does not follow a machine whose clock is moved by %i ms',
    async (ms) => {
      const local = machine();
      const clock = buildSharedClock(engine.storage.jobs, local);
      await clock.sync();
      local.moved(ms);
      expect(wrongBy(clock)).toBeLessThan(500);
    },
  );

  test('time passes between two looks at the database', async () => {
    const clock = buildSharedClock(engine.storage.jobs, machine());
    await clock.sync();
    const before = clock.now().epochMilliseconds;
    await setTimeout(30);
    expect(clock.now().epochMilliseconds - before).toBeGreaterThanOrEqual(29);
  });

  test('a machine that stood still asks the database at once', async () => {
    const local = machine();
    const clock = buildSharedClock(engine.storage.jobs, local);
    let asked = 0;
    const { execute } = engine.storage.jobs;
    engine.storage.jobs.execute = ((...given: Parameters<typeof execute>) => {
      asked++;
      return execute.apply(engine.storage.jobs, given);
    }) as typeof execute;
    await clock.sync();
    local.moved(60_000);
    clock.now();
    clock.now();
    expect(asked).toBe(2);
    engine.storage.jobs.execute = execute;
  });
});
