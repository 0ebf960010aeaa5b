import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  daysInAll,
  fits,
  leftBeside,
  limitsOf,
  sameTrial,
  unitsAtOnce,
  whoseLimit,
} from '../../../../src/features/scenarios/supporting/rules/trial-limits.ts';

const tried = (units: number, start: string, end: string) => ({ units, start, end });

test('an offer’s own limits stay within thirty units and sixty days', () => {
  expect(limitsOf(undefined)).toEqual({ units: 30, days: 60 });
  expect(limitsOf({ units: 10, days: 90 })).toEqual({ units: 10, days: 60 });
});

test('a limit is the guide’s, unless the offer’s fiche allows less', () => {
  const limits = limitsOf({ units: 10, days: 60 });
  expect(whoseLimit('units', limits)).toBe('La fiche du fournisseur limite un banc d’essai à 10 unités');
  expect(whoseLimit('days', limits)).toBe('Le guide limite un banc d’essai à 60 jours (section 3.3.2)');
});

test('entries less than thirty days apart are one trial, step by step, and those of its file whenever they are', () => {
  const first = tried(1, '2026-12-01', '2026-12-10');
  const second = tried(1, '2027-01-08', '2027-01-10');
  const far = tried(1, '2027-06-01', '2027-06-02');
  const more = tried(1, '2027-02-08', '2027-02-10');
  expect(sameTrial([first, second, far], more, () => false)).toEqual([second, first]);
  expect(sameTrial([first, second, far], tried(1, '2027-02-09', '2027-02-10'), () => false)).toEqual([]);
  expect(sameTrial([first, far], more, (each) => each === far)).toEqual([far]);
});

test('trials that follow each other never add their units, and add their days', () => {
  const trials = [tried(30, '2026-12-01', '2026-12-30'), tried(30, '2026-12-31', '2027-01-29')];
  expect([unitsAtOnce(trials), daysInAll(trials)]).toEqual([30, 60]);
});

test('trials of the same days add their units, and count their days once', () => {
  const trials = [tried(15, '2026-12-01', '2026-12-30'), tried(15, '2026-12-30', '2027-01-05')];
  expect([unitsAtOnce(trials), daysInAll(trials)]).toEqual([30, 36]);
});

test('a trial within another one adds no day', () => {
  expect(daysInAll([tried(1, '2026-12-01', '2026-12-30'), tried(1, '2026-12-05', '2026-12-06')])).toBe(30);
});

test('one unit or one day too many does not fit, and what is left is told', () => {
  const before = [tried(20, '2026-12-01', '2026-12-30')];
  const limits = limitsOf(undefined);
  const units = tried(11, '2026-12-30', '2026-12-30');
  expect([fits(before, units, limits), leftBeside(before, units, limits)]).toEqual([
    { units: false, days: true },
    { units: 10, days: 30 },
  ]);
  expect(fits(before, tried(10, '2026-12-30', '2026-12-30'), limits)).toEqual({ units: true, days: true });
  expect(fits(before, tried(30, '2026-12-31', '2027-01-30'), limits)).toEqual({ units: true, days: false });
  expect(fits(before, tried(30, '2026-12-31', '2027-01-29'), limits)).toEqual({ units: true, days: true });
});

const day = (n: number) => Temporal.PlainDate.from('2026-12-01').add({ days: n }).toString();
const someTrials = fc.array(
  fc
    .record({ units: fc.integer({ min: 1, max: 40 }), from: fc.nat(70), length: fc.nat(70) })
    .map(({ units, from, length }) => tried(units, day(from), day(from + length))),
  { maxLength: 6 },
);

test('counted day by day, the units and the days are the same', () => {
  fc.assert(
    fc.property(someTrials, (trials) => {
      const days = Array.from({ length: 150 }, (_, n) =>
        trials.filter(({ start, end }) => start <= day(n) && day(n) <= end),
      );
      expect(daysInAll(trials)).toBe(days.filter((on) => on.length > 0).length);
      expect(unitsAtOnce(trials)).toBe(
        Math.max(...days.map((on) => on.reduce((sum, { units }) => sum + units, 0))),
      );
    }),
    { numRuns: 60 },
  );
});
