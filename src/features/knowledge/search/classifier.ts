import type { Sparse } from './vocabulary.ts';

export interface Example {
  readonly vector: Sparse;
  readonly target: number;
  readonly weight: number;
}

const { exp } = Math;

const EPOCHS = 4;
const RATE = 4;
const SLOWING = 0.5;
const BIAS_RATE = 0.1;
/** Classes as unlikely as this are not corrected: it changes nothing, and most classes are. */
const NEGLIGIBLE = 0.004;

/**
 * Softmax regression over sparse unit vectors, trained by stochastic gradient descent in a fixed order:
 * the same examples always give the same weights. It learns which words tell entries apart, where
 * BM25 only knows which are rare.
 */
export class Classifier {
  readonly #classes: number;
  readonly #weights: Float32Array;
  readonly #biases: Float32Array;
  /** Scratch of the learning. */
  readonly #gradient: Float32Array;

  constructor(examples: readonly Example[], features: number, classes: number) {
    this.#classes = classes;
    this.#weights = new Float32Array(features * classes);
    this.#biases = new Float32Array(classes);
    this.#gradient = new Float32Array(classes);
    const order = shuffled(examples.length);
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      const rate = RATE / (1 + epoch * SLOWING);
      for (const n of order) this.#learn(examples[n] as Example, rate);
    }
  }

  #learn({ vector, target, weight }: Example, rate: number): void {
    const { ids, values } = vector;
    const gradient = this.#weigh(vector, this.#gradient);
    gradient[target] = (gradient[target] as number) - 1;
    const step = rate * weight;
    for (let c = 0; c < this.#classes; c++) {
      const error = gradient[c] as number;
      if (error < NEGLIGIBLE && error > -NEGLIGIBLE) continue;
      this.#biases[c] = (this.#biases[c] as number) - BIAS_RATE * step * error;
      for (let n = 0; n < ids.length; n++) {
        const at = (ids[n] as number) * this.#classes + c;
        this.#weights[at] = (this.#weights[at] as number) - step * error * (values[n] as number);
      }
    }
  }

  /** The probability of each class. */
  probabilities(vector: Sparse): Float32Array {
    return this.#weigh(vector, new Float32Array(this.#classes));
  }

  /** The same, into an array that is there: learning asks a hundred thousand times. */
  #weigh({ ids, values }: Sparse, sums: Float32Array): Float32Array {
    const classes = this.#classes;
    const weights = this.#weights;
    sums.set(this.#biases);
    for (let n = 0; n < ids.length; n++) {
      const at = (ids[n] as number) * classes;
      const value = values[n] as number;
      for (let c = 0; c < classes; c++) sums[c] = (sums[c] as number) + value * (weights[at + c] as number);
    }
    let top = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) if ((sums[c] as number) > top) top = sums[c] as number;
    let total = 0;
    for (let c = 0; c < classes; c++) {
      const share = exp((sums[c] as number) - top);
      sums[c] = share;
      total += share;
    }
    for (let c = 0; c < classes; c++) sums[c] = (sums[c] as number) / total;
    return sums;
  }
}

/** The numbers 0 to n−1 in an order that is mixed, and always the same. */
function shuffled(n: number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  let seed = 12_345;
  for (let i = n - 1; i > 0; i--) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const j = seed % (i + 1);
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}
