import { createRequire } from 'node:module';
import { besideBundle, compiledOr } from '../../core/compiled.ts';

/** Loaded for a year that nothing lists, not at the start: it knows the whole world, which is ten megabytes. */
const library = () =>
  createRequire(import.meta.url)('date-holidays') as typeof import('date-holidays').default;

/** Where a build lists the holidays of the years of which contracts may speak. */
export const HOLIDAYS_COMPILED = 'holidays.json';
const FIRST = 2000;
const LAST = 2100;

type Year = readonly (readonly [date: string, name: string])[];
let listed: Readonly<Record<string, Year>> | undefined;

/** Feasts that the library computes, by its own rule. */
const MOVABLE: Record<string, string> = {
  'easter -2': 'Vendredi saint',
  'easter 1': 'Lundi de Pâques',
  'monday before 05-25': 'Journée nationale des patriotes',
  '1st monday in September': 'Fête du Travail',
  '2nd monday after 10-01': 'Action de grâces',
};

type Move = 'before' | 'nearest' | 'after';

/** Fixed dates, and where each goes when it falls on a week-end. */
const FIXED: readonly [date: string, name: string, move: Move][] = [
  ['01-01', "Jour de l'An", 'after'],
  ['01-02', "Lendemain du jour de l'An", 'after'],
  ['06-24', 'Fête nationale', 'nearest'],
  ['07-01', 'Fête du Canada', 'nearest'],
  ['12-24', 'Veille de Noël', 'before'],
  ['12-25', 'Noël', 'after'],
  ['12-26', 'Lendemain de Noël', 'after'],
  ['12-31', "Veille du jour de l'An", 'before'],
];

/** What the rule gives for each year that a build lists. */
export const listedHolidays = (): Readonly<Record<string, Year>> =>
  Object.fromEntries(
    Array.from({ length: LAST - FIRST + 1 }, (_, n) => [FIRST + n, [...computed(FIRST + n)]]),
  );

/** The holidays of a year by the rule, ISO date → name: as the build listed them, or computed. */
export function baseHolidays(year: number): ReadonlyMap<string, string> {
  listed ??= compiledOr(besideBundle(HOLIDAYS_COMPILED), {}, () => ({}));
  const known = listed[year];
  return known ? new Map(known) : computed(year);
}

/**
 * The thirteen holidays of the Québec public service in a year, ISO date → name. A week-end one moves:
 * the eves to the Friday before; Christmas, New Year's Day and the days after them to the next free
 * weekday; the Fête nationale and Canada Day to the nearest weekday.
 */
function computed(year: number): Map<string, string> {
  const Library = library();
  const found = new Map<string, string>();
  for (const { rule, date } of new Library('CA', 'QC').getHolidays(year)) {
    const name = MOVABLE[rule];
    if (name) found.set(date.slice(0, 10), name);
  }
  for (const [monthDay, name, move] of FIXED) {
    let day = Temporal.PlainDate.from(`${year}-${monthDay}`);
    const back = move === 'before' || (move === 'nearest' && day.dayOfWeek === 6);
    while (day.dayOfWeek > 5 || found.has(day.toString())) day = day.add({ days: back ? -1 : 1 });
    found.set(day.toString(), name);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
