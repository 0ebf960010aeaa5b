import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HOLIDAYS_FILE } from '../../../src/app/paths.ts';
import { CourtierError } from '../../../src/core/errors.ts';
import { holidayFile, readHolidays } from '../../../src/edges/calendar/index.ts';

const anyYear = fc.integer({ min: 2000, max: 2100 });

let folder: string;
let emptyFile: string;
let count = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-calendar-'));
  emptyFile = fileOf('');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(text: string): string {
  const file = join(folder, `feries-${count++}.yaml`);
  writeFileSync(file, text);
  return file;
}

const byRule = (year: number) => readHolidays(emptyFile)(year);
const dateOf = (name: string, year: number) => [...byRule(year)].find(([, each]) => each === name)?.[0];

function refusal(file: string): string {
  try {
    readHolidays(file);
  } catch (error) {
    if (error instanceof CourtierError && error.kind === 'invalid') return error.message;
    throw error;
  }
  throw new Error('the file was read');
}

test.each([2026, 2027, 2028, 2029])('the shipped file lists thirteen holidays in %d', (year) => {
  expect(readHolidays(HOLIDAYS_FILE)(year).size).toBe(13);
});

test('the shipped file says what the command would write', () => {
  const listed = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '' && !line.startsWith('#'));
  expect(listed(readFileSync(HOLIDAYS_FILE, 'utf8'))).toEqual(listed(holidayFile(2026, 2029)));
});

test('what the command writes is read as the rule that wrote it', () => {
  fc.assert(
    fc.property(anyYear, (year) => {
      const read = readHolidays(fileOf(holidayFile(year, year)))(year);
      expect([...read]).toEqual([...byRule(year)]);
    }),
    { numRuns: 20 },
  );
});

test('every year has thirteen holidays, of thirteen names, on thirteen weekdays of its own', () => {
  fc.assert(
    fc.property(anyYear, (year) => {
      const dates = [...byRule(year).keys()].map((day) => Temporal.PlainDate.from(day));
      expect(new Set(byRule(year).values()).size).toBe(13);
      expect(dates).toHaveLength(13);
      for (const day of dates) {
        expect(day.year).toBe(year);
        expect(day.dayOfWeek).toBeLessThanOrEqual(5);
      }
    }),
    { numRuns: 101 },
  );
});

test('the holidays of a year come in their order', () => {
  const dates = [...byRule(2027).keys()];
  expect(dates).toEqual(dates.toSorted());
});

test.each([
  ['2010-12-24', 'Veille de Noël'],
  ['2010-12-27', 'Noël'],
  ['2010-12-28', 'Lendemain de Noël'],
  ['2010-12-31', "Veille du jour de l'An"],
  ['2011-01-03', "Jour de l'An"],
  ['2011-01-04', "Lendemain du jour de l'An"],
  ['2011-12-23', 'Veille de Noël'],
  ['2011-12-26', 'Noël'],
  ['2011-12-27', 'Lendemain de Noël'],
  ['2011-12-30', "Veille du jour de l'An"],
  ['2012-01-02', "Jour de l'An"],
  ['2012-01-03', "Lendemain du jour de l'An"],
])('%s was « %s »', (day, name) => {
  expect(byRule(Number(day.slice(0, 4))).get(day)).toBe(name);
});

test.each([
  ['Veille de Noël', 2028, '2028-12-22', 'a Sunday'],
  ['Veille de Noël', 2033, '2033-12-23', 'a Saturday'],
  ["Veille du jour de l'An", 2028, '2028-12-29', 'a Sunday'],
  ["Veille du jour de l'An", 2033, '2033-12-30', 'a Saturday'],
  ['Noël', 2027, '2027-12-27', 'a Saturday'],
  ['Lendemain de Noël', 2027, '2027-12-28', 'a Sunday'],
  ['Lendemain de Noël', 2026, '2026-12-28', 'a Saturday'],
  ["Jour de l'An", 2028, '2028-01-03', 'a Saturday'],
  ["Lendemain du jour de l'An", 2028, '2028-01-04', 'a Sunday'],
  ["Lendemain du jour de l'An", 2027, '2027-01-04', 'a Saturday'],
  ['Fête nationale', 2028, '2028-06-23', 'a Saturday'],
  ['Fête nationale', 2029, '2029-06-25', 'a Sunday'],
  ['Fête nationale', 2026, '2026-06-24', 'a Wednesday'],
  ['Fête du Canada', 2028, '2028-06-30', 'a Saturday'],
  ['Fête du Canada', 2029, '2029-07-02', 'a Sunday'],
  ['Fête du Canada', 2027, '2027-07-01', 'a Thursday'],
])('« %s » of %d is on %s, its own day being %s', (name, year, expected) => {
  expect(dateOf(name, year)).toBe(expected);
});

