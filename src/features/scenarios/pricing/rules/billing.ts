import type { Offer } from '../../../catalogue/index.ts';
import type { Segment } from './demand.ts';

const MONTHS_A_YEAR = 12;

/**
 * The units billed in each segment (rule 2): at least the minimum; never fewer than before when they cannot
 * decrease; the year's or the contract's peak by `billing`.
 */
export function billedUnits(
  demand: Float64Array,
  segments: readonly Segment[],
  { minimumUnits, decreaseAllowed, billing }: Pick<Offer, 'minimumUnits' | 'decreaseAllowed' | 'billing'>,
): Float64Array {
  const units = demand.slice();
  let peak = minimumUnits;
  for (let at = 0; at < units.length; at++) {
    const needed = Math.max(units[at] as number, minimumUnits);
    peak = Math.max(peak, needed);
    units[at] = decreaseAllowed ? needed : peak;
  }
  if (billing === 'upfront') return units.fill(peak);
  if (billing === 'annual')
    for (let start = 0, end = 0; start < units.length; start = end) {
      const year = segments[start]?.year;
      let most = 0;
      for (end = start; segments[end]?.year === year; end++) most = Math.max(most, units[end] as number);
      units.fill(most, start, end);
    }
  return units;
}

/** The months billed in each segment: with annual billing, a started year is billed whole. */
export function billedMonths(segments: readonly Segment[], billing: Offer['billing']): number[] {
  const months = segments.map((segment) => segment.months);
  const last = segments.at(-1);
  if (billing !== 'annual' || !last) return months;
  const held = segments.reduce((sum, segment) => sum + (segment.year === last.year ? segment.months : 0), 0);
  months[months.length - 1] = last.months + MONTHS_A_YEAR - held;
  return months;
}
