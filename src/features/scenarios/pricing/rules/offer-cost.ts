import { longestMonths } from '../../../../core/guide/index.ts';
import { centsOf } from '../../../../core/money.ts';
import type { Offer } from '../../../catalogue/index.ts';
import { compareAmounts, Sum } from './amount.ts';
import type { Demand, Segment } from './demand.ts';

type Tier = Offer['tiers'][number];

/** A tariff: for each tier, the quantity from which it applies and its price in cents for each contract year. */
export interface Tariff {
  readonly from: readonly number[];
  readonly prices: readonly (readonly number[])[];
  /** Whether any total stays below 2^53: the longest contract of the most units at the highest price. */
  readonly plain: boolean;
}

/** What using an offer costs, for each set of categories that it can cover. */
export interface OfferCost {
  /** Categories that the base price covers, and those that a component can add, as masks over the needs. */
  readonly base: number;
  readonly cover: number;
  /** Amounts for every set within `cover`, by its mask; nothing elsewhere. */
  readonly high: Float64Array;
  readonly low: Float64Array;
}

const MONTHS_A_YEAR = 12;

/**
 * The price of a tier in a contract year (0 for the first), in cents: (1 + indexation / 100)^year times the
 * tier's price, rounded once, half away from zero, from the exact value (rule 3).
 */
export function indexedPrice(dollars: string, indexation: string, year: number): number {
  const [whole = '0', decimals = ''] = indexation.split('.');
  const scale = 10n ** BigInt(decimals.length);
  const hundred = 100n * scale;
  const factor = hundred + BigInt(whole + decimals);
  const power = BigInt(year);
  const top = BigInt(centsOf(dollars)) * factor ** power;
  const bottom = hundred ** power;
  return Number((2n * top + bottom) / (2n * bottom));
}

const MOST_UNITS = 10_000_000;

export function tariffOf(tiers: readonly Tier[], indexation: string, years: number): Tariff {
  const prices = tiers.map(({ unitPricePerMonth }) =>
    Array.from({ length: years }, (_, year) => indexedPrice(unitPricePerMonth, indexation, year)),
  );
  return {
    from: tiers.map(({ fromUnits }) => fromUnits),
    prices,
    plain: Math.max(...prices.flat()) * longestMonths() * MOST_UNITS <= Number.MAX_SAFE_INTEGER,
  };
}

/** The price in cents of one unit for one month, in a contract year, when so many are billed (all-units tiers). */
export function unitPrice({ from, prices }: Tariff, units: number, year: number): number {
  let tier = from.length - 1;
  while (tier > 0 && (from[tier] as number) > units) tier--;
  return (prices[tier] as readonly number[])[year] as number;
}

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

/** A component with its tariff, and the category that it adds as a bit. */
interface PricedComponent {
  readonly id: string;
  readonly bit: number;
  readonly tariff: Tariff;
}

/** An offer ready to be priced on a demand: its tariffs for each contract year. */
export function pricedOffer(offer: Offer, categories: readonly string[], years: number) {
  const bitOf = (category: string) => {
    const at = categories.indexOf(category);
    return at < 0 ? 0 : 1 << at;
  };
  const base = offer.categories.reduce((mask, category) => mask | bitOf(category), 0);
  const components: PricedComponent[] = offer.components
    .map(({ id, category, tiers }) => ({
      id,
      bit: bitOf(category),
      tariff: tariffOf(tiers, offer.indexation, years),
    }))
    .filter(({ bit }) => bit !== 0 && (bit & base) === 0)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const cover = components.reduce((mask, { bit }) => mask | bit, base);
  return { offer, base, cover, components, tariff: tariffOf(offer.tiers, offer.indexation, years) };
}
export type PricedOffer = ReturnType<typeof pricedOffer>;

/** Total of one tariff for billed units and months. */
export function totalOf(
  tariff: Tariff,
  units: Float64Array,
  months: readonly number[],
  segments: readonly Segment[],
): Sum {
  const sum = new Sum();
  let plain = 0;
  for (let at = 0; at < units.length; at++) {
    const billed = units[at] as number;
    const price = unitPrice(tariff, billed, (segments[at] as Segment).year);
    if (tariff.plain) plain += billed * (months[at] as number) * price;
    else sum.add(billed * (months[at] as number), price);
  }
  sum.low += plain;
  return sum.normalise();
}

/** For one course of the demand: what is billed, the total of the base, and the cheapest component of each category asked for. */
interface PatternCost {
  readonly units: Float64Array;
  readonly base: Sum;
  readonly added: Map<number, Sum>;
}

/** What an offer costs for every set of categories that it covers (rules 1 to 5). */
export function costsOf(priced: PricedOffer, { segments, patterns, patternOf }: Demand): OfferCost {
  const { offer, base, cover, components, tariff } = priced;
  const months = billedMonths(segments, offer.billing);
  const fees = centsOf(offer.entryFee) + centsOf(offer.exitFee);
  const known: (PatternCost | undefined)[] = [];

  function patternCost(pattern: number): PatternCost {
    const found = known[pattern];
    if (found) return found;
    const units = billedUnits(patterns[pattern] as Float64Array, segments, offer);
    const cost = { units, base: totalOf(tariff, units, months, segments), added: new Map() };
    known[pattern] = cost;
    return cost;
  }

  /** The cheapest component for a category, for the total; among equals, the id that comes first. */
  function cheapest({ units, added }: PatternCost, bit: number): Sum {
    const found = added.get(bit);
    if (found) return found;
    let best: Sum | undefined;
    for (const component of components) {
      if (component.bit !== bit) continue;
      const total = totalOf(component.tariff, units, months, segments);
      if (!best || compareAmounts(total.high, total.low, best.high, best.low) < 0) best = total;
    }
    if (!best) throw new Error('a category is covered by no component');
    added.set(bit, best);
    return best;
  }

  const high = new Float64Array(patternOf.length);
  const low = new Float64Array(patternOf.length);
  for (let set = cover; set > 0; set = (set - 1) & cover) {
    const cost = patternCost(patternOf[set] as number);
    let upper = cost.base.high;
    let lower = cost.base.low + fees;
    for (let rest = set & ~base; rest !== 0; rest &= rest - 1) {
      const component = cheapest(cost, rest & -rest);
      upper += component.high;
      lower += component.low;
    }
    high[set] = upper;
    low[set] = lower;
  }
  return { base, cover, high, low };
}
