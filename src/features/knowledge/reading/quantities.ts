import { latinDigits } from '../../../core/digits.ts';
import { fold } from '../../../core/text.ts';

export const MEASURES = ['duration', 'units', 'money', 'percent'] as const;
export type Measure = (typeof MEASURES)[number];

/** Something counted in a message: a duration in days, units (people, licences), dollars, or a percentage. */
export interface Quantity {
  readonly measure: Measure;
  readonly value: number;
}

const WORDS: ReadonlyMap<string, number> = new Map(
  `un 1 une 1 deux 2 trois 3 quatre 4 cinq 5 six 6 sept 7 huit 8 neuf 9 dix 10 onze 11 douze 12 treize 13 quatorze 14
  quinze 15 seize 16 vingt 20 trente 30 quarante 40 cinquante 50 soixante 60 septante 70 huitante 80 nonante 90
  dizaine 10 douzaine 12 quinzaine 15 vingtaine 20 trentaine 30 quarantaine 40 cinquantaine 50 soixantaine 60
  centaine 100 millier 1000`
    .matchAll(/(\w+) (\d+)/g)
    .map(([, word = '', value]) => [word, Number(value)] as const),
);
const FACTORS: ReadonlyMap<string, number> = new Map([
  ['cent', 100],
  ['cents', 100],
  ['mille', 1_000],
  ['million', 1_000_000],
  ['millions', 1_000_000],
  ['k', 1_000],
  ['m', 1_000_000],
]);
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
const TOKEN = /\d+(?:[.,]\d+)?|\p{L}+|[$%]/gu;
/** Between the digits of one number: « 2 000 ». */
const THOUSANDS = /(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))/g;

/**
 * What a message counts: « deux mois et demi », « 45 employés », « 2 000 $ de plus », « 10 % ». A number in words or in
 * digits and what it counts; « on est 45 » and « à 45 » count people.
 */
export function quantitiesOf(text: string): Quantity[] {
  const folded = latinDigits(fold(text)).replace(THOUSANDS, '').replace(/-/g, ' ');
  const tokens = folded.match(TOKEN) ?? [];
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
  const repeated = Math.max(1, WORDS.get(times) ?? (Number(times) || 1));
  const last = others.at(-1)?.value ?? 0;
  return { measure, value: same.reduce((sum, { value }) => sum + value, 0) + (repeated - 1) * last };
}

/** How many of some things share what a message counts in all: three, of « 90 comptes au total pour trois offres »; one otherwise. */
export function sharersOf(text: string, things: readonly string[]): number {
  const said = latinDigits(fold(text));
  if (things.length === 0 || !/\b(?:total|en tout)\b/.test(said)) return 1;
  const [, number = ''] =
    new RegExp(`\\b(\\p{L}+|\\d{1,3}) (?:${things.join('|')})s?\\b`, 'u').exec(said) ?? [];
  return Math.max(1, WORDS.get(number) ?? (Number(number) || 1));
}

interface Read {
  readonly value: number;
  readonly next: number;
}

/** The number that begins at a token: « 2.5 », « quatre vingt dix », « deux cent mille », « une trentaine de ». */
function numberAt(tokens: readonly string[], start: number): Read | undefined {
  let total = 0;
  let group = 0;
  let at = start;
  for (; at < tokens.length; at++) {
    const token = tokens[at] as string;
    const factor = FACTORS.get(token);
    if (/^\d/.test(token)) {
      if (at > start) break;
      group = Number(token.replace(',', '.'));
    } else if (factor !== undefined && (at > start || factor === 100 || factor === 1_000)) {
      if (factor === 100) group = (group || 1) * factor;
      else {
        total += (group || 1) * factor;
        group = 0;
      }
    } else if (token === 'vingts' || (token === 'vingt' && group === 4)) group *= 20;
    else if (WORDS.has(token) && !/^\d/.test(tokens[at - 1] ?? ''))
      group = (/aine$|ier$/.test(token) ? 0 : group) + (WORDS.get(token) as number);
    else if (token !== 'et' || !continues(tokens, at)) break;
  }
  if (at === start) return undefined;
  while (tokens[at] === 'de' || tokens[at] === 'd') at++;
  return { value: total + group, next: at };
}

/** « vingt et un », but not « deux et la suite ». */
const continues = (tokens: readonly string[], at: number): boolean =>
  ['un', 'une', 'onze'].includes(tokens[at + 1] ?? '') && (WORDS.get(tokens[at - 1] ?? '') ?? 0) >= 20;

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
function peopleBefore(tokens: readonly string[], at: number, { value, next }: Read): Counted | undefined {
  if (value < 2 || !/^(?:est|serait|sera|sommes|serions|serons|etait|etions)$/.test(tokens[at - 1] ?? ''))
    return undefined;
  return /^(?:on|nous)$/.test(tokens[at - 2] ?? '')
    ? { measure: 'units', each: 1, half: 0, next }
    : undefined;
}
