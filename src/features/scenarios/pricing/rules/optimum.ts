import { BASE } from './amount.ts';
import type { OfferCost } from './offer-cost.ts';

/** Offers of one supplier, in the order of their ids, with their cost for each set of categories. */
export interface Candidate {
  readonly id: string;
  readonly cost: OfferCost;
}

/** The best way to cover every set of categories with some candidates. */
export interface Optimum {
  readonly candidates: readonly Candidate[];
  /** By set: the amount, infinite when the set cannot be covered; and how many offers it takes. */
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly count: Uint16Array;
  /** By level and set: the part that the level's candidate takes. */
  readonly choice: readonly Uint16Array[];
}

/**
 * The cheapest assignment of every set of categories, each offer used once: dynamic programming from the
 * last candidate to the first. Among equals: fewest offers, then the list of ids that comes first, then,
 * category by category, the smallest id. All three orders hold part by part, so the best whole is made of
 * best parts.
 */
export function optimumOf(candidates: readonly Candidate[], sets: number): Optimum {
  const high = new Float64Array(sets).fill(Number.POSITIVE_INFINITY);
  const low = new Float64Array(sets);
  const count = new Uint16Array(sets);
  high[0] = 0;
  const choice: Uint16Array[] = Array.from({ length: candidates.length }, () => new Uint16Array(sets));

  for (let level = candidates.length - 1; level >= 0; level--) {
    const { cost } = candidates[level] as Candidate;
    const { cover } = cost;
    const chosen = choice[level] as Uint16Array;
    // What a part leaves is a smaller number: from the greatest down, it is still as it was without this candidate.
    for (let set = sets - 1; set > 0; set--) {
      const within = set & cover;
      let bestHigh = high[set] as number;
      let bestLow = low[set] as number;
      let bestCount = count[set] as number;
      let best = 0;
      for (let part = within; part > 0; part = (part - 1) & within) {
        const rest = set ^ part;
        const restHigh = high[rest] as number;
        if (restHigh === Number.POSITIVE_INFINITY) continue;
        const candidateHigh = restHigh + (cost.high[part] as number);
        const candidateLow = (low[rest] as number) + (cost.low[part] as number);
        const candidateCount = (count[rest] as number) + 1;
        let difference =
          bestHigh === Number.POSITIVE_INFINITY
            ? -1
            : (candidateHigh - bestHigh) * BASE + (candidateLow - bestLow) || candidateCount - bestCount;
        // A list that has this id comes before any of the same length that has not.
        if (difference === 0 && best === 0) difference = -1;
        if (difference === 0) difference = firstDifference(choice, level + 1, set, part, best);
        if (difference >= 0) continue;
        bestHigh = candidateHigh;
        bestLow = candidateLow;
        bestCount = candidateCount;
        best = part;
      }
      if (best === 0) continue;
      high[set] = bestHigh;
      low[set] = bestLow;
      count[set] = bestCount;
      chosen[set] = best;
    }
  }
  return { candidates, high, low, count, choice };
}

/** Which of two parts of a set leaves the rest that comes first: by its list of ids, then by its assignment. */
function firstDifference(
  choice: readonly Uint16Array[],
  from: number,
  set: number,
  partA: number,
  partB: number,
): number {
  let [restA, restB] = [set ^ partA, set ^ partB];
  for (let level = from; level < choice.length && (restA !== 0 || restB !== 0); level++) {
    const takenA = choice[level]?.[restA] as number;
    const takenB = choice[level]?.[restB] as number;
    if ((takenA !== 0) !== (takenB !== 0)) return takenA !== 0 ? -1 : 1;
    restA ^= takenA;
    restB ^= takenB;
  }
  for (let bit = 1; bit <= set; bit <<= 1) {
    if ((set & bit) === 0) continue;
    const difference = holderOf(choice, from, set, partA, bit) - holderOf(choice, from, set, partB, bit);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The level of the candidate that holds one category: the level above `from` when `part` has it. */
function holderOf(
  choice: readonly Uint16Array[],
  from: number,
  set: number,
  part: number,
  bit: number,
): number {
  if (part & bit) return from - 1;
  let rest = set ^ part;
  for (let level = from; level < choice.length; level++) {
    const taken = choice[level]?.[rest] as number;
    if (taken & bit) return level;
    rest ^= taken;
  }
  return choice.length;
}

/** The candidates used for a set, each with its part, in the order of their ids. */
export function assignmentOf({ candidates, choice }: Optimum, set: number): { id: string; part: number }[] {
  const used: { id: string; part: number }[] = [];
  let rest = set;
  for (let level = 0; level < candidates.length && rest !== 0; level++) {
    const part = choice[level]?.[rest] as number;
    if (part !== 0) used.push({ id: (candidates[level] as Candidate).id, part });
    rest ^= part;
  }
  return used;
}
