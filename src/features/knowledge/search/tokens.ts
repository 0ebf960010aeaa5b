import { fold } from '../../../core/text/text.ts';
import { areEnglish, inFrench } from './english.ts';
import { ideasOf, ideasOfExpressions } from './idea-finder.ts';
import { wordsOf } from './normalize.ts';
import { stemOf } from './stems.ts';
import { FUNCTION_WORDS, LIGHT_WORDS, QUESTION_TYPES } from './words.ts';

export interface Token {
  /** A stem, a pair of stems (`a b`), an idea (`#price`) or a question type (`?why`). */
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
const IDEA = 1;
const QUESTION_TYPE = 0.6;
const LONGEST = 2_000;

/** What a text says, for comparison: stems, pairs of neighbouring stems, ideas and the type of the question. */
export function analyse(text: string): Analysis {
  const all = inFrench(wordsOf(text.slice(0, LONGEST)));
  const tokens: Token[] = [];
  const words: string[] = [];
  const ideas = new Set(ideasOfExpressions(all));
  let previous: string | undefined;
  for (const word of all) {
    for (const idea of ideasOf(word)) ideas.add(idea);
    if (FUNCTION_WORDS.has(word)) {
      tokens.push({ key: word, weight: FUNCTION });
      continue;
    }
    const key = stemOf(word);
    words.push(word);
    tokens.push({ key, weight: LIGHT_WORDS.has(word) ? LIGHT : 1 });
    if (previous !== undefined) tokens.push({ key: `${previous} ${key}`, weight: PAIR });
    previous = key;
  }
  for (const key of ideas) tokens.push({ key, weight: IDEA });
  const folded = fold(text);
  for (const [type, pattern] of QUESTION_TYPES)
    if (pattern.test(folded)) tokens.push({ key: `?${type}`, weight: QUESTION_TYPE });
  return { words, tokens };
}

/** What a message names: its stems, ideas (`#duree`) and kinds of question (`?time`). */
export type MessageKeys = ReadonlySet<string>;
export const keysOf = (text: string): MessageKeys => new Set(analyse(text).tokens.map(({ key }) => key));

/** The stems of a message's words of content, without those that say little. */
export const wordsThatTell = (text: string): string[] =>
  analyse(text)
    .words.filter((word) => !LIGHT_WORDS.has(word))
    .map(stemOf);

/** Whether a text is in English. */
export const isEnglish = (text: string): boolean => areEnglish(wordsOf(text.slice(0, LONGEST)));

/** Whether a token is a word of the text, not something deduced from it. */
export function isWord({ key }: Token): boolean {
  return !/[ #?]/.test(key);
}

/**
 * The same key for the same question, whatever the accents, the order and the small words: its content
 * stems, sorted. Of a text without content, its words. Empty when nothing is said.
 */
export function fingerprint(text: string): string {
  const { words } = analyse(text);
  const heavy = words.filter((word) => !LIGHT_WORDS.has(word));
  const said = [heavy, words, wordsOf(text)].find((list) => list.length > 0) ?? [];
  return [...new Set(said.map(stemOf))].sort().join(' ');
}
