import type { Sparse } from './vocabulary.ts';

const EPOCHS = 3;
const DECAY = 1e-4;

/**
 * Softmax regression over sparse unit vectors, trained by stochastic gradient descent in a fixed order:
 * the same examples always give the same weights. It learns which words tell entries apart, where
 * BM25 only knows which are rare.
 */
export class Classifier {
  readonly #classes: number;
  readonly #weights: Float32Array;
  readonly #biases: Float32Array;

  constructor(
    examples: readonly { vector: Sparse; target: number; weight: number }[],
    features: number,
    classes: number,
    rate: number,
  ) {
    this.#classes = classes;
    this.#weights = new Float32Array(features * classes);
    this.#biases = new Float32Array(classes);
    const order = shuffled(examples.length);
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      const step = rate / (1 + epoch * 0.5);
      for (const n of order) {
        const example = examples[n];
        if (example) this.#learn(example.vector, example.target, step * example.weight);
      }
    }
  }

  #learn({ ids, values }: Sparse, target: number, rate: number): void {
    const classes = this.#classes;
    const gradient = this.probabilities({ ids, values });
    gradient[target] = (gradient[target] as number) - 1;
    for (let n = 0; n < ids.length; n++) {
      const at = (ids[n] as number) * classes;
      const step = rate * (values[n] as number);
      for (let c = 0; c < classes; c++) {
        const weight = this.#weights[at + c] as number;
        this.#weights[at + c] = weight - step * (gradient[c] as number) - DECAY * rate * weight;
      }
    }
    for (let c = 0; c < classes; c++)
      this.#biases[c] = (this.#biases[c] as number) - 0.1 * rate * (gradient[c] as number);
  }

  /** The probability of each class. */
  probabilities({ ids, values }: Sparse): Float32Array {
    const classes = this.#classes;
    const sums = this.#biases.slice();
    for (let n = 0; n < ids.length; n++) {
      const at = (ids[n] as number) * classes;
      const value = values[n] as number;
      for (let c = 0; c < classes; c++)
        sums[c] = (sums[c] as number) + value * (this.#weights[at + c] as number);
    }
    let top = Number.NEGATIVE_INFINITY;
    for (const sum of sums) if (sum > top) top = sum;
    let total = 0;
    for (let c = 0; c < classes; c++) {
      const share = Math.exp((sums[c] as number) - top);
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
