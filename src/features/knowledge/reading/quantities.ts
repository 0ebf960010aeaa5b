import { latinDigits } from '../../../core/text/digits.ts';
import { numberAt, type SpokenNumber, tokensOf, wordNumber } from '../../../core/text/spoken-number.ts';
import { fold } from '../../../core/text/text.ts';

export const MEASURES = ['duration', 'units', 'money', 'percent'] as const;
export type Measure = (typeof MEASURES)[number];

/** Something counted in a message: a duration in days, units (people, licences), dollars, or a percentage. */
export interface Quantity {
  readonly measure: Measure;
  readonly value: number;
}

/** How many days, about: a year is a year, and a month a twelfth of one or thirty days, whichever is less. */
const DAYS: readonly [RegExp, number][] = [
  [/^jours? (?:ouvrables?|ouvres?)$/, 7 / 5],
  [/^(?:jours?|journees?|days?)$/, 1],
  [/^(?:semaines?|sem|weeks?)$/, 7],
  [/^(?:mois|months?)$/, 30],
  [/^trimestres?$/, 90],
  [/^(?:ans?|annees?|years?)$/, 365],
];
const UNITS =
  /^(?:usagers?|utilisateurs?|utilisatrices?|employee?s?|personnes?|postes?|comptes?|licences?|unites?|abonnements?|sieges?|boites?|collegues?|testeurs?|testeuses?|membres?|agents?|fonctionnaires?|users?|seats?|people|gens|participants?|cobayes?)$/;
const MONEY = /^(?:\$|dollars?|piasses?|piastres?|cad)$/;
const PERCENT = /^(?:%|pour cent|pourcent|percent)$/;

/**
 * What a message counts: « deux mois et demi », « 45 employés », « 2 000 $ de plus », « 10 % ». A number in words or in
 * digits and what it counts; « on est 45 » and « à 45 » count people.
 */
export function quantitiesOf(text: string): Quantity[] {
  const tokens = tokensOf(text);
  const found: Quantity[] = [];
  for (let at = 0; at < tokens.length; ) {
    const number = numberAt(tokens, at);
    if (!number) {
      at++;
      continue;
    }
    const counted = countedAt(tokens, number.next) ?? peopleBefore(tokens, at, number);
    if (counted)
      found.push({ measure: counted.measure, value: (number.value + counted.half) * counted.each });
    at = Math.max(number.next, counted?.next ?? 0);
  }
  return found;
}

/** What follows in time: a renewal, an option, an extension. */
const ADDED =
  /\b(?:renouvel\w*|reconduc\w*|prolong\w*|option\w*|rallong\w*|etir\w*|ajout\w*|puis|ensuite|supplementaires?|de plus|encore)\b/;
/** « deux renouvellements d'un an ». */
const TIMES =
  /\b(\p{L}+|\d+) (?:renouvellements?|reconductions?|prolongations?|options?)(?: annuels?)? (?:de |d')/u;

/** What a message counts of a measure, in all: durations that follow one another are added, « deux ans, renouvelables un an ». */
export function totalOf(
  quantities: readonly Quantity[],
  measure: Measure,
  text: string,
): Quantity | undefined {
  const same = quantities.filter((quantity) => quantity.measure === measure);
  const [first, ...others] = same;
  if (!first || others.length === 0) return first;
  const said = fold(text);
  if (measure !== 'duration' || !ADDED.test(said)) return first;
  const [, times = ''] = TIMES.exec(said) ?? [];
  const repeated = Math.max(1, wordNumber(times) ?? (Number(times) || 1));
  const last = others.at(-1)?.value ?? 0;
  return { measure, value: same.reduce((sum, { value }) => sum + value, 0) + (repeated - 1) * last };
}

/** How many of some things share what a message counts in all: three, of « 90 comptes au total pour trois offres »; one otherwise. */
export function sharersOf(text: string, things: readonly string[]): number {
  const said = latinDigits(fold(text));
  if (things.length === 0 || !/\b(?:total|en tout)\b/.test(said)) return 1;
  const [, number = ''] =
    new RegExp(`\\b(\\p{L}+|\\d{1,3}) (?:${things.join('|')})s?\\b`, 'u').exec(said) ?? [];
  return Math.max(1, wordNumber(number) ?? (Number(number) || 1));
}

interface Counted extends Omit<Quantity, 'value'> {
  readonly each: number;
  /** « et demi ». */
  readonly half: number;
  readonly next: number;
}

/** What the number before a token counts. */
function countedAt(tokens: readonly string[], at: number): Counted | undefined {
  for (const words of [2, 1]) {
    const said = tokens.slice(at, at + words).join(' ');
    const next = at + words;
    const half = /^(?:et )?demie?\b/.test(tokens.slice(next, next + 2).join(' ')) ? 0.5 : 0;
    const days = DAYS.find(([name]) => name.test(said));
    if (days) return { measure: 'duration', each: days[1], half, next };
    if (PERCENT.test(said)) return { measure: 'percent', each: 1, half: 0, next };
    if (MONEY.test(said)) return { measure: 'money', each: 1, half: 0, next };
    if (UNITS.test(said)) return { measure: 'units', each: 1, half: 0, next };
  }
  return undefined;
}

/** « On est 45 à vouloir… », « nous sommes quarante » : people, though nothing says so. */
function peopleBefore(
  tokens: readonly string[],
  at: number,
  { value, next }: SpokenNumber,
): Counted | undefined {
  if (value < 2 || !/^(?:est|serait|sera|sommes|serions|serons|etait|etions)$/.test(tokens[at - 1] ?? ''))
    return undefined;
  return /^(?:on|nous)$/.test(tokens[at - 2] ?? '')
    ? { measure: 'units', each: 1, half: 0, next }
    : undefined;
}
