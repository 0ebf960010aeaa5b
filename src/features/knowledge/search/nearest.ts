import type { Sparse } from './vocabulary.ts';

/**
 * For each entry, the cosine of its utterance nearest to a query. Postings lie in flat typed arrays:
 * a query touches only the utterances that share a feature with it.
 */
export class Nearest {
  readonly #starts: Int32Array;
  readonly #utterances: Int32Array;
  readonly #values: Float32Array;
  readonly #entryOf: Int32Array;
  readonly #sums: Float32Array;

  /** `entryOf[n]` is the entry of utterance `n`; `features` is the size of the vectors' space. */
  constructor(vectors: readonly Sparse[], entryOf: readonly number[], features: number) {
    const counts = new Int32Array(features + 1);
    for (const { ids } of vectors)
      for (let n = 0; n < ids.length; n++) {
        const after = (ids[n] as number) + 1;
        counts[after] = (counts[after] as number) + 1;
      }
    for (let id = 1; id < counts.length; id++)
      counts[id] = (counts[id] as number) + (counts[id - 1] as number);
    this.#starts = counts;
    const total = counts[counts.length - 1] ?? 0;
    this.#utterances = new Int32Array(total);
    this.#values = new Float32Array(total);
    const cursor = counts.slice();
    vectors.forEach(({ ids, values }, utterance) => {
      for (let n = 0; n < ids.length; n++) {
        const id = ids[n] as number;
        const at = cursor[id] as number;
        this.#utterances[at] = utterance;
        this.#values[at] = values[n] as number;
        cursor[id] = at + 1;
      }
    });
    this.#entryOf = Int32Array.from(entryOf);
    this.#sums = new Float32Array(vectors.length);
  }

  /** Best cosine, 0 to 1, for each of `entries` entries. */
  scores({ ids, values }: Sparse, entries: number): Float32Array {
    const best = new Float32Array(entries);
    this.#sums.fill(0);
    for (let n = 0; n < ids.length; n++) {
      const id = ids[n] as number;
      const value = values[n] as number;
      const end = this.#starts[id + 1] as number;
      for (let at = this.#starts[id] as number; at < end; at++) {
        const utterance = this.#utterances[at] as number;
        this.#sums[utterance] = (this.#sums[utterance] as number) + value * (this.#values[at] as number);
      }
    }
    for (let utterance = 0; utterance < this.#sums.length; utterance++) {
      const sum = this.#sums[utterance] as number;
      const entry = this.#entryOf[utterance] as number;
      if (sum > (best[entry] as number)) best[entry] = sum;
    }
    return best;
  }
}
