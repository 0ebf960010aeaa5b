import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  dueMoment,
  MOMENTS,
  momentsFor,
  momentsOf,
} from '../../../../src/features/evaluations/campaigns/rules/schedule.ts';
import { CAMPAIGN_KINDS } from '../../../../src/features/evaluations/campaigns/rules/states.ts';
import { day, days } from '../../../support/catalogue.ts';

const windows = fc
  .record({ start: fc.nat({ max: 3000 }), length: fc.integer({ min: 1, max: 120 }) })
  .map(({ start, length }) => {
    const opensOn = day('2020-01-01').add({ days: start });
    return { opensOn, closesOn: opensOn.add({ days: length }) };
  });

const order = (moment: (typeof MOMENTS)[number] | undefined) => (moment ? MOMENTS.indexOf(moment) : -1);

test('a window of forty-five days reminds at opening, midway, a week and a day before, then the colleagues and the staff', () => {
  const said = momentsOf({ opensOn: day('2026-10-01'), closesOn: day('2026-11-15') }, days);

  expect(said.map(({ moment, on }) => `${on} ${moment}`)).toEqual([
    '2026-10-01 opening',
    '2026-10-23 midway',
    '2026-11-09 week',
    '2026-11-12 day',
    '2026-11-13 members',
    '2026-11-16 staff',
  ]);
});

test('a window of four days leaves out what would come together', () => {
  const said = momentsOf({ opensOn: day('2026-10-05'), closesOn: day('2026-10-08') }, days);

  expect(said.map(({ moment, on }) => `${on} ${moment}`)).toEqual([
    '2026-10-05 opening',
    '2026-10-06 midway',
    '2026-10-07 day',
    '2026-10-08 members',
    '2026-10-09 staff',
  ]);
});

test('each moment is on a business day, after the one before it', () => {
  fc.assert(
    fc.property(windows, (window) => {
      const said = momentsOf(window, days);
      for (const { on } of said) expect(days.isBusinessDay(on)).toBe(true);
      for (const [n, each] of said.slice(1).entries()) {
        const before = said[n];
        if (!before) throw new Error('no moment before');
        expect(Temporal.PlainDate.compare(before.on, each.on)).toBe(-1);
        expect(order(before.moment)).toBeLessThan(order(each.moment));
      }
    }),
  );
});

test('the first moment is the opening, on the first business day from it', () => {
  fc.assert(
    fc.property(windows, (window) => {
      const [first] = momentsOf(window, days);
      expect(first?.moment).toBe('opening');
      expect(first?.on.toString()).toBe(days.onOrAfter(window.opensOn).toString());
    }),
  );
});

test('after the last day, nobody is told but the staff, and only of a window', () => {
  fc.assert(
    fc.property(
      windows,
      fc.constantFrom(...CAMPAIGN_KINDS),
      fc.integer({ min: 1, max: 60 }),
      (window, kind, late) => {
        const moment = dueMoment(kind, window, window.closesOn.add({ days: late }), days);
        expect([undefined, ...(kind === 'window' ? ['staff'] : [])]).toContain(moment);
      },
    ),
  );
});

test('at the end of a contract, the same moments are said as at an anniversary', () => {
  fc.assert(
    fc.property(windows, (window) => {
      expect(momentsFor('final', window, days)).toEqual(momentsFor('anniversary', window, days));
    }),
  );
});

test('as the days of a window go by, what is due only moves forward', () => {
  fc.assert(
    fc.property(windows, fc.constantFrom(...CAMPAIGN_KINDS), (window, kind) => {
      let before = -1;
      for (
        let today = window.opensOn.subtract({ days: 3 });
        Temporal.PlainDate.compare(today, window.closesOn) <= 0;
        today = today.add({ days: 1 })
      ) {
        const now = order(dueMoment(kind, window, today, days));
        expect(now).toBeGreaterThanOrEqual(before);
        before = now;
      }
    }),
    { numRuns: 40 },
  );
});

test('before the opening nothing is due', () => {
  fc.assert(
    fc.property(
      windows,
      fc.constantFrom(...CAMPAIGN_KINDS),
      fc.integer({ min: 1, max: 60 }),
      (window, kind, early) => {
        expect(dueMoment(kind, window, window.opensOn.subtract({ days: early }), days)).toBeUndefined();
      },
    ),
  );
});
