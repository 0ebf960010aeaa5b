import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export type Random = ReturnType<typeof randomOf>;

/** A seed of its own for each part of a history: what is left out of one part moves nothing in the others. */
export const seedOf = (...parts: readonly (string | number)[]): number =>
  createHash('sha256').update(parts.join(' ')).digest().readInt32BE(0);

/** Draws that a seed decides. */
export function randomOf(seed: number) {
  const generator = xoroshiro128plus(seed);
  const int = (least: number, most: number): number => uniformInt(generator, least, most);
  return {
    /** A whole number between two, both included. */
    int,
    /** True so many times in a hundred. */
    chance: (percent: number): boolean => int(1, 100) <= percent,
    /** One of a list; throws where there is none. */
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new Error('nothing to draw from');
      return list[int(0, list.length - 1)] as T;
    },
    /** One of a list, each with its weight; undefined where nothing weighs anything. */
    weighed<T>(list: readonly (readonly [weight: number, what: T])[]): T | undefined {
      const total = list.reduce((sum, [weight]) => sum + weight, 0);
      let left = total > 0 ? int(1, total) : 0;
      for (const [weight, what] of list) {
        left -= weight;
        if (total > 0 && weight > 0 && left <= 0) return what;
      }
      return undefined;
    },
    uuid: (): `${string}-${string}-${string}-${string}-${string}` => {
      const hex = Array.from({ length: 8 }, () => int(0, 0xffff).toString(16).padStart(4, '0')).join('');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
  };
}

/** From now on every id that the house makes comes from a seed; gives what puts an end to it. */
export function seedIds(seed: number): () => void {
  const random = randomOf(seed);
  const { randomUUID } = crypto;
  const real = Math.random;
  crypto.randomUUID = random.uuid;
  Math.random = () => random.int(0, 999_999) / 1_000_000;
  return () => {
    crypto.randomUUID = randomUUID;
    Math.random = real;
  };
}
