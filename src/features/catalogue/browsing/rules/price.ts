import { centsOf } from '../../../../core/text/money.ts';
import type { Component, Offer, Tier } from '../../fiche/rules/fiche.ts';
import type { Criteria } from '../../screens/schema.ts';
import type { Listed } from './view.ts';

/** What prices are compared for: a category, which a component may add, and so many units. */
export type Priced = Pick<Criteria, 'category' | 'units'>;

/** What an offer asks for one unit and one month. */
export interface UnitPrice {
  readonly cents: number;
  /** The component that adds the category, where the base does not have it. */
  readonly component: Component | undefined;
  /** Whether it is the lowest of several, which depends on the quantity. */
  readonly from: boolean;
}

const cheapestTier = (tiers: readonly Tier[]): number =>
  Math.min(...tiers.map(({ unitPricePerMonth }) => centsOf(unitPricePerMonth)));

/** The price of a quantity: its tier's, for all units (pricing rule 1). */
const atQuantity = (tiers: readonly Tier[], units: number): number =>
  centsOf(tiers.findLast(({ fromUnits }) => fromUnits <= units)?.unitPricePerMonth ?? '0');

const priceOf = (tiers: readonly Tier[], units: number | undefined): number =>
  units === undefined ? cheapestTier(tiers) : atQuantity(tiers, units);

/**
 * The price of one unit for one month, base and component: for a quantity, the minimum at least, or the lowest that it
 * can be. Two such prices compare when the unit is the same.
 */
export function unitPriceOf(offer: Offer, { category, units }: Priced): UnitPrice {
  const billed = units === undefined ? undefined : Math.max(units, offer.minimumUnits);
  const added =
    category && !offer.categories.includes(category)
      ? offer.components
          .filter((component) => component.category === category)
          .map((component) => ({ component, cents: priceOf(component.tiers, billed) }))
          .sort((one, other) => one.cents - other.cents)[0]
      : undefined;
  const tiers = offer.tiers.length + (added?.component.tiers.length ?? 1);
  return {
    cents: priceOf(offer.tiers, billed) + (added?.cents ?? 0),
    component: added?.component,
    from: billed === undefined && tiers > 2,
  };
}

/** The units of some offers, the one of most of them first: prices compare within one. */
export function unitsOf(offers: readonly Listed[]): string[] {
  const counts = new Map<string, number>();
  for (const { offer } of offers) counts.set(offer.unit, (counts.get(offer.unit) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([unit]) => unit);
}

/** Offers from the cheapest on, those of one unit together. */
export function byPrice(offers: readonly Listed[], priced: Priced): Listed[] {
  const order = unitsOf(offers);
  const known = new Map(offers.map(({ offer }) => [offer, unitPriceOf(offer, priced).cents]));
  const place = ({ offer }: Listed) => order.indexOf(offer.unit);
  const cents = ({ offer }: Listed) => known.get(offer) ?? 0;
  return offers.toSorted((a, b) => place(a) - place(b) || cents(a) - cents(b));
}