test.each([
  [2026, '2026-04-03', '2026-04-06', '2026-05-18', '2026-09-07', '2026-10-12'],
  [2030, '2030-04-19', '2030-04-22', '2030-05-20', '2030-09-02', '2030-10-14'],
])('the feasts of %d that have no fixed date are on their days', (year, ...expected) => {
  const names = [
    'Vendredi saint',
    'Lundi de Pâques',
    'Journée nationale des patriotes',
    'Fête du Travail',
    'Action de grâces',
  ];
  expect(names.map((name) => dateOf(name, year))).toEqual(expected);
});

test('a year that the deployer lists replaces the rule’s', () => {
  const holidays = readHolidays(fileOf('2027:\n  2027-02-15: Journée de la famille\n'));
  expect([...holidays(2027)]).toEqual([['2027-02-15', 'Journée de la famille']]);
});

test('a year that the deployer does not list follows the rule', () => {
  const holidays = readHolidays(fileOf('2027:\n  2027-02-15: Journée de la famille\n'));
  expect(holidays(2028).size).toBe(13);
  expect([...holidays(2028)]).toEqual([...byRule(2028)]);
});

test('a year that the deployer lists empty has no holiday', () => {
  expect(readHolidays(fileOf('2027: {}\n'))(2027).size).toBe(0);
});

test('a file of comments alone leaves every year to the rule', () => {
  expect(readHolidays(fileOf('# Rien pour le moment.\n'))(2026).size).toBe(13);
});

test.each([
  ['that is no YAML', '2027: [\n'],
  ['that lists a day twice', '2027:\n  2027-01-01: Un\n  2027-01-01: Deux\n'],
  ['with a tab for an indent', '2027:\n\t2027-01-01: Un\n'],
])('a file %s is refused in a French sentence that names it', (_what, text) => {
  const file = fileOf(text);
  expect(refusal(file)).toBe(`Le calendrier « ${file} » ne peut pas être lu.`);
});

test('a file that is not there is refused in a French sentence that names it', () => {
  const file = join(folder, 'absent.yaml');
  expect(refusal(file)).toBe(`Le calendrier « ${file} » ne peut pas être lu.`);
});

test('a date of another year is refused in a French sentence that names the file, the date and the year', () => {
  const file = fileOf('2027:\n  2027-01-01: Un\n  2028-01-03: Deux\n');
  expect(refusal(file)).toBe(`${file} : 2028-01-03 n'est pas dans l'année 2027.`);
});

test.each([
  ['a day that does not exist', '2027:\n  2027-02-29: Un\n', '2027-02-29'],
  ['a month that does not exist', '2027:\n  2027-13-01: Un\n', '2027-13-01'],
  ['a date without its zeros', '2027:\n  2027-1-1: Un\n', '2027-1-1'],
  ['a holiday without a name', "2027:\n  2027-01-01: ''\n", '2027-01-01'],
  ['a year of two figures', '27:\n  2027-01-01: Un\n', '27'],
])('%s is refused, with the file and the place', (_what, text, place) => {
  const file = fileOf(text);
  const sentence = refusal(file);
  expect(sentence).toContain(file);
  expect(sentence).toContain(place);
});

test.each([
  ['a list', '- 2027-01-01\n'],
  ['a text', 'coucou\n'],
  ['a year without its days', '2027:\n'],
  ['a year that is a list', '2027: [2027-01-01]\n'],
])('%s is refused, with the file', (_what, text) => {
  const file = fileOf(text);
  expect(refusal(file)).toContain(file);
});
