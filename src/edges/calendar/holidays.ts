import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { CourtierError } from '../../core/errors.ts';
import type { Holidays } from '../../core/time/business-days.ts';
import { baseHolidays } from './base-holidays.ts';

const Year = z.string().regex(/^\d{4}$/, 'une année à quatre chiffres');
const Day = z.iso.date('une date comme 2026-12-25');
const Name = z.string('un nom de jour férié').min(1, 'un nom de jour férié');
const HolidayFile = z.record(
  Year,
  z.record(Day, Name, 'une liste de jours fériés'),
  'des années, et les jours fériés de chacune',
);

/**
 * The holidays that a deployer's file lists, by year. A year that the file does not list follows the
 * base rule. Throws one sentence that names the file and the place when it cannot be read.
 */
export function readHolidays(file: string): Holidays {
  const years = new Map<number, ReadonlyMap<string, string>>();
  for (const [year, days] of Object.entries(parseFile(file))) {
    const strays = Object.keys(days).filter((day) => !day.startsWith(year));
    if (strays.length > 0)
      throw new CourtierError('invalid', `${file} : ${strays.join(', ')} n'est pas dans l'année ${year}.`);
    years.set(Number(year), new Map(Object.entries(days)));
  }
  return (year) => {
    const known = years.get(year) ?? baseHolidays(year);
    years.set(year, known);
    return known;
  };
}

function parseFile(file: string): z.infer<typeof HolidayFile> {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8')) ?? {};
  } catch (cause) {
    throw new CourtierError('invalid', `Le calendrier « ${file} » ne peut pas être lu.`, cause);
  }
  const parsed = HolidayFile.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const expected = issue?.code === 'invalid_key' ? issue.issues[0]?.message : issue?.message;
  throw new CourtierError('invalid', `${[file, ...(issue?.path ?? [])].join(', ')} : on attend ${expected}.`);
}

/** The text of a holiday file for some years, as the base rule gives them. */
export function holidayFile(from: number, to: number): string {
  const years: string[] = [];
  for (let year = from; year <= to; year++) {
    const days = [...baseHolidays(year)].map(([date, name]) => `  ${date}: ${name}`);
    years.push(`${year}:\n${days.join('\n')}\n`);
  }
  return years.join('\n');
}
