import { editDistance } from '../../../core/text/edit-distance.ts';
import { ideasOfStem } from './idea-finder.ts';
import { soundOf } from './similar-words.ts';
import { stemOf } from './stems.ts';
import { type Analysis, isWord, type Token } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';
import { FUNCTION_WORDS } from './words.ts';

/** A word of the query, and the indexed words that may stand for it, each with its likelihood from 0 to 1. */
export interface ExpandedToken extends Token {
  readonly forms: readonly Form[];
}

export interface Form {
  readonly key: string;
  readonly factor: number;
}

const PREFIX = 0.5;
const SOUND = 0.6;
const TYPO = 0.7;
const SECOND_TYPO = 0.75;
const LONG_WORD = 8;
const SHORTEST = 4;
const SHORTEST_PREFIX = 5;
const MOST_FORMS = 4;
const REMEMBERED = 5_000;

/** Words of the indexed texts that a query may have meant, folded, with the stem and the sound of each. */
export type ExpansionState = {
  readonly words: readonly string[];
  readonly stems: readonly string[];
  readonly sounds: readonly string[];
};

/** Finds, for a word of the query that the index never saw, the indexed words that it may have been meant for. */
export class Expansion {
  readonly state: ExpansionState;
  readonly #vocabulary: Vocabulary;
  readonly #bySound = new Map<string, Set<string>>();
  readonly #byLength = new Map<number, string[]>();
  readonly #corrections = new Map<string, readonly Form[]>();

  constructor(state: ExpansionState, vocabulary: Vocabulary) {
    this.state = state;
    this.#vocabulary = vocabulary;
    const { words, stems, sounds } = state;
    words.forEach((word, n) => {
      append(this.#byLength, word.length, word);
      const sound = sounds[n] as string;
      this.#bySound.set(sound, (this.#bySound.get(sound) ?? new Set()).add(stems[n] as string));
    });
  }

  /** `written` are the words of the indexed texts as they were written, folded. */
  static of(written: ReadonlySet<string>, vocabulary: Vocabulary): Expansion {
    const words = [...written].filter(
      (word) => word.length >= SHORTEST && !FUNCTION_WORDS.has(word) && !/\d/.test(word),
    );
    return new Expansion({ words, stems: words.map(stemOf), sounds: words.map(soundOf) }, vocabulary);
  }

  /** The tokens with their forms, and the ideas that the corrected words name. A form of a known token is itself. */
  expand({ words, tokens }: Analysis): ExpandedToken[] {
    const written = new Map(words.map((word) => [stemOf(word), word]));
    const ideas = new Map<string, number>();
    const expanded = tokens.map((token): ExpandedToken => {
      if (this.#vocabulary.has(token.key)) return { ...token, forms: [{ key: token.key, factor: 1 }] };
      const word = isWord(token) ? written.get(token.key) : undefined;
      const forms = word === undefined ? [] : this.#correct(word);
      const [likeliest] = forms;
      if (likeliest) for (const idea of ideasOfStem(likeliest.key)) ideas.set(idea, likeliest.factor);
      return { ...token, forms };
    });
    const said = new Set(tokens.map((token) => token.key));
    for (const [key, factor] of ideas) {
      if (!said.has(key) && this.#vocabulary.has(key))
        expanded.push({ key, weight: factor, forms: [{ key, factor: 1 }] });
    }
    return expanded;
  }

  /** Likely corrections of a word never seen, best first. */
  #correct(word: string): readonly Form[] {
    if (word.length < SHORTEST || /\d/.test(word)) return [];
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
        if (distance <= limit) propose(stemOf(candidate), distance > 1 ? TYPO * SECOND_TYPO : TYPO);
      }
    }
    const stem = stemOf(word);
    for (const [length, candidates] of this.#byLength) {
      if (length <= word.length || stem.length < SHORTEST_PREFIX) continue;
      for (const candidate of candidates) if (candidate.startsWith(stem)) propose(stemOf(candidate), PREFIX);
    }
    const forms = [...found]
      .map(([key, factor]) => ({ key, factor }))
      .filter(({ key }) => this.#vocabulary.has(key));
    const best = forms.sort((a, b) => b.factor - a.factor).slice(0, MOST_FORMS);
    if (this.#corrections.size >= REMEMBERED) this.#corrections.clear();
    this.#corrections.set(word, best);
    return best;
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
