import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildDecentHours } from '../../../src/core/time/decent-hours.ts';
import { days } from '../../support/catalogue.ts';

const ZONE = 'America/Toronto';
const hours = buildDecentHours(days, ZONE);
const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE).toInstant();
const shown = (instant: Temporal.Instant) =>
  instant.toZonedDateTimeISO(ZONE).toPlainDateTime().toString({ smallestUnit: 'minute' });

test.each([
  ['in the day', '2026-11-24T14:30', '2026-11-24T14:30'],
  ['at 8 h sharp', '2026-11-24T08:00', '2026-11-24T08:00'],
  ['early in the morning', '2026-11-24T06:10', '2026-11-24T08:00'],
  ['at 18 h sharp', '2026-11-24T18:00', '2026-11-25T08:00'],
  ['on a Saturday', '2026-11-28T11:00', '2026-11-30T08:00'],
  ['on a Friday evening', '2026-11-27T22:00', '2026-11-30T08:00'],
  ['over Christmas', '2026-12-24T20:00', '2026-12-29T08:00'],
])('%s: what is due %s goes %s', (_when, due, goes) => {
  expect(shown(hours.onOrAfter(at(due)))).toBe(goes);
});

test('a person’s own hour comes after 8 h, and never pushes past the evening', () => {
  expect(shown(hours.onOrAfter(at('2026-11-24T08:30'), 10 * 60 + 15))).toBe('2026-11-24T10:15');
  expect(shown(hours.onOrAfter(at('2026-11-24T07:00'), 5 * 60))).toBe('2026-11-24T08:00');
  expect(shown(hours.onOrAfter(at('2026-11-24T07:00'), 23 * 60))).toBe('2026-11-24T17:59');
});

test('the night when clocks go forward, what was due at an hour that does not exist goes on Monday morning', () => {
  expect(shown(hours.onOrAfter(at('2027-03-14T02:30')))).toBe('2027-03-15T08:00');
  expect(hours.onOrAfter(at('2027-03-14T02:30')).toString()).toBe('2027-03-15T12:00:00Z');
});

test('the night when clocks go back, an hour that comes twice gives one instant, on Monday morning', () => {
  for (const twice of ['2027-11-07T05:30:00Z', '2027-11-07T06:30:00Z'])
    expect(hours.onOrAfter(Temporal.Instant.from(twice)).toString()).toBe('2027-11-08T13:00:00Z');
});

const instants = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2029, 11, 1) })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const own = fc.option(fc.integer({ min: 0, max: 1_439 }), { nil: undefined });

test('law: the answer is never earlier, and is in a business day between 8 and 18 h', () => {
  fc.assert(
    fc.property(instants, own, (instant, notBefore) => {
      const goes = hours.onOrAfter(instant, notBefore);
      const local = goes.toZonedDateTimeISO(ZONE);
      expect(Temporal.Instant.compare(goes, instant)).toBeGreaterThanOrEqual(0);
      expect(days.isBusinessDay(local.toPlainDate())).toBe(true);
      expect(local.hour).toBeGreaterThanOrEqual(8);
      expect(local.hour).toBeLessThan(18);
    }),
  );
});

test('law: asked again, the answer stays', () => {
  fc.assert(
    fc.property(instants, own, (instant, notBefore) => {
      const goes = hours.onOrAfter(instant, notBefore);
      expect(hours.onOrAfter(goes, notBefore).toString()).toBe(goes.toString());
    }),
  );
});

test('law: what is due later never goes earlier', () => {
  fc.assert(
    fc.property(instants, instants, (one, other) => {
      const [first, second] = Temporal.Instant.compare(one, other) <= 0 ? [one, other] : [other, one];
      expect(Temporal.Instant.compare(hours.onOrAfter(first), hours.onOrAfter(second))).toBeLessThanOrEqual(
        0,
      );
    }),
  );
});
