import type { ExpandedToken } from './bm25f.ts';
import { editDistance, soundOf } from './similar-words.ts';
import { SYNONYMS } from './synonyms.ts';
import { type Analysis, stemOf } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';
import { FUNCTION_WORDS } from './words.ts';

const SYNONYM = 0.35;
const PREFIX = 0.5;
const SOUND = 0.6;
const TYPO = 0.7;
const LONG_WORD = 8;
const SHORTEST_TYPO = 4;
const MOST_FORMS = 6;

type Form = ExpandedToken['forms'][number];

/** Finds the indexed words that may stand for a word of the query: its synonyms, and for a word never seen, its likely corrections. */
export class Expansion {
  readonly #vocabulary: Vocabulary;
  readonly #bySound = new Map<string, Set<string>>();
  readonly #byLength = new Map<number, string[]>();
  readonly #corrections = new Map<string, readonly Form[]>();

  /** `written` are the words of the indexed texts as they were written, folded. */
  constructor(vocabulary: Vocabulary, written: Iterable<string>) {
    this.#vocabulary = vocabulary;
    for (const word of written) {
      if (word.length < SHORTEST_TYPO || FUNCTION_WORDS.has(word) || /\d/.test(word)) continue;
      const sound = soundOf(word);
      this.#bySound.set(sound, (this.#bySound.get(sound) ?? new Set()).add(stemOf(word)));
      this.#byLength.set(word.length, [...(this.#byLength.get(word.length) ?? []), word]);
    }
  }

  expand({ words, tokens }: Analysis): ExpandedToken[] {
    const written = new Map(words.map((word) => [stemOf(word), word]));
    return tokens.map((token) => {
      const word = written.get(token.key);
      const forms: Form[] = this.#vocabulary.has(token.key)
        ? [{ key: token.key, factor: 1 }]
        : word
          ? [...this.#correct(word)]
          : [];
      for (const synonym of (word && SYNONYMS.get(word)) || []) {
        const key = stemOf(synonym);
        if (key !== token.key && this.#vocabulary.has(key))
          forms.push({ key, factor: SYNONYM, synonym: true });
      }
      return { ...token, forms };
    });
  }

  /** Likely corrections of a word never seen, best first. */
  #correct(word: string): readonly Form[] {
    if (word.length < SHORTEST_TYPO || /\d/.test(word)) return [];
    const known = this.#corrections.get(word);
    if (known) return known;
    const found = new Map<string, number>();
    const propose = (key: string, factor: number) => found.set(key, Math.max(factor, found.get(key) ?? 0));
    for (const key of this.#bySound.get(soundOf(word)) ?? []) propose(key, SOUND);
    const limit = word.length >= LONG_WORD ? 2 : 1;
    for (let length = word.length - limit; length <= word.length + limit; length++) {
      for (const candidate of this.#byLength.get(length) ?? []) {
        if (candidate[0] !== word[0] && candidate[1] !== word[1]) continue;
        const distance = editDistance(word, candidate, limit);
        if (distance <= limit) propose(stemOf(candidate), TYPO * (1 - (distance - 1) * 0.25));
      }
    }
    const stem = stemOf(word);
    for (const [length, candidates] of this.#byLength) {
      if (length <= word.length || stem.length < 5) continue;
      for (const candidate of candidates) if (candidate.startsWith(stem)) propose(stemOf(candidate), PREFIX);
    }
    const forms = [...found]
      .map(([key, factor]) => ({ key, factor }))
      .sort((a, b) => b.factor - a.factor)
      .slice(0, MOST_FORMS);
    if (this.#corrections.size > 5_000) this.#corrections.clear();
    this.#corrections.set(word, forms);
    return forms;
  }
}
