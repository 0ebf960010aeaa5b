import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HOLIDAYS_FILE } from '../../../src/app/paths.ts';
import { brokerDate, buildBusinessDays, startOfDay } from '../../../src/core/time/business-days.ts';
import { readHolidays } from '../../../src/edges/calendar/index.ts';

const holidays = readHolidays(HOLIDAYS_FILE);
const days = buildBusinessDays(holidays);

const date = (text: string) => Temporal.PlainDate.from(text);
const before = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) < 0;
const tomorrow = (day: Temporal.PlainDate) => day.add({ days: 1 });

/** The days after one, up to and with another. */
function* daysAfter(from: Temporal.PlainDate, to: Temporal.PlainDate) {
  for (let day = tomorrow(from); !before(to, day); day = tomorrow(day)) yield day;
}

const someDay = fc
  .integer({ min: 0, max: 4 * 365 })
  .map((offset) => date('2026-01-01').add({ days: offset }));
const someBusinessDay = someDay.filter(days.isBusinessDay);
const few = fc.integer({ min: 1, max: 60 });

test.each([
  ['2026-09-04', true, 'a Friday'],
  ['2026-09-05', false, 'a Saturday'],
  ['2026-09-06', false, 'a Sunday'],
  ['2026-09-07', false, 'Labour Day'],
  ['2026-09-08', true, 'the morrow of Labour Day'],
  ['2026-12-26', false, 'a Saturday from which the holiday moved'],
  ['2026-12-28', false, 'the Monday to which it moved'],
  ['2028-07-01', false, 'Canada Day on a Saturday'],
  ['2028-06-30', false, 'the Friday to which it moved'],
  ['2026-11-11', true, 'a holiday of others'],
])('%s is a business day: %s (%s)', (day, expected) => {
  expect(days.isBusinessDay(date(day))).toBe(expected);
});

test.each([
  ['2026-01-05', '2026-01-05'],
  ['2026-01-01', '2026-01-05'],
  ['2026-04-03', '2026-04-07'],
  ['2026-12-24', '2026-12-29'],
  ['2026-12-31', '2027-01-05'],
  ['2027-12-31', '2028-01-05'],
])('on or after %s is %s', (day, expected) => {
  expect(days.onOrAfter(date(day)).toString()).toBe(expected);
});

test.each([
  ['2026-12-23', 1, '2026-12-29'],
  ['2026-12-23', 2, '2026-12-30'],
  ['2026-12-23', 3, '2027-01-05'],
  ['2026-12-26', 1, '2026-12-29'],
  ['2026-04-02', 1, '2026-04-07'],
  ['2026-06-05', 5, '2026-06-12'],
  ['2028-06-22', 1, '2028-06-26'],
  ['2027-01-05', -1, '2026-12-30'],
  ['2027-01-05', -3, '2026-12-23'],
  ['2026-09-05', -1, '2026-09-04'],
  ['2026-09-05', 0, '2026-09-08'],
  ['2026-09-08', 0, '2026-09-08'],
])('from %s, %d business days lead to %s', (day, n, expected) => {
  expect(days.add(date(day), n).toString()).toBe(expected);
});

test.each([
  ['2026-09-04', '2026-09-04', 0],
  ['2026-09-04', '2026-09-07', 0],
  ['2026-09-04', '2026-09-08', 1],
  ['2026-06-05', '2026-06-12', 5],
  ['2026-12-23', '2027-01-05', 3],
  ['2027-01-05', '2026-12-23', -3],
  ['2025-12-31', '2026-12-31', 248],
])('from %s to %s there are %d business days', (from, to, expected) => {
  expect(days.between(date(from), date(to))).toBe(expected);
});

test.each([
  ['2026-01-31', '2026-01-05'],
  ['2026-02-01', '2026-02-02'],
  ['2026-07-15', '2026-07-02'],
  ['2026-08-03', '2026-08-03'],
  ['2026-11-30', '2026-11-02'],
  ['2027-01-01', '2027-01-05'],
  ['2027-05-20', '2027-05-03'],
  ['2028-01-15', '2028-01-05'],
  ['2028-07-01', '2028-07-03'],
  ['2029-04-30', '2029-04-03'],
  ['2029-07-01', '2029-07-03'],
])('the first business day of the month of %s is %s', (day, expected) => {
  expect(days.priceDate(date(day)).toString()).toBe(expected);
});

test.each([
  ['2026-01-01', '2026-01-05'],
  ['2026-01-04', '2026-01-05'],
  ['2026-01-05', '2026-02-02'],
  ['2026-01-31', '2026-02-02'],
  ['2026-06-30', '2026-07-02'],
  ['2026-12-31', '2027-01-05'],
  ['2027-04-30', '2027-05-03'],
  ['2028-01-31', '2028-02-01'],
  ['2028-06-30', '2028-07-03'],
])('after %s, prices may next change on %s', (day, expected) => {
  expect(days.nextPriceDate(date(day)).toString()).toBe(expected);
});

