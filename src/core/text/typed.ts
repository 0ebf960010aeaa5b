import { frenchDate } from '../clock.ts';
import { latinDigits } from './digits.ts';
import { numberAt, tokensOf } from './spoken-number.ts';
import { fold } from './text.ts';

// What people write in forms, as they write it.

/**
 * An amount, its spaces single: « $ 200 », « 1'500'000,50 », « 1,5 M$ ». A space parts thousands, and anywhere else two
 * numbers.
 */
const AMOUNT =
  /^(?:cad )?(?:\$ ?)?(\d{1,3}(?:[ '’]\d{3}){1,2}|\d{1,9})(?:[.,](\d{1,2}))?(?: ?(k|mille|m|millions?))?(?: ?(?:\$|(?:de )?dollars?))?(?: ?cad)?$/;

/** Cents of « 150 000,50 $ », « 150000.5 », « 1,5 M$ », « 150 k$ »; undefined for anything else, from a billion dollars on, or where a comma or a point may part thousands: nobody's amount is guessed. */
export function moneyOf(text: string): number | undefined {
  const bare = latinDigits(text).toLowerCase().replace('٫', ',').replace(/\s+/g, ' ').trim();
  const found = AMOUNT.exec(bare);
  if (!found) return undefined;
  const [, whole = '', decimals = '', unit = ''] = found;
  const cents = Number(whole.replace(/\D/g, '')) * 100 + Number(decimals.padEnd(2, '0'));
  const scaled = cents * (unit === '' ? 1 : unit.startsWith('k') || unit === 'mille' ? 1_000 : 1_000_000);
  return scaled < 100_000_000_000 ? scaled : undefined;
}

/** Months of « 24 », « 24 mois », « 2 ans », « deux ans et demi », « 1 an et 6 mois »; undefined for anything else. */
export function monthsOf(text: string): number | undefined {
  if (/^\s*-|[.,]\d{3}|[^\p{L}\p{Nd}\s.,'’-]/u.test(text)) return undefined;
  const tokens = tokensOf(text);
  let months = 0;
  for (let at = 0; at < tokens.length; ) {
    const number = numberAt(tokens, at);
    if (!number) return undefined;
    const unit = tokens[number.next] ?? 'mois';
    const each = /^mois$/.test(unit) ? 1 : /^(?:ans?|annees?)$/.test(unit) ? 12 : undefined;
    if (each === undefined) return undefined;
    at = number.next + 1;
    const half = tokens[at] === 'et' && /^demie?$/.test(tokens[at + 1] ?? '');
    months += number.value * each + (half ? each / 2 : 0);
    at += half ? 2 : 0;
    if (tokens[at] === 'et') at++;
  }
  return Number.isInteger(months) && months > 0 ? months : undefined;
}

const MONTHS = 'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'.split(
  ' ',
);
const MONTH = /^(\d{4})-(\d\d)$/;

/** « 2027-06 » of « juin 2027 » or « 2027-06 ». */
function monthRead(text: string): string | undefined {
  const [, year, number] = /^(\d{4})[-/ ](0?[1-9]|1[0-2])$/.exec(text) ?? [];
  if (year && number) return `${year}-${number.padStart(2, '0')}`;
  const [, name = '', of] = /^([a-z]+)\.? (?:de )?(\d{4})$/.exec(text) ?? [];
  const meant = MONTHS.filter((month) => name.length >= 3 && month.startsWith(name));
  const [month] = meant;
  return of && month && meant.length === 1
    ? `${of}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}`
    : undefined;
}

/** A day before its month and its year, where it cannot be a month: « 20/11/2026 ». */
const DAY_FIRST = /^(1[3-9]|2\d|3[01])[-/. ](\d{1,2})[-/. ](\d{4})$/;

/**
 * « 2027-06-01 » of « 2027-06-01 », « 2027-06-01T00:00:00Z », « 1er juin 2027 », « mardi 1 juin 2027 » or « 20/06/2027 »;
 * a day that does not exist is none, nor one that could be another.
 */
export function dayOf(text: string): string | undefined {
  const said = fold(latinDigits(text))
    .replace(/,/g, '')
    .replace(/[\p{Pd}−]/gu, '-')
    .replace(DAY_FIRST, '$3-$2-$1');
  const plain = /^(\d{4})[-/ ](\d{1,2})[-/ ](\d{1,2})(?:t[\d:.]+(?:z|[+-]\d\d:?\d\d)?)?$/.exec(said);
  const spoken = /^(?:le )?(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?(\d{1,2})(?: ?er)? (.+)$/.exec(
    said,
  );
  const month = spoken && monthRead(spoken[2] ?? '');
  const [year, number, day] = plain
    ? [plain[1], plain[2], plain[3]]
    : [...(month ?? '').split('-'), spoken?.[1] ?? ''];
  const iso = `${year}-${number?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  try {
    return Temporal.PlainDate.from(iso, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

/** A day as people write it, or a month, « 2027-06 » of « juin 2027 », where no day is needed. */
export const dayOrMonthOf = (text: string): string | undefined =>
  dayOf(text) ?? monthRead(fold(latinDigits(text)).replace(/,/g, ''));

/** « 1er juin 2027 », or « juin 2027 ». */
export function frenchDayOrMonth(when: string): string {
  const [, year, month] = MONTH.exec(when) ?? [];
  const date = Temporal.PlainDate.from(year ? `${when}-01` : when);
  return year && month ? frenchDate(date).replace(/^1er /, '') : frenchDate(date);
}

/** The last day that a day or a month may mean. */
export const latestOf = (when: string): Temporal.PlainDate =>
  MONTH.test(when)
    ? Temporal.PlainYearMonth.from(when).toPlainDate({ day: 31 })
    : Temporal.PlainDate.from(when);
