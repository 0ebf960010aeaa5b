import { latinDigits } from './digits.ts';
import { fold } from './text.ts';

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
const TOKEN = /\d+(?:[.,]\d+)?|\p{L}+|[$%]/gu;
/** Between the digits of one number: « 2 000 ». */
const THOUSANDS = /(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))/g;

/** What is read of a text: numbers in digits, words, « $ » and « % ». */
export const tokensOf = (text: string): readonly string[] =>
  latinDigits(fold(text)).replace(THOUSANDS, '').replace(/-/g, ' ').match(TOKEN) ?? [];

/** What a word alone is worth: « douze ». */
export const wordNumber = (word: string): number | undefined => WORDS.get(word);

/** A number among tokens: what it is worth, and where it ends. */
export interface SpokenNumber {
  readonly value: number;
  readonly next: number;
}

/** The number that begins at a token: « 2.5 », « quatre vingt dix », « deux cent mille », « une trentaine de ». */
export function numberAt(tokens: readonly string[], start: number): SpokenNumber | undefined {
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
