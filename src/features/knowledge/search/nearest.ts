import type { Sparse } from './vocabulary.ts';

/** Postings in flat arrays, those of a feature from its start to the next one's; and the entry of each utterance. */
export type NearestState = {
  readonly starts: Int32Array;
  readonly utterances: Int32Array;
  readonly values: Float32Array;
  readonly entryOf: Int32Array;
};

/**
 * For each entry, the cosine of its utterance nearest to a query. A query touches only the utterances that share a
 * feature with it.
 */
export class Nearest {
  readonly state: NearestState;
  readonly #sums: Float32Array;

  constructor(state: NearestState) {
    this.state = state;
    this.#sums = new Float32Array(state.entryOf.length);
  }

  /** `entryOf[n]` is the entry of utterance `n`; `features` is the size of the vectors' space. */
  static of(vectors: readonly Sparse[], entryOf: readonly number[], features: number): Nearest {
    const counts = new Int32Array(features + 1);
    for (const { ids } of vectors)
      for (let n = 0; n < ids.length; n++) {
        const after = (ids[n] as number) + 1;
        counts[after] = (counts[after] as number) + 1;
      }
    for (let id = 1; id < counts.length; id++)
      counts[id] = (counts[id] as number) + (counts[id - 1] as number);
    const total = counts[counts.length - 1] ?? 0;
    const utterances = new Int32Array(total);
    const postings = new Float32Array(total);
    const cursor = counts.slice();
    vectors.forEach(({ ids, values }, utterance) => {
      for (let n = 0; n < ids.length; n++) {
        const id = ids[n] as number;
        const at = cursor[id] as number;
        utterances[at] = utterance;
        postings[at] = values[n] as number;
        cursor[id] = at + 1;
      }
    });
    return new Nearest({ starts: counts, utterances, values: postings, entryOf: Int32Array.from(entryOf) });
  }

  /** Best cosine, 0 to 1, for each of `entries` entries. */
  scores({ ids, values }: Sparse, entries: number): Float32Array {
    const { starts, utterances, values: postings, entryOf } = this.state;
    const sums = this.#sums.fill(0);
    const best = new Float32Array(entries);
    for (let n = 0; n < ids.length; n++) {
      const id = ids[n] as number;
      const value = values[n] as number;
      const end = starts[id + 1] as number;
      for (let at = starts[id] as number; at < end; at++) {
        const utterance = utterances[at] as number;
        sums[utterance] = (sums[utterance] as number) + value * (postings[at] as number);
      }
    }
    for (let utterance = 0; utterance < sums.length; utterance++) {
      const sum = sums[utterance] as number;
      const entry = entryOf[utterance] as number;
      if (sum > (best[entry] as number)) best[entry] = sum;
    }
    return best;
  }
}
