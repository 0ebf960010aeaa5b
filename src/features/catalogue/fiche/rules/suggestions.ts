import type { z } from 'zod';
import { latinDigits } from '../../../../core/text/digits.ts';
import { editDistance } from '../../../../core/text/edit-distance.ts';
import { cleanLine } from '../../../../core/text/intake.ts';
import { fold } from '../../../../core/text/text.ts';
import { dayOf as dayRead } from '../../../../core/text/typed.ts';
import { IN_QUOTES, PERCENTAGES } from './fiche.ts';

type Issue = z.core.$ZodIssue;

/** French words that people write for the format's own. */
const MEANT: Record<string, string> = {
  mensuel: 'monthly',
  mensuelle: 'monthly',
  annuel: 'annual',
  annuelle: 'annual',
  'a la signature': 'upfront',
  'a l avance': 'upfront',
  qualifie: 'qualified',
  qualifiee: 'qualified',
  'en analyse': 'under-review',
  retire: 'withdrawn',
  retiree: 'withdrawn',
  technique: 'technical',
  ventes: 'commercial',
  oui: 'true',
  quebec: 'QC',
  ontario: 'ON',
  non: 'false',
  vrai: 'true',
  faux: 'false',
  yes: 'true',
  no: 'false',
  on: 'true',
  off: 'false',
};

/** The codes of the languages and the country that fiches name. */
const CODES: Record<string, string> = { francais: 'fr', anglais: 'en', espagnol: 'es', canada: 'CA' };

/** What a word stands for in one of these; of « constructor », which every object has, nothing. */
const wordIn = (words: Readonly<Record<string, string>>, text: string): string | undefined =>
  Object.hasOwn(words, fold(text)) ? words[fold(text)] : undefined;

/** Among what words stand for, the codes of regions. */
const REGION = /^[A-Z]{2}$/;
const MONEY = /^(?:unitPricePerMonth|entryFee|exitFee)$/;
const isPercentage = (field: string): field is keyof typeof PERCENTAGES => Object.hasOwn(PERCENTAGES, field);
const DATE = /^(?:version|start|end)$/;
/** What Word puts around a text, and what nobody sees in it. */
const bare = (text: string): string =>
  cleanLine(text)
    .replace(/["'“”„‟«»‹›‘’‚]/g, '')
    .trim();

/** What was probably meant, as it should be written; undefined when it cannot be told, or would be refused in turn. */
export function suggest(issue: Issue, value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const field = String(issue.path.at(-1));
  const text = bare(String(value));
  if (issue.code === 'invalid_value') return suggestOneOf(issue.values.map(String), text);
  if (issue.code === 'invalid_type') {
    if (issue.expected === 'boolean') {
      const meant = wordIn(MEANT, text) ?? fold(text);
      return ['true', 'false'].includes(meant) ? `${meant}, sans guillemets` : undefined;
    }
    if (issue.expected === 'int' || issue.expected === 'number') {
      const number = numberIn(text);
      return /^\d{1,15}$/.test(number) ? `${Number(number)}, sans guillemets` : undefined;
    }
    if (issue.expected === 'string')
      return suggestFormat(issue, field, value) ?? (isFormatted(field) ? undefined : `"${value}"`);
  }
  return issue.code === 'invalid_format' || issue.code === 'custom'
    ? suggestFormat(issue, field, value)
    : undefined;
}

const isFormatted = (field: string): boolean => isPercentage(field) || MONEY.test(field) || DATE.test(field);

function suggestOneOf(known: readonly string[], text: string): string | undefined {
  const meant = wordIn(
    MEANT,
    fold(text)
      .replace(/[^a-z]+/g, ' ')
      .trim(),
  );
  const near = meant && known.includes(meant) ? meant : nearest(text, known);
  return near && `« ${near} »`;
}

/** The digits of a number as people write it: « 1 234,50 $ » is « 1234.50 ». */
const numberIn = (text: string): string =>
  latinDigits(text)
    .replace(/[\s$%]/g, '')
    .replace(',', '.');

/** A text without the quotation marks of Word around it; undefined for one that holds signs of its own in straight ones. */
function inStraightQuotes(value: string | number): string | undefined {
  const text = cleanLine(String(value))
    .replace(/^[“”„‟]|[“”„‟]$/g, '')
    .trim();
  return text === '' || /["\\]/.test(text) ? undefined : `"${text}"`;
}

function suggestFormat(issue: Issue, field: string, value: string | number): string | undefined {
  const text = bare(String(value));
  const number = numberIn(text);
  // With more decimals, nobody negotiated the price that rounding gives; with three, it may be thousands.
  if (MONEY.test(field)) {
    if (/^\d{1,7}(?:\.\d{1,2})?$/.test(number)) return `"${Number(number).toFixed(2)}"`;
    return /^\d+\.\d{3,}$/.test(number) ? 'le prix convenu, avec au plus deux décimales' : undefined;
  }
  if (isPercentage(field))
    return /^-?\d{1,3}(?:\.\d{1,4})?$/.test(number) && PERCENTAGES[field](Number(number))
      ? `"${number}"`
      : undefined;
  if (DATE.test(field))
    return (
      datesIn(text)
        .map((date) => `« ${date} »`)
        .join(' ou ') || undefined
    );
  const region = wordIn(MEANT, text);
  if (field === 'region' && region && REGION.test(region)) return `« ${region} »`;
  const code = wordIn(CODES, text) ?? text;
  if (issue.message.startsWith('Une langue') && /^[a-z]{2}$/i.test(code)) return `« ${code.toLowerCase()} »`;
  if (issue.message.startsWith('Un pays') && /^[a-z]{2}$/i.test(code)) return `« ${code.toUpperCase()} »`;
  if (issue.message === IN_QUOTES) return inStraightQuotes(value);
  const slug = fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return issue.message.startsWith('Un identifiant') && slug ? `« ${slug} »` : undefined;
}

/** Days that a text may stand for: both when the day and the month cannot be told apart. */
function datesIn(text: string): string[] {
  const digits = latinDigits(text).replace(/[\p{Pd}−]/gu, '-');
  const serial = /^\d{5}$/.exec(digits);
  // Spreadsheets count days from the end of 1899.
  if (serial) return realDays([Temporal.PlainDate.from('1899-12-30').add({ days: Number(serial[0]) })]);
  const yearFirst = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ][\d:.]*Z?)?$/.exec(digits);
  if (yearFirst) return realDays([dayOf(yearFirst[1], yearFirst[2], yearFirst[3])]);
  const yearLast = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(digits);
  if (yearLast)
    return realDays([
      dayOf(yearLast[3], yearLast[2], yearLast[1]),
      dayOf(yearLast[3], yearLast[1], yearLast[2]),
    ]);
  const said = dayRead(text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'));
  return said ? realDays([Temporal.PlainDate.from(said)]) : [];
}

function dayOf(year = '', month = '', day = ''): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    );
  } catch {
    return undefined;
  }
}

const realDays = (days: readonly (Temporal.PlainDate | undefined)[]): string[] => [
  ...new Set(days.flatMap((day) => (day && day.year >= 2000 && day.year < 2100 ? [day.toString()] : []))),
];

/** The nearest of some words, when few letters differ. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const folded = fold(bare(word));
  const limit = Math.max(1, Math.floor(folded.length / 3));
  return known
    .map((candidate) => ({ candidate, distance: editDistance(folded, fold(candidate), limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}
