import { centsOf } from '../../../../core/text/money.ts';
import type { Offer } from '../../../catalogue/index.ts';

type Tier = Offer['tiers'][number];

/** For each tier, the quantity from which it applies and its price in cents for each contract year. */
export interface Tariff {
  readonly from: readonly number[];
  readonly prices: readonly (readonly number[])[];
}

/**
 * The price of a tier in a contract year (0 for the first), in cents: (1 + indexation / 100)^year times the
 * tier's price, rounded once, half away from zero, from the exact value (rule 3).
 */
function indexedPrice(cents: number, indexation: string, year: number): number {
  if (year === 0) return cents;
  const [whole = '0', decimals = ''] = indexation.split('.');
  const scale = 10n ** BigInt(decimals.length);
  const hundred = 100n * scale;
  const factor = hundred + BigInt(whole + decimals);
  const power = BigInt(year);
  const top = BigInt(cents) * factor ** power;
  const bottom = hundred ** power;
  return Number((2n * top + bottom) / (2n * bottom));
}

export function tariffOf(tiers: readonly Tier[], indexation: string, years: number): Tariff {
  return {
    from: tiers.map(({ fromUnits }) => fromUnits),
    prices: tiers.map(({ unitPricePerMonth }) => {
      const cents = centsOf(unitPricePerMonth);
      return Array.from({ length: years }, (_, year) => indexedPrice(cents, indexation, year));
    }),
  };
}

/** The price in cents of one unit for one month, in a contract year, when so many are billed (all-units tiers). */
export function unitPrice({ from, prices }: Tariff, units: number, year: number): number {
  let tier = from.length - 1;
  while (tier > 0 && (from[tier] as number) > units) tier--;
  return (prices[tier] as readonly number[])[year] as number;
}
