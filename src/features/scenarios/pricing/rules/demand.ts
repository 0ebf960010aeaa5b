import type { PricingRequest } from './request.ts';

/** Consecutive months of one contract year in which no demand changes. */
export interface Segment {
  /** 0 for months 1 to 12. */
  readonly year: number;
  readonly months: number;
}

/** How many units each set of categories needs, month by month. A set is a bit mask over `needs`. */
export interface Demand {
  readonly segments: readonly Segment[];
  /** Distinct courses of the demand, in units for each segment. */
  readonly patterns: readonly Float64Array[];
  /** The pattern of each set; of no use for the empty one. */
  readonly patternOf: Int32Array;
}

/** The demand of every set of needed categories: the greatest of its categories', each month (rule 1). */
export function demandOf({ durationMonths, needs }: PricingRequest): Demand {
  const starts = [
    ...new Set([
      1,
      13,
      25,
      ...needs.flatMap(({ quantities }) => quantities.map(({ fromMonth }) => fromMonth)),
    ]),
  ]
    .filter((month) => month <= durationMonths)
    .sort((a, b) => a - b);
  const segments = starts.map((start, at) => ({
    year: Math.floor((start - 1) / 12),
    months: (starts[at + 1] ?? durationMonths + 1) - start,
  }));
  const each = needs.map(({ quantities }) =>
    Float64Array.from(
      starts,
      (start) => quantities.findLast(({ fromMonth }) => fromMonth <= start)?.units ?? 0,
    ),
  );
  const patterns: Float64Array[] = [];
  const numbers = new Map<string, number>();
  const patternOf = new Int32Array(1 << needs.length);
  for (let set = 1; set < patternOf.length; set++) {
    const lowest = 31 - Math.clz32(set & -set);
    const rest = set & (set - 1);
    const own = each[lowest] as Float64Array;
    const others = rest === 0 ? own : (patterns[patternOf[rest] as number] as Float64Array);
    const units = own.map((value, at) => Math.max(value, others[at] as number));
    const key = units.join();
    let number = numbers.get(key);
    if (number === undefined) {
      number = patterns.push(units) - 1;
      numbers.set(key, number);
    }
    patternOf[set] = number;
  }
  return { segments, patterns, patternOf };
}
