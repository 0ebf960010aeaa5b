import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Interval } from '../../../../src/core/ports/calendar.ts';
import { MEETINGS_FILE, readMeetingRules } from '../../../../src/features/kickoff/index.ts';
import {
  HALF_DAYS,
  type HalfDay,
  horizonOf,
  proposals,
} from '../../../../src/features/kickoff/meeting/rules/slots.ts';
import { days } from '../../../support/catalogue.ts';

const timeZone = 'America/Toronto';
const rules = readMeetingRules(MEETINGS_FILE);
const parts = { rules, days, timeZone };
const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).toInstant();
const shown = ({ start }: Interval) =>
  start.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });
const NOW = at('2026-11-23T10:00');

const offered = (taken: readonly Interval[] = [], never: readonly HalfDay[] = [], now = NOW) =>
  proposals(now, taken, never, [], parts).map(shown);

test('proposals begin after the notice, with two moments a day, over several days', () => {
  expect(offered()).toEqual([
    '2026-11-30T09:00',
    '2026-11-30T13:00',
    '2026-12-01T09:00',
    '2026-12-01T13:00',
    '2026-12-02T09:00',
  ]);
});

test('what the broker is busy with is left out, and the time kept free after a meeting', () => {
  // Busy from 10 h 10: a meeting from 9 to 10 h would end, with its buffer, at 10 h 15.
  const busy = { start: at('2026-11-30T10:10'), end: at('2026-11-30T12:00') };
  expect(offered([busy])[0]).toBe('2026-11-30T13:00');
});

test('a whole day off is left out', () => {
  const away = { start: at('2026-11-30T00:00'), end: at('2026-12-01T00:00') };
  expect(offered([away])[0]).toBe('2026-12-01T09:00');
});

test('half-days that never suit are left out', () => {
  expect(offered([], ['monday-am', 'tuesday-am', 'tuesday-pm'])).toEqual([
    '2026-11-30T13:00',
    '2026-12-02T09:00',
    '2026-12-02T13:00',
    '2026-12-03T09:00',
    '2026-12-03T13:00',
  ]);
});

test('a moment refused before is not proposed again', () => {
  const refused = [at('2026-11-30T09:00'), at('2026-11-30T13:00')];
  expect(proposals(NOW, [], [], refused, parts).map(shown)[0]).toBe('2026-11-30T10:00');
});

test.each([
  ['spring', '2027-03-05T10:00', '2027-03-12T09:00', '2027-03-15T09:00', -4],
  ['autumn', '2027-10-29T10:00', '2027-11-05T09:00', '2027-11-08T09:00', -5],
])(
  'in %s, nine in the morning stays nine in the morning when clocks change',
  (_season, now, before, after, offset) => {
    const found = proposals(at(now), [], [], [], { ...parts, rules: { ...rules, proposals: 10 } });
    expect(found.map(shown)).toEqual(expect.arrayContaining([before, after]));
    const [moment] = found.filter((each) => shown(each) === after);
    expect(moment?.start.toZonedDateTimeISO(timeZone).offset).toBe(`-0${-offset}:00`);
  },
);

test('nothing is proposed in the night when clocks change, which is a Sunday’s', () => {
  const nights = [['01:00', '04:00']] as [string, string][];
  const hours = Object.fromEntries(
    Object.keys(rules.hours).map((day) => [day, nights]),
  ) as typeof rules.hours;
  const night = { ...parts, rules: { ...rules, hours, noticeDays: 0, proposals: 10 } };
  const found = proposals(at('2027-03-12T00:00'), [], [], [], night).map(shown);
  expect(found.slice(0, 4).map((moment) => moment.slice(0, 10))).toEqual([
    '2027-03-12',
    '2027-03-15',
    '2027-03-16',
    '2027-03-17',
  ]);
});

const instants = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 1) })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const busy = (now: Temporal.Instant) =>
  fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 60 * 24 * 40 }), fc.integer({ min: 5, max: 600 }))
      .map(([from, length]) => {
        const start = now.add({ minutes: from });
        return { start, end: start.add({ minutes: length }) };
      }),
    { maxLength: 60 },
  );
const never = fc.subarray([...HALF_DAYS], { maxLength: 6 });

test('law: every moment is on a business day, in the hours, after the notice, clear of what is busy and of refused half-days', () => {
  let met = 0;
  fc.assert(
    fc.property(
      instants.chain((now) => fc.tuple(fc.constant(now), busy(now), never)),
      ([now, taken, refused]) => {
        const horizon = horizonOf(now, parts);
        for (const moment of proposals(now, taken, refused, [], parts)) {
          met++;
          const local = moment.start.toZonedDateTimeISO(timeZone);
          const name = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'][local.dayOfWeek - 1] ?? '';
          const half = `${name}-${local.hour < 12 ? 'am' : 'pm'}` as HalfDay;
          expect(days.isBusinessDay(local.toPlainDate())).toBe(true);
          expect(refused).not.toContain(half);
          expect(moment.start.epochMilliseconds).toBeGreaterThanOrEqual(horizon.start.epochMilliseconds);
          expect(moment.start.until(moment.end).total('minutes')).toBe(rules.lengthMinutes);
          const clear = moment.end.add({ minutes: rules.bufferMinutes }).epochMilliseconds;
          for (const { start, end } of taken)
            expect(
              end.epochMilliseconds <= moment.start.epochMilliseconds || start.epochMilliseconds >= clear,
            ).toBe(true);
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(met).toBeGreaterThan(0);
});

test('law: moments come in order, without two that overlap', () => {
  let met = 0;
  fc.assert(
    fc.property(instants, never, (now, refused) => {
      const found = proposals(now, [], refused, [], parts);
      for (const [at, moment] of found.entries()) {
        const before = found[at - 1];
        if (!before) continue;
        met++;
        expect(moment.start.epochMilliseconds).toBeGreaterThanOrEqual(before.end.epochMilliseconds);
      }
    }),
    { numRuns: 60 },
  );
  expect(met).toBeGreaterThan(0);
});
