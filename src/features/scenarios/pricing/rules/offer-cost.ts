import { centsOf } from '../../../../core/text/money.ts';
import type { Offer } from '../../../catalogue/index.ts';
import { type Amounts, BASE, compareAmounts } from './amount.ts';
import type { Demand } from './demand.ts';
import { billingOf, totalsOf } from './set-totals.ts';
import { type Tariff, tariffOf } from './tariff.ts';

/** What using an offer costs, for every set of categories within `cover`; nothing elsewhere. */
export interface OfferCost extends Amounts {
  /** Categories that the base price covers, and those that a component can add, as masks over the needs. */
  readonly base: number;
  readonly cover: number;
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
    .map((component) => ({ ...component, bit: bitOf(component.category) }))
    .filter(({ bit }) => bit !== 0 && (bit & base) === 0)
    .map(({ id, bit, tiers }) => ({ id, bit, tariff: tariffOf(tiers, offer.indexation, years) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const cover = components.reduce((mask, { bit }) => mask | bit, base);
  return { offer, base, cover, components, tariff: tariffOf(offer.tiers, offer.indexation, years) };
}
export type PricedOffer = ReturnType<typeof pricedOffer>;

/** What an offer costs for every set of categories that it covers (rules 1 to 5). */
export function costsOf({ offer, base, cover, components, tariff }: PricedOffer, demand: Demand): OfferCost {
  const billing = billingOf(offer, cover, demand);
  const { high, low } = totalsOf(tariff, billing);
  for (let rest = cover & ~base; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    const [first, ...others] = components
      .filter((component) => component.bit === bit)
      .map((component) => totalsOf(component.tariff, billing));
    if (!first) throw new Error('a category is covered by no component');
    for (let set = cover; set > 0; set = (set - 1) & cover) {
      if ((set & bit) === 0) continue;
      let [leastHigh, leastLow] = [first.high[set] as number, first.low[set] as number];
      for (const other of others) {
        const [otherHigh, otherLow] = [other.high[set] as number, other.low[set] as number];
        if (compareAmounts(otherHigh, otherLow, leastHigh, leastLow) >= 0) continue;
        [leastHigh, leastLow] = [otherHigh, otherLow];
      }
      high[set] = (high[set] as number) + leastHigh;
      low[set] = (low[set] as number) + leastLow;
    }
  }
  const fees = centsOf(offer.entryFee) + centsOf(offer.exitFee);
  for (let set = cover; set > 0; set = (set - 1) & cover) {
    const whole = (low[set] as number) + fees;
    const carry = Math.floor(whole / BASE);
    high[set] = (high[set] as number) + carry;
    low[set] = whole - carry * BASE;
  }
  return { base, cover, high, low };
}
