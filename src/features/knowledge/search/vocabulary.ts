import type { Token } from './tokens.ts';

/** A sparse vector: parallel arrays of feature numbers and values. */
export interface Sparse {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/** Numbers the features of the indexed texts and knows how rare each is. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #frequencies: number[] = [];
  #rarities: Float64Array | undefined;
  #texts = 0;

  /** Counts a text's features once each. */
  add(keys: Iterable<string>): void {
    this.#texts++;
    this.#rarities = undefined;
    for (const key of new Set(keys)) {
      const id = this.#ids.get(key);
      if (id === undefined) {
        this.#ids.set(key, this.#ids.size);
        this.#frequencies.push(1);
      } else this.#frequencies[id] = (this.#frequencies[id] as number) + 1;
    }
  }

  get size(): number {
    return this.#ids.size;
  }

  idOf(key: string): number | undefined {
    return this.#ids.get(key);
  }

  has(key: string): boolean {
    return this.#ids.has(key);
  }

  /** Smoothed inverse document frequency; a feature never seen is the rarest. */
  idf(key: string): number {
    return this.#rarity(this.#ids.get(key));
  }

  #rarity(id: number | undefined): number {
    const rarityOf = (frequency: number) => Math.log(1 + (this.#texts + 0.5) / (frequency + 0.5));
    if (id === undefined) return rarityOf(0);
    this.#rarities ??= Float64Array.from(this.#frequencies, rarityOf);
    return this.#rarities[id] as number;
  }

  /** The unit vector of weighted features; those never seen are left out of it, but not of its length. */
  vector(tokens: readonly Token[]): Sparse {
    const ids: number[] = [];
    const values: number[] = [];
    let squares = 0;
    for (const { key, weight } of tokens) {
      const id = this.#ids.get(key);
      const value = weight * this.#rarity(id);
      if (id === undefined) squares += (UNKNOWN * value) ** 2;
      else {
        const at = ids.indexOf(id);
        if (at < 0) {
          ids.push(id);
          values.push(value);
        } else values[at] = (values[at] as number) + value;
      }
    }
    for (const value of values) squares += value * value;
    const length = Math.sqrt(squares) || 1;
    return { ids: Int32Array.from(ids), values: Float32Array.from(values, (value) => value / length) };
  }
}

const UNKNOWN = 0.6;
