import type { ExpandedToken } from './expansion.ts';
import type { Token } from './tokens.ts';
import { UNKNOWN, type Vocabulary } from './vocabulary.ts';

/** An entry's tokens, field by field. */
export interface Fields {
  readonly question: readonly Token[];
  readonly alternates: readonly Token[];
  readonly answer: readonly Token[];
}

const FIELDS = [
  { name: 'question', weight: 2, b: 0.4 },
  { name: 'alternates', weight: 2, b: 0.75 },
  { name: 'answer', weight: 1, b: 0.75 },
] as const;
const K1 = 1.2;

/** BM25 over the fields of each entry, divided by what the query could score at most: comparable between queries. */
export class Bm25f {
  readonly #postings = new Map<string, { entries: Int32Array; values: Float32Array }>();
  readonly #vocabulary: Vocabulary;
  readonly #entries: number;

  constructor(entries: readonly Fields[], vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#entries = entries.length;
    const lengthOf = (tokens: readonly Token[]) => tokens.reduce((sum, token) => sum + token.weight, 0);
    const averages = FIELDS.map(
      ({ name }) => entries.reduce((sum, entry) => sum + lengthOf(entry[name]), 0) / entries.length || 1,
    );
    const frequencies = new Map<string, Map<number, number>>();
    entries.forEach((entry, n) => {
      FIELDS.forEach(({ name, weight, b }, field) => {
        const norm = 1 - b + (b * lengthOf(entry[name])) / (averages[field] as number);
        for (const { key } of entry[name]) {
          const of = frequencies.get(key) ?? new Map<number, number>();
          frequencies.set(key, of.set(n, (of.get(n) ?? 0) + weight / norm));
        }
      });
    });
    for (const [key, of] of frequencies) {
      this.#postings.set(key, {
        entries: Int32Array.from(of.keys()),
        values: Float32Array.from(of.values(), (frequency) => (frequency * (K1 + 1)) / (K1 + frequency)),
      });
    }
  }

  /** A score for each entry, about 0 to 2. A token counts once for an entry, by the likeliest of its forms there. */
  scores(tokens: readonly ExpandedToken[]): Float32Array {
    const sums = new Float32Array(this.#entries);
    const reached = new Float32Array(this.#entries);
    let most = 0;
    for (const { key, weight, forms } of tokens) {
      const idf = this.#vocabulary.idf(key);
      most += weight * idf * (forms.length === 0 ? UNKNOWN : 1);
      reached.fill(0);
      for (const form of forms) {
        const posting = this.#postings.get(form.key);
        if (!posting) continue;
        const value = weight * form.factor * Math.min(idf, this.#vocabulary.idf(form.key));
        posting.entries.forEach((entry, n) => {
          reached[entry] = Math.max(reached[entry] as number, value * (posting.values[n] as number));
        });
      }
      for (let n = 0; n < sums.length; n++) sums[n] = (sums[n] as number) + (reached[n] as number);
    }
    if (most > 0) for (let n = 0; n < sums.length; n++) sums[n] = (sums[n] as number) / most;
    return sums;
  }
}
