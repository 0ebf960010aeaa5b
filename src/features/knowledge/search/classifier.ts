import type { Sparse } from './vocabulary.ts';

/** What was learnt: a bias for each class, and the weights that are not nil, those of a feature from its start to the next one's. */
export type ClassifierState = {
  readonly biases: Float32Array;
  readonly starts: Int32Array;
  readonly classes: Uint16Array;
  readonly weights: Float32Array;
};

/** Softmax regression over sparse unit vectors, as `learned` made it. */
export class Classifier {
  readonly state: ClassifierState;

  constructor(state: ClassifierState) {
    this.state = state;
  }

  /** The probability of each class. */
  probabilities({ ids, values }: Sparse): Float32Array {
    const { biases, starts, classes, weights } = this.state;
    const sums = biases.slice();
    for (let n = 0; n < ids.length; n++) {
      const id = ids[n] as number;
      const value = values[n] as number;
      const end = starts[id + 1] as number;
      for (let at = starts[id] as number; at < end; at++) {
        const c = classes[at] as number;
        sums[c] = (sums[c] as number) + value * (weights[at] as number);
      }
    }
    return softmax(sums);
  }
}

/** Turns the sums of some classes into their probabilities, in their place. */
export function softmax(sums: Float32Array): Float32Array {
  let top = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < sums.length; c++) if ((sums[c] as number) > top) top = sums[c] as number;
  let total = 0;
  for (let c = 0; c < sums.length; c++) {
    const share = Math.exp((sums[c] as number) - top);
    sums[c] = share;
    total += share;
  }
  for (let c = 0; c < sums.length; c++) sums[c] = (sums[c] as number) / total;
  return sums;
}
