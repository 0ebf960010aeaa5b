import { type Amounts, BASE, compareAmounts } from './amount.ts';
import { assignmentOf, type Optimum } from './optimum.ts';
import { byCodeUnit } from './order.ts';

/** The best way to cover every needed category with offers of several suppliers. */
export interface Joint {
  readonly high: number;
  readonly low: number;
  readonly contracts: number;
  readonly offers: readonly { readonly id: string; readonly part: number }[];
}

const nothing = (sets: number): Amounts => {
  const high = new Float64Array(sets).fill(Number.POSITIVE_INFINITY);
  high[0] = 0;
  return { high, low: new Float64Array(sets) };
};

const at = ({ high, low }: Amounts, set: number): readonly [number, number] => [
  high[set] as number,
  low[set] as number,
];

/**
 * The cheapest assignment across suppliers. Among equals: fewest contracts, then fewest offers, then the
 * list of offer ids that comes first. Undefined when some category is covered by nobody.
 *
 * A supplier's part is tried only where it can still belong to an optimum: its price, with the least that
 * the rest could cost if suppliers could be used twice, must not exceed the price of a solution that exists.
 */
export function jointOptimum(optima: readonly Optimum[], sets: number): Joint | undefined {
  const all = sets - 1;
  const relaxed = relaxedOptimum(optima, sets);
  if (relaxed.amounts.high[all] === Number.POSITIVE_INFINITY) return undefined;
  const [boundHigh, boundLow] = feasible(optima, relaxed, all);
  const viable = (optimum: Optimum): number[] => {
    const parts: number[] = [];
    for (let part = 1; part < sets; part++) {
      const high = (optimum.high[part] as number) + (relaxed.amounts.high[all ^ part] as number);
      if (high === Number.POSITIVE_INFINITY) continue;
      const low = (optimum.low[part] as number) + (relaxed.amounts.low[all ^ part] as number);
      if (compareAmounts(high, low, boundHigh, boundLow) <= 0) parts.push(part);
    }
    return parts;
  };

  const solutions = new Map<number, Solution>([[0, { high: 0, low: 0, contracts: 0, ids: [], uses: [] }]]);
  for (const optimum of optima) {
    const before = [...solutions];
    for (const part of viable(optimum)) {
      const used = assignmentOf(optimum, part);
      for (const [set, solution] of before) {
        if (set & part) continue;
        const known = solutions.get(set | part);
        if (known && isDearer(solution, optimum, part, known)) continue;
        const candidate = extended(solution, optimum, part, used);
        if (!known || isBetter(candidate, known)) solutions.set(set | part, candidate);
      }
    }
  }
  const best = solutions.get(all);
  return best && { high: best.high, low: best.low, contracts: best.contracts, offers: best.uses };
}

interface Solution {
  readonly high: number;
  readonly low: number;
  readonly contracts: number;
  /** Offer ids, sorted. */
  readonly ids: readonly string[];
  readonly uses: readonly { readonly id: string; readonly part: number }[];
}

/** Seen without listing ids: most candidates are. */
function isDearer(solution: Solution, optimum: Optimum, part: number, known: Solution): boolean {
  const high = solution.high + (optimum.high[part] as number);
  const low = solution.low + (optimum.low[part] as number);
  return (compareAmounts(high, low, known.high, known.low) || solution.contracts + 1 - known.contracts) > 0;
}

function extended(solution: Solution, optimum: Optimum, part: number, used: Solution['uses']): Solution {
  return {
    high: solution.high + (optimum.high[part] as number),
    low: solution.low + (optimum.low[part] as number),
    contracts: solution.contracts + 1,
    ids: [...solution.ids, ...used.map(({ id }) => id)].sort(byCodeUnit),
    uses: [...solution.uses, ...used],
  };
}

function isBetter(a: Solution, b: Solution): boolean {
  const difference =
    compareAmounts(a.high, a.low, b.high, b.low) || a.contracts - b.contracts || a.ids.length - b.ids.length;
  if (difference !== 0) return difference < 0;
  const first = a.ids.findIndex((id, index) => id !== b.ids[index]);
  return first >= 0 && byCodeUnit(a.ids[first] as string, b.ids[first] as string) < 0;
}

interface Relaxed {
  readonly amounts: Amounts;
  /** By set: the part that one supplier takes, and who is cheapest for each part. */
  readonly choice: Uint16Array;
  readonly cheapest: Int32Array;
}

/** The least price of every set if a supplier could be used several times: never above the true one. */
function relaxedOptimum(optima: readonly Optimum[], sets: number): Relaxed {
  const single = nothing(sets);
  const cheapest = new Int32Array(sets).fill(-1);
  optima.forEach((optimum, supplier) => {
    for (let set = 1; set < sets; set++)
      if (compareAmounts(...at(optimum, set), ...at(single, set)) < 0 || cheapest[set] === -1) {
        if (optimum.high[set] === Number.POSITIVE_INFINITY) continue;
        single.high[set] = optimum.high[set] as number;
        single.low[set] = optimum.low[set] as number;
        cheapest[set] = supplier;
      }
  });
  const amounts = nothing(sets);
  const choice = new Uint16Array(sets);
  for (let set = 1; set < sets; set++) {
    let [bestHigh, bestLow] = at(amounts, set);
    for (let part = set; part > 0; part = (part - 1) & set) {
      const high = (single.high[part] as number) + (amounts.high[set ^ part] as number);
      if (high === Number.POSITIVE_INFINITY) continue;
      const low = (single.low[part] as number) + (amounts.low[set ^ part] as number);
      if (bestHigh !== Number.POSITIVE_INFINITY && (high - bestHigh) * BASE + (low - bestLow) >= 0) continue;
      bestHigh = high;
      bestLow = low;
      choice[set] = part;
    }
    amounts.high[set] = bestHigh;
    amounts.low[set] = bestLow;
  }
  return { amounts, choice, cheapest };
}

/** The price of a solution that exists: the relaxed one, with the parts of each supplier taken together. */
function feasible(
  optima: readonly Optimum[],
  { choice, cheapest }: Relaxed,
  all: number,
): readonly [number, number] {
  const parts = new Map<number, number>();
  for (let rest = all; rest !== 0; rest ^= choice[rest] as number) {
    const part = choice[rest] as number;
    const supplier = cheapest[part] as number;
    parts.set(supplier, (parts.get(supplier) ?? 0) | part);
  }
  let [high, low] = [0, 0];
  for (const [supplier, part] of parts) {
    high += optima[supplier]?.high[part] as number;
    low += optima[supplier]?.low[part] as number;
  }
  return [high, low];
}
