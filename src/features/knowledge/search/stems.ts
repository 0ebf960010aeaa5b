import { newStemmer } from 'snowball-stemmers';

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
