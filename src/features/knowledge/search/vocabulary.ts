import type { Token } from './tokens.ts';

/** A sparse vector: parallel arrays of feature numbers and values. */
export interface Sparse {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/** The features of a text by their numbers, in its order, each with its weight: a feature as often as it stands there. */
export interface Numbered {
  readonly ids: readonly number[];
  readonly weights: readonly number[];
}

/** Some texts' features, one text after the other. */
export function joined(parts: readonly Numbered[]): Numbered {
  const [ids, weights]: [number[], number[]] = [[], []];
  for (const part of parts)
    for (let n = 0; n < part.ids.length; n++) {
      ids.push(part.ids[n] as number);
      weights.push(part.weights[n] as number);
    }
  return { ids, weights };
}

/** What a feature never seen weighs, as a part of the rarest one's weight. */
export const UNKNOWN = 0.6;

/** All that a vocabulary knows: its features by their numbers, in how many texts each stands, and how many texts there are. */
export type VocabularyState = {
  readonly keys: readonly string[];
  readonly frequencies: Int32Array;
  readonly texts: number;
};

/** Numbers the features of the indexed texts and knows how rare each is. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #frequencies: number[] = [];
  readonly #lastText: number[] = [];
  #texts = 0;
  #rarities: Float64Array | undefined;
  #scratch: Float64Array | undefined;

  /** The vocabulary that another one's state is of. */
  static of({ keys, frequencies, texts }: VocabularyState): Vocabulary {
    const vocabulary = new Vocabulary();
    for (const key of keys) vocabulary.#number(key);
    frequencies.forEach((frequency, id) => {
      vocabulary.#frequencies[id] = frequency;
    });
    vocabulary.#texts = texts;
    return vocabulary;
  }

  get state(): VocabularyState {
    return {
      keys: [...this.#ids.keys()],
      frequencies: Int32Array.from(this.#frequencies),
      texts: this.#texts,
    };
  }

  /** Numbers a text's features, without counting them. */
  number(tokens: readonly Token[]): Numbered {
    const [ids, weights]: [number[], number[]] = [[], []];
    for (const { key, weight } of tokens) {
      ids.push(this.#ids.get(key) ?? this.#number(key));
      weights.push(weight);
    }
    return { ids, weights };
  }

  /** The number of a feature that has none yet. */
  #number(key: string): number {
    const id = this.#ids.size;
    this.#ids.set(key, id);
    this.#frequencies.push(0);
    this.#lastText.push(0);
    return id;
  }

  /** Counts a text's features once each. All texts must be counted before the first question. */
  count({ ids }: Numbered): void {
    this.#texts++;
    for (let n = 0; n < ids.length; n++) {
      const id = ids[n] as number;
      if (this.#lastText[id] === this.#texts) continue;
      this.#lastText[id] = this.#texts;
      this.#frequencies[id] = (this.#frequencies[id] as number) + 1;
    }
  }

  /** Numbers and counts a text's features. */
  add(tokens: readonly Token[]): Numbered {
    const numbered = this.number(tokens);
    this.count(numbered);
    return numbered;
  }

  get size(): number {
    return this.#ids.size;
  }

  /** The number of a feature; undefined when it was never seen. */
  id(key: string): number | undefined {
    return this.#ids.get(key);
  }

  has(key: string): boolean {
    return this.#ids.has(key);
  }

  /** Smoothed inverse document frequency; a feature never seen is the rarest. */
  idf(key: string): number {
    const id = this.#ids.get(key);
    return id === undefined ? this.#rarity(0) : (this.#rarityOf()[id] as number);
  }

  /** The unit vector of weighted features; those never seen are left out of it, but not of its length. */
  vector(tokens: readonly Token[]): Sparse {
    const unknown = UNKNOWN * this.#rarity(0);
    const ids: number[] = [];
    const weights: number[] = [];
    let squares = 0;
    for (const { key, weight } of tokens) {
      const id = this.#ids.get(key);
      if (id === undefined) squares += (weight * unknown) ** 2;
      else {
        ids.push(id);
        weights.push(weight);
      }
    }
    return this.vectorOf({ ids, weights }, squares);
  }

  /** The unit vector of numbered features; `unknown`: the square of the length that those never seen add. */
  vectorOf({ ids, weights }: Numbered, unknown = 0): Sparse {
    const sums = this.#sums();
    const rarities = this.#rarityOf();
    const distinct: number[] = [];
    for (let n = 0; n < ids.length; n++) {
      const id = ids[n] as number;
      if (sums[id] === 0) distinct.push(id);
      sums[id] = (sums[id] as number) + (weights[n] as number) * (rarities[id] as number);
    }
    let squares = unknown;
    for (const id of distinct) squares += (sums[id] as number) ** 2;
    const length = Math.sqrt(squares) || 1;
    const numbers = new Int32Array(distinct.length);
    const values = new Float32Array(distinct.length);
    for (let n = 0; n < distinct.length; n++) {
      const id = distinct[n] as number;
      numbers[n] = id;
      values[n] = (sums[id] as number) / length;
      sums[id] = 0;
    }
    return { ids: numbers, values };
  }

  /** Zeros, one for each feature, to be left as found. */
  #sums(): Float64Array {
    this.#scratch ??= new Float64Array(this.#ids.size);
    return this.#scratch;
  }

  /** How rare each feature is. */
  #rarityOf(): Float64Array {
    this.#rarities ??= Float64Array.from(this.#frequencies, (frequency) => this.#rarity(frequency));
    return this.#rarities;
  }

  #rarity(frequency: number): number {
    return Math.log(1 + (this.#texts + 0.5) / (frequency + 0.5));
  }
}