test('without holidays, every weekday is a business day', () => {
  const weekdays = buildBusinessDays(() => new Map());
  fc.assert(fc.property(someDay, (day) => weekdays.isBusinessDay(day) === day.dayOfWeek <= 5));
});

test('adding any number of business days gives a business day', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: -60, max: 60 }), (day, n) => {
      const reached = days.add(day, n);
      expect(reached.dayOfWeek).toBeLessThanOrEqual(5);
      expect(holidays(reached.year).has(reached.toString())).toBe(false);
    }),
  );
});

test('what was added is what lies between', () => {
  fc.assert(
    fc.property(someDay, few, (day, n) => {
      expect(days.between(day, days.add(day, n))).toBe(n);
    }),
  );
});

test('from a business day, adding then taking away leads back', () => {
  fc.assert(
    fc.property(someBusinessDay, few, (day, n) => {
      expect(days.add(days.add(day, n), -n).toString()).toBe(day.toString());
    }),
  );
});

test('adding in two steps is adding at once', () => {
  fc.assert(
    fc.property(someDay, few, few, (day, a, b) => {
      expect(days.add(days.add(day, a), b).toString()).toBe(days.add(day, a + b).toString());
    }),
  );
});

test('a later day leads no earlier', () => {
  fc.assert(
    fc.property(someDay, someDay, few, (a, b, n) => {
      const [early, late] = before(b, a) ? [b, a] : [a, b];
      expect(before(days.add(late, n), days.add(early, n))).toBe(false);
      expect(before(days.onOrAfter(late), days.onOrAfter(early))).toBe(false);
    }),
  );
});

test('counting backwards gives the opposite number', () => {
  fc.assert(
    fc.property(someDay, someDay, (a, b) => {
      expect(days.between(a, b) + days.between(b, a)).toBe(0);
    }),
  );
});

test('two counts that meet add up', () => {
  fc.assert(
    fc.property(fc.array(someDay, { minLength: 3, maxLength: 3 }), (some) => {
      const [a, b, c] = some.sort(Temporal.PlainDate.compare) as [
        Temporal.PlainDate,
        Temporal.PlainDate,
        Temporal.PlainDate,
      ];
      expect(days.between(a, b) + days.between(b, c)).toBe(days.between(a, c));
    }),
  );
});

test('the first business day of a month is in it, and none of the month precedes it', () => {
  fc.assert(
    fc.property(someDay, (day) => {
      const first = days.priceDate(day);
      expect(first.toPlainYearMonth().toString()).toBe(day.toPlainYearMonth().toString());
      expect(days.isBusinessDay(first)).toBe(true);
      const dayBefore = first.with({ day: 1 }).subtract({ days: 1 });
      expect([...daysAfter(dayBefore, first)].filter(days.isBusinessDay)).toHaveLength(1);
    }),
  );
});

test('the next price date is the first one after a day', () => {
  fc.assert(
    fc.property(someDay, (day) => {
      const next = days.nextPriceDate(day);
      const priceDates = [...daysAfter(day, next)].filter((each) => days.priceDate(each).equals(each));
      expect(priceDates.map(String)).toEqual([next.toString()]);
    }),
  );
});

const DAYS_OF_2027 = [...daysAfter(date('2026-12-31'), date('2027-12-31'))];

test('every day begins at midnight in Toronto, those when the clocks change too', () => {
  expect(DAYS_OF_2027).toHaveLength(365);
  for (const day of DAYS_OF_2027) {
    const local = startOfDay(day).toZonedDateTimeISO('America/Toronto');
    expect(local.toPlainDateTime().toString()).toBe(`${day}T00:00:00`);
  }
});

test('a day’s date is that of its first and of its last millisecond', () => {
  for (const day of DAYS_OF_2027) {
    expect(brokerDate(startOfDay(day)).toString()).toBe(day.toString());
    const last = startOfDay(tomorrow(day)).subtract({ milliseconds: 1 });
    expect(brokerDate(last).toString()).toBe(day.toString());
  }
});

test.each([
  ['2027-01-15', '2027-01-15T05:00:00Z'],
  ['2027-03-14', '2027-03-14T05:00:00Z'],
  ['2027-03-15', '2027-03-15T04:00:00Z'],
  ['2027-11-07', '2027-11-07T04:00:00Z'],
  ['2027-11-08', '2027-11-08T05:00:00Z'],
])('%s begins at %s', (day, instant) => {
  expect(startOfDay(date(day)).toString()).toBe(instant);
});

test.each([
  ['2027-03-14', 23],
  ['2027-11-07', 25],
  ['2027-06-01', 24],
])('%s lasts %d hours', (day, hours) => {
  const length = startOfDay(tomorrow(date(day))).since(startOfDay(date(day)));
  expect(length.total('hours')).toBe(hours);
});
