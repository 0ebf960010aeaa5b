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
  #texts = 0;

  /** Counts a text's features once each. */
  add(keys: Iterable<string>): void {
    this.#texts++;
    for (const key of new Set(keys)) {
      const id = this.#ids.get(key) ?? this.#ids.size;
      this.#ids.set(key, id);
      this.#frequencies[id] = (this.#frequencies[id] ?? 0) + 1;
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
    const id = this.#ids.get(key);
    const frequency = id === undefined ? 0 : (this.#frequencies[id] ?? 0);
    return Math.log(1 + (this.#texts + 0.5) / (frequency + 0.5));
  }

  /** The unit vector of weighted features; those never seen are left out of it, but not of its length. */
  vector(tokens: readonly Token[]): Sparse {
    const sums = new Map<number, number>();
    let squares = 0;
    for (const { key, weight } of tokens) {
      const value = weight * this.idf(key);
      const id = this.#ids.get(key);
      if (id === undefined) squares += (UNKNOWN * value) ** 2;
      else sums.set(id, (sums.get(id) ?? 0) + value);
    }
    for (const value of sums.values()) squares += value * value;
    const length = Math.sqrt(squares) || 1;
    return { ids: Int32Array.from(sums.keys()), values: Float32Array.from(sums.values(), (value) => value / length) };
  }

  keys(): Iterable<string> {
    return this.#ids.keys();
  }
}

const UNKNOWN = 0.6;
