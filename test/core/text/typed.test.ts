import { expect, test } from '@jest/globals';
import { amountField } from '../../../src/core/cards/amount.ts';
import {
  dayOf,
  dayOrMonthOf,
  frenchDayOrMonth,
  latestOf,
  moneyOf,
  monthsOf,
} from '../../../src/core/text/typed.ts';

test.each([
  ['150 000,50 $', 15_000_050],
  ['150000.5', 15_000_050],
  ['$ 200', 20_000],
  ['2 000 $ CAD', 200_000],
  ['1,5 M$', 150_000_000],
  ['150 k$', 15_000_000],
  ['١٢٣', 12_300],
  ["9'600", 960_000],
  ['9’600', 960_000],
])('the amount « %s » is read as it is written', (text, cents) => {
  expect(moneyOf(text)).toBe(cents);
});

test.each([
  '1,500',
  '1.500',
  '150,000.50',
  '150.000,50',
  '-5',
  '',
  'beaucoup',
  '1 000 000 000',
  '12,345',
  '1e9',
  '12 50',
  '1 50',
  '1 500 2 000',
  '12 34,50',
  '12$50',
])('the amount « %s » is none, or may mean two things', (text) => expect(moneyOf(text)).toBeUndefined());

test('an amount in a field is read again as the same', () => {
  for (const cents of [0, 5, 99_999, 123_456_789]) expect(moneyOf(amountField(cents))).toBe(cents);
});

test.each([
  ['24', 24],
  ['24 mois', 24],
  ['2 ans', 24],
  ['deux ans et demi', 30],
  ['1 an et 6 mois', 18],
  ['trente-six mois', 36],
])('the length « %s » is read in months', (text, months) => {
  expect(monthsOf(text)).toBe(months);
});

test.each(['0', '-1', '2 jours', '1,000', '1,5', '', 'longtemps', '24:00', '0x10'])(
  'the length « %s » is none',
  (text) => expect(monthsOf(text)).toBeUndefined(),
);

test.each([
  ['2027-06-01', '2027-06-01'],
  ['2027/6/1', '2027-06-01'],
  ['1er juin 2027', '2027-06-01'],
  ['mardi 1 juin 2027', '2027-06-01'],
  ['31 juin 2027', undefined],
  ['2027-06-01T00:00:00Z', '2027-06-01'],
  ['20/06/2027', '2027-06-20'],
  ['20-06-2027', '2027-06-20'],
  ['20.06.2027', '2027-06-20'],
  ['1 er juin 2027', '2027-06-01'],
  ['2027‑06‑01', '2027-06-01'],
  ['2027–06–01', '2027-06-01'],
  ['2027−06−01', '2027-06-01'],
  ['6 jui 2027', undefined],
  ['2027-02-30', undefined],
  ['juin 2027', undefined],
  ['01/06/2027', undefined],
])('the day « %s » is read', (text, day) => {
  expect(dayOf(text)).toBe(day);
});

test.each([
  ['juin 2027', '2027-06', 'juin 2027', '2027-06-30'],
  ['févr. 2027', '2027-02', 'février 2027', '2027-02-28'],
  ['2027-06', '2027-06', 'juin 2027', '2027-06-30'],
  ['1er août 2027', '2027-08-01', '1er août 2027', '2027-08-01'],
])('« %s » is read where no day is needed, echoed in French, and ends', (text, when, echoed, latest) => {
  expect(dayOrMonthOf(text)).toBe(when);
  expect(frenchDayOrMonth(when)).toBe(echoed);
  expect(latestOf(when).toString()).toBe(latest);
});
