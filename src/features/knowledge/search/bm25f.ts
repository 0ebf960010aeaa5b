import type { ExpandedToken } from './expansion.ts';
import { type Numbered, UNKNOWN, type Vocabulary } from './vocabulary.ts';

/** An entry's tokens, field by field, as the vocabulary numbers them. */
export interface Fields {
  readonly question: Numbered;
  readonly alternates: Numbered;
  readonly answer: Numbered;
}

const FIELDS = [
  { name: 'question', weight: 2, b: 0.4 },
  { name: 'alternates', weight: 2, b: 0.75 },
  { name: 'answer', weight: 1, b: 0.75 },
] as const;
const K1 = 1.2;

/** Postings in flat arrays, those of a feature from its start to the next one's; and how many entries there are. */
export type Bm25fState = {
  readonly starts: Int32Array;
  readonly entries: Int32Array;
  readonly values: Float32Array;
  readonly size: number;
};

/** BM25 over the fields of each entry, divided by what the query could score at most: comparable between queries. */
export class Bm25f {
  readonly state: Bm25fState;
  readonly #vocabulary: Vocabulary;

  constructor(state: Bm25fState, vocabulary: Vocabulary) {
    this.state = state;
    this.#vocabulary = vocabulary;
  }

  static of(entries: readonly Fields[], vocabulary: Vocabulary): Bm25f {
    const averages = FIELDS.map(
      ({ name }) => entries.reduce((sum, entry) => sum + lengthOf(entry[name]), 0) / entries.length || 1,
    );
    const starts = startsOf(entries, vocabulary.size);
    const total = starts[vocabulary.size] as number;
    const posted = new Int32Array(total).fill(-1);
    const frequencies = new Float64Array(total);
    const cursor = starts.slice();
    entries.forEach((entry, n) => {
      FIELDS.forEach(({ name, weight, b }, field) => {
        const norm = 1 - b + (b * lengthOf(entry[name])) / (averages[field] as number);
        for (const id of entry[name].ids) {
          let at = (cursor[id] as number) - 1;
          if (at < (starts[id] as number) || posted[at] !== n) {
            at++;
            cursor[id] = at + 1;
            posted[at] = n;
          }
          frequencies[at] = (frequencies[at] as number) + weight / norm;
        }
      });
    });
    const values = Float32Array.from(frequencies, (frequency) => (frequency * (K1 + 1)) / (K1 + frequency));
    return new Bm25f({ starts, entries: posted, values, size: entries.length }, vocabulary);
  }

  /** A score for each entry, about 0 to 2. A token counts once for an entry, by the likeliest of its forms there. */
  scores(tokens: readonly ExpandedToken[]): Float32Array {
    const { starts, entries, values, size } = this.state;
    const sums = new Float32Array(size);
    const reached = new Float32Array(size);
    let most = 0;
    for (const { key, weight, forms } of tokens) {
      const idf = this.#vocabulary.idf(key);
      most += weight * idf * (forms.length === 0 ? UNKNOWN : 1);
      reached.fill(0);
      for (const form of forms) {
        const id = this.#vocabulary.id(form.key);
        if (id === undefined) continue;
        const value = weight * form.factor * Math.min(idf, this.#vocabulary.idf(form.key));
        const end = starts[id + 1] as number;
        for (let at = starts[id] as number; at < end; at++) {
          const entry = entries[at] as number;
          reached[entry] = Math.max(reached[entry] as number, value * (values[at] as number));
        }
      }
      for (let n = 0; n < sums.length; n++) sums[n] = (sums[n] as number) + (reached[n] as number);
    }
    if (most > 0) for (let n = 0; n < sums.length; n++) sums[n] = (sums[n] as number) / most;
    return sums;
  }
}

const lengthOf = ({ weights }: Numbered): number => weights.reduce((sum, weight) => sum + weight, 0);

/** Where each feature's postings begin, one for each entry that has it; last of all, how many there are. */
function startsOf(entries: readonly Fields[], features: number): Int32Array {
  const starts = new Int32Array(features + 1);
  const last = new Int32Array(features).fill(-1);
  entries.forEach((entry, n) => {
    for (const { name } of FIELDS)
      for (const id of entry[name].ids) {
        if (last[id] === n) continue;
        last[id] = n;
        starts[id + 1] = (starts[id + 1] as number) + 1;
      }
  });
  for (let id = 1; id < starts.length; id++) starts[id] = (starts[id] as number) + (starts[id - 1] as number);
  return starts;
}
