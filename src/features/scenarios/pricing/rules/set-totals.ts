import type { Offer } from '../../../catalogue/index.ts';
import { type Amounts, BASE } from './amount.ts';
import { billedMonths, billedUnits } from './billing.ts';
import type { Demand, Segment } from './demand.ts';
import { type Tariff, unitPrice } from './tariff.ts';

/**
 * What each category that an offer covers bills by itself, segment by segment, the greatest first.
 *
 * A set of categories needs the greatest of its categories' demands (rule 1), and billing only ever takes the
 * greatest of some quantities (rule 2): so what a set bills in a segment is the most that one of its categories
 * bills there by itself.
 */
export interface Billing {
  readonly segments: readonly Segment[];
  readonly months: readonly number[];
  /** The covered categories, as a mask over the needs, and how many they are. */
  readonly cover: number;
  readonly covered: number;
  /** How many masks there are, of covered categories and of others. */
  readonly sets: number;
  /** By segment, then from the greatest to the least: the units, and the category's bit. */
  readonly units: Float64Array;
  readonly bits: Uint16Array;
}

export function billingOf(offer: Offer, cover: number, { segments, courses }: Demand): Billing {
  const own = courses.flatMap((course, at) =>
    cover & (1 << at) ? [{ bit: 1 << at, course: billedUnits(course, segments, offer) }] : [],
  );
  const covered = own.length;
  const units = new Float64Array(segments.length * covered);
  const bits = new Uint16Array(units.length);
  own.forEach(({ bit, course }, before) => {
    for (let segment = 0; segment < segments.length; segment++) {
      const billed = course[segment] as number;
      const first = segment * covered;
      let at = first + before;
      for (; at > first && (units[at - 1] as number) < billed; at--) {
        units[at] = units[at - 1] as number;
        bits[at] = bits[at - 1] as number;
      }
      units[at] = billed;
      bits[at] = bit;
    }
  });
  const months = billedMonths(segments, offer.billing);
  return { segments, months, cover, covered, sets: 1 << courses.length, units, bits };
}

/**
 * What a tariff costs for every set of covered categories, not normalised; nothing elsewhere.
 *
 * A set pays, in a segment, for the first of its categories there. So the first pays its own cost in every set; where
 * it is absent, the second's cost instead; where both are, the third's. Each such difference is laid on the set of the
 * categories that are not absent, and every set then adds up what lies on the sets that hold it. All are whole numbers
 * below 2^53: at most 10 differences, each below 10^7 units × 36 months × 2^20.
 */
export function totalsOf(tariff: Tariff, billing: Billing): Amounts {
  const { segments, months, cover, covered, sets, units, bits } = billing;
  const high = new Float64Array(sets);
  const low = new Float64Array(sets);
  for (let segment = 0, at = 0; segment < segments.length; segment++) {
    const { year } = segments[segment] as Segment;
    const length = months[segment] as number;
    let present = cover;
    let beforeHigh = 0;
    let beforeLow = 0;
    for (let rank = 0; rank < covered; rank++, at++) {
      const billed = units[at] as number;
      const price = unitPrice(tariff, billed, year);
      const upper = Math.floor(price / BASE);
      const ownHigh = billed * length * upper;
      const ownLow = billed * length * (price - upper * BASE);
      high[present] = (high[present] as number) + ownHigh - beforeHigh;
      low[present] = (low[present] as number) + ownLow - beforeLow;
      beforeHigh = ownHigh;
      beforeLow = ownLow;
      present ^= bits[at] as number;
    }
  }
  if (isDear(tariff)) addWhatHolds(high, cover);
  addWhatHolds(low, cover);
  return { high, low };
}

/** Whether the upper part of some amount is not zero. */
const isDear = ({ prices }: Tariff): boolean => prices.some((tier) => tier.some((price) => price >= BASE));

/** To each set of covered categories but the empty one, the sum of what lies on it and on all that hold it. */
function addWhatHolds(laid: Float64Array, cover: number): void {
  for (let rest = cover; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    const others = cover ^ bit;
    for (let set = others; set > 0; set = (set - 1) & others)
      laid[set] = (laid[set] as number) + (laid[set | bit] as number);
  }
}
