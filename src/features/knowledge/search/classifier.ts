import type { Sparse } from './vocabulary.ts';

export interface Example {
  readonly vector: Sparse;
  readonly target: number;
  readonly weight: number;
}

const { exp, fround } = Math;

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
  /** Scratch of the learning: the errors, and the classes whose error counts. */
  readonly #gradient: Float32Array;
  readonly #wrong: Int32Array;

  constructor(examples: readonly Example[], features: number, classes: number) {
    this.#classes = classes;
    this.#weights = new Float32Array(features * classes);
    this.#biases = new Float32Array(classes);
    this.#gradient = new Float32Array(classes);
    this.#wrong = new Int32Array(classes);
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
    const classes = this.#classes;
    const weights = this.#weights;
    const biases = this.#biases;
    const wrong = this.#wrong;
    let many = 0;
    for (let c = 0; c < classes; c++) {
      const error = gradient[c] as number;
      if (error < NEGLIGIBLE && error > -NEGLIGIBLE) continue;
      wrong[many++] = c;
      biases[c] = (biases[c] as number) - BIAS_RATE * step * error;
    }
    for (let n = 0; n < ids.length; n++) {
      const row = (ids[n] as number) * classes;
      const value = values[n] as number;
      for (let w = 0; w < many; w++) {
        const c = wrong[w] as number;
        weights[row + c] = (weights[row + c] as number) - step * (gradient[c] as number) * value;
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
    let n = 0;
    // Four features in one go over the classes: each sum is rounded after each of them, as one by one.
    for (; n + 3 < ids.length; n += 4) {
      const [a, b] = [(ids[n] as number) * classes, (ids[n + 1] as number) * classes];
      const [d, e] = [(ids[n + 2] as number) * classes, (ids[n + 3] as number) * classes];
      const [ofA, ofB] = [values[n] as number, values[n + 1] as number];
      const [ofD, ofE] = [values[n + 2] as number, values[n + 3] as number];
      for (let c = 0; c < classes; c++) {
        let sum = fround((sums[c] as number) + ofA * (weights[a + c] as number));
        sum = fround(sum + ofB * (weights[b + c] as number));
        sum = fround(sum + ofD * (weights[d + c] as number));
        sums[c] = sum + ofE * (weights[e + c] as number);
      }
    }
    for (; n < ids.length; n++) {
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
