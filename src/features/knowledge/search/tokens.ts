import { newStemmer } from 'snowball-stemmers';
import { fold } from '../../../core/text.ts';
import { inFrench } from './english.ts';
import { wordsOf } from './normalize.ts';
import { FUNCTION_WORDS, LIGHT_WORDS, QUESTION_TYPES } from './words.ts';

export interface Token {
  /** The stem, a pair of stems (`a b`) or a question type (`?why`). */
  readonly key: string;
  /** How much it tells: 1 for a word of content. */
  readonly weight: number;
}

export interface Analysis {
  /** Content words as written, folded: what is compared letter by letter. */
  readonly words: readonly string[];
  readonly tokens: readonly Token[];
}

const LIGHT = 0.5;
const FUNCTION = 0.15;
const PAIR = 0.5;
const QUESTION_TYPE = 0.6;

const stemmer = newStemmer('french');
const stems = new Map<string, string>();
const REMEMBERED = 20_000;

/** Snowball's French stem of a folded word. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = word.length > 3 ? stemmer.stem(word) : word;
  if (stems.size >= REMEMBERED) stems.clear();
  stems.set(word, stem);
  return stem;
}

/** What a text says, for comparison: stems, pairs of neighbouring stems and the type of the question, each with its weight. */
export function analyse(text: string): Analysis {
  const words = inFrench(wordsOf(text.slice(0, 2_000)));
  const tokens: Token[] = [];
  const contents: string[] = [];
  let previous: string | undefined;
  for (const word of words) {
    const grammar = FUNCTION_WORDS.has(word);
    const key = grammar ? word : stemOf(word);
    tokens.push({ key, weight: grammar ? FUNCTION : LIGHT_WORDS.has(word) ? LIGHT : 1 });
    if (grammar) continue;
    contents.push(word);
    if (previous !== undefined) tokens.push({ key: `${previous} ${key}`, weight: PAIR });
    previous = key;
  }
  const folded = fold(text);
  for (const [type, pattern] of QUESTION_TYPES)
    if (pattern.test(folded)) tokens.push({ key: `?${type}`, weight: QUESTION_TYPE });
  return { words: contents, tokens };
}

/** The same key for the same question, whatever the accents, the order and the small words. Empty when nothing is said. */
export function fingerprint(text: string): string {
  const { words } = analyse(text);
  const heavy = words.filter((word) => !LIGHT_WORDS.has(word));
  return [...new Set((heavy.length > 0 ? heavy : words).map(stemOf))].sort().join(' ');
}
