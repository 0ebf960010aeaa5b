import { type ClassifierState, softmax } from './classifier.ts';
import type { Sparse } from './vocabulary.ts';

export interface Example {
  readonly vector: Sparse;
  readonly target: number;
  readonly weight: number;
}

const { fround } = Math;

const EPOCHS = 4;
const RATE = 4;
const SLOWING = 0.5;
const BIAS_RATE = 0.1;
/** Classes as unlikely as this are not corrected: it changes nothing, and most classes are. */
const NEGLIGIBLE = 0.004;

/**
 * What a softmax regression learns of some examples, by stochastic gradient descent in a fixed order: the same examples
 * always give the same weights. It learns which words tell entries apart, where BM25 only knows which are rare.
 */
export function learned(examples: readonly Example[], features: number, classes: number): ClassifierState {
  const learner = new Learner(features, classes);
  const order = shuffled(examples.length);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE / (1 + epoch * SLOWING);
    for (const n of order) learner.learn(examples[n] as Example, rate);
  }
  return learner.state();
}

/** The weights of every class for every feature, most of which stay nil: only as long as it learns. */
class Learner {
  readonly #classes: number;
  readonly #weights: Float32Array;
  readonly #biases: Float32Array;
  /** The errors, and the classes whose error counts. */
  readonly #gradient: Float32Array;
  readonly #wrong: Int32Array;

  constructor(features: number, classes: number) {
    this.#classes = classes;
    this.#weights = new Float32Array(features * classes);
    this.#biases = new Float32Array(classes);
    this.#gradient = new Float32Array(classes);
    this.#wrong = new Int32Array(classes);
  }

  learn({ vector, target, weight }: Example, rate: number): void {
    const { ids, values } = vector;
    const gradient = this.#weigh(vector);
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

  /** The probability of each class, as far as is known: asked a hundred thousand times, into an array that is there. */
  #weigh({ ids, values }: Sparse): Float32Array {
    const classes = this.#classes;
    const weights = this.#weights;
    const sums = this.#gradient;
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
    return softmax(sums);
  }

  /** What was learnt, without the weights that are nil. */
  state(): ClassifierState {
    const weights = this.#weights;
    const classes = this.#classes;
    const features = classes === 0 ? 0 : weights.length / classes;
    const starts = new Int32Array(features + 1);
    let filled = 0;
    for (let id = 0; id < features; id++) {
      for (let at = id * classes; at < (id + 1) * classes; at++) if (weights[at] !== 0) filled++;
      starts[id + 1] = filled;
    }
    const state = {
      biases: this.#biases,
      starts,
      classes: new Uint16Array(filled),
      weights: new Float32Array(filled),
    };
    for (let id = 0, to = 0; id < features; id++)
      for (let c = 0; c < classes; c++) {
        const weight = weights[id * classes + c] as number;
        if (weight === 0) continue;
        state.classes[to] = c;
        state.weights[to++] = weight;
      }
    return state;
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
