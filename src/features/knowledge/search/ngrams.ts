import type { Token } from './tokens.ts';
import { LIGHT_WORDS } from './words.ts';

const SHORTEST = 3;
const LONGEST = 4;
const LIGHT = 0.5;
const REMEMBERED = 20_000;
/** Longer than the words of a language: what is not one is not remembered. */
const LONGEST_REMEMBERED = 30;

const byWord = new Map<string, readonly Token[]>();

/** Character n-grams of 3 and 4 letters inside each word, its borders marked: what a misspelt word still shares with the right one. */
export function ngramsOf(words: readonly string[]): Token[] {
  return words.flatMap((word) => {
    const known = byWord.get(word);
    if (known) return known;
    const grams = ngramsOfWord(word);
    if (word.length > LONGEST_REMEMBERED) return grams;
    if (byWord.size >= REMEMBERED) byWord.clear();
    byWord.set(word, grams);
    return grams;
  });
}

function ngramsOfWord(word: string): Token[] {
  const bounded = `_${word}_`;
  const weight = LIGHT_WORDS.has(word) ? LIGHT : 1;
  const grams: Token[] = [];
  for (let size = SHORTEST; size <= LONGEST; size++) {
    for (let start = 0; start + size <= bounded.length; start++)
      grams.push({ key: bounded.slice(start, start + size), weight });
  }
  return grams;
}
