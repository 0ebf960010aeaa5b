import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildDepartures } from '../../../src/edges/delivery/departures.ts';
import { intervalOf } from '../../../src/edges/delivery/limits.ts';
import { TENANT } from '../../support/delivery.ts';

/** Time that passes only when somebody waits, or is held. */
function departures(rate: number) {
  let at = 0;
  const until = async (moment: number) => {
    at = Math.max(at, moment);
  };
  return {
    ...buildDepartures({ rate, now: () => at, until }),
    until,
    now: () => at,
    held: (ms: number) => {
      at += ms;
    },
  };
}

/** Sends one at each moment of a pace; each leaves late, and is held once more on its way out. When they arrive. */
async function arrivals(rate: number, delays: readonly (readonly [late: number, held: number])[]) {
  const { leave, until, now, held } = departures(rate);
  const arrived: number[] = [];
  for (const [n, [late, onTheWay]] of delays.entries()) {
    await until(n * intervalOf(rate) + late);
    await leave(TENANT, async () => {
      held(onTheWay);
      arrived.push(now());
    });
    await setImmediate();
  }
  return arrived;
}

test('no second has more than what is published, whatever holds a sending before it leaves or on its way', async () => {
  const delays = fc.array(fc.tuple(fc.nat(8), fc.nat(40)), { minLength: 120, maxLength: 160 });
  await fc.assert(
    fc.asyncProperty(delays, async (each) => {
      const arrived = await arrivals(50, each);
      for (const [n, at] of arrived.entries()) {
        const before = arrived[n - 50];
        if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(1_000);
      }
    }),
    { numRuns: 40 },
  );
});

test('what leaves on time waits for nothing', async () => {
  const onTime = Array.from({ length: 200 }, () => [0, 0] as const);
  const arrived = await arrivals(50, onTime);
  expect(arrived).toEqual(onTime.map((_, n) => n * intervalOf(50)));
});

test('a clock that is set back holds nothing back', async () => {
  const { leave, now, held } = departures(50);
  for (let n = 0; n < 60; n++) await leave(TENANT, async () => {});
  held(-3_600_000);
  const before = now();
  await leave(TENANT, async () => {});
  expect(now()).toBe(before);
});

test('one tenant does not hold another back', async () => {
  const { leave, now } = departures(50);
  for (let n = 0; n < 50; n++) await leave(TENANT, async () => {});
  await leave('another', async () => {});
  expect(now()).toBe(0);
});
