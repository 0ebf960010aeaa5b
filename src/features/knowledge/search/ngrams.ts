import { remembered } from './remembered.ts';
import type { Token } from './tokens.ts';
import { LIGHT_WORDS } from './words.ts';

const SHORTEST = 3;
const LONGEST = 4;
const LIGHT = 0.5;
/** Character n-grams of 3 and 4 letters inside each word, its borders marked: what a misspelt word still shares with the right one. */
export const ngramsOf = (words: readonly string[]): Token[] => words.flatMap((word) => ngramsOfWord(word));

const ngramsOfWord = remembered((word): readonly Token[] => {
  const bounded = `_${word}_`;
  const weight = LIGHT_WORDS.has(word) ? LIGHT : 1;
  const grams: Token[] = [];
  for (let size = SHORTEST; size <= LONGEST; size++) {
    for (let start = 0; start + size <= bounded.length; start++)
      grams.push({ key: bounded.slice(start, start + size), weight });
  }
  return grams;
});
