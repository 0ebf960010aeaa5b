import type { Token } from './tokens.ts';

/** A sparse vector: parallel arrays of feature numbers and values. */
export interface Sparse {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/** What a feature never seen weighs, as a part of the rarest one's weight. */
export const UNKNOWN = 0.6;

/** Numbers the features of the indexed texts and knows how rare each is. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #frequencies: number[] = [];
  readonly #lastText: number[] = [];
  #texts = 0;
  #rarities: Float64Array | undefined;
  #scratch: Float64Array | undefined;

  /** Counts a text's features once each. All texts must be added before the first question. */
  add(tokens: readonly Token[]): void {
    this.#texts++;
    for (const { key } of tokens) {
      let id = this.#ids.get(key);
      if (id === undefined) {
        id = this.#ids.size;
        this.#ids.set(key, id);
        this.#frequencies.push(0);
        this.#lastText.push(0);
      }
      if (this.#lastText[id] === this.#texts) continue;
      this.#lastText[id] = this.#texts;
      this.#frequencies[id] = (this.#frequencies[id] ?? 0) + 1;
    }
  }

  get size(): number {
    return this.#ids.size;
  }

  has(key: string): boolean {
    return this.#ids.has(key);
  }

  /** Smoothed inverse document frequency; a feature never seen is the rarest. */
  idf(key: string): number {
    const id = this.#ids.get(key);
    return id === undefined ? this.#rarity(0) : this.#idfOf(id);
  }

  /** The unit vector of weighted features; those never seen are left out of it, but not of its length. */
  vector(tokens: readonly Token[]): Sparse {
    const sums = this.#sums();
    const unknown = UNKNOWN * this.#rarity(0);
    const ids: number[] = [];
    let squares = 0;
    for (const { key, weight } of tokens) {
      const id = this.#ids.get(key);
      if (id === undefined) squares += (weight * unknown) ** 2;
      else {
        if (sums[id] === 0) ids.push(id);
        sums[id] = (sums[id] as number) + weight * this.#idfOf(id);
      }
    }
    for (const id of ids) squares += (sums[id] as number) ** 2;
    const length = Math.sqrt(squares) || 1;
    const numbers = new Int32Array(ids.length);
    const values = new Float32Array(ids.length);
    for (let n = 0; n < ids.length; n++) {
      const id = ids[n] as number;
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

  #idfOf(id: number): number {
    this.#rarities ??= Float64Array.from(this.#frequencies, (frequency) => this.#rarity(frequency));
    return this.#rarities[id] as number;
  }

  #rarity(frequency: number): number {
    return Math.log(1 + (this.#texts + 0.5) / (frequency + 0.5));
  }
}
