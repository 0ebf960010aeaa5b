import type { PricingRequest } from './request.ts';

/** Consecutive months of one contract year in which no demand changes. */
export interface Segment {
  /** 0 for months 1 to 12. */
  readonly year: number;
  readonly months: number;
}

/** How many units each need asks for, as time goes. */
export interface Demand {
  readonly segments: readonly Segment[];
  /** By need, in units for each segment. */
  readonly courses: readonly Float64Array[];
}

/** The demand of every need, cut where any of them changes and where a contract year begins. */
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
  return {
    segments: starts.map((start, at) => ({
      year: Math.floor((start - 1) / 12),
      months: (starts[at + 1] ?? durationMonths + 1) - start,
    })),
    courses: needs.map(({ quantities }) =>
      Float64Array.from(
        starts,
        (start) => quantities.findLast(({ fromMonth }) => fromMonth <= start)?.units ?? 0,
      ),
    ),
  };
}
