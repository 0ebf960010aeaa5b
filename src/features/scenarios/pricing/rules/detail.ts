import { centsOf } from '../../../../core/text/money.ts';
import { CATEGORIES, type Category, type Fiche, type Offer } from '../../../catalogue/index.ts';
import { compareAmounts, Sum } from './amount.ts';
import { billedUnits } from './billing.ts';
import type { Assignment } from './comparison.ts';
import type { Segment } from './demand.ts';
import { type Obstacle, obstaclesOf } from './eligibility.ts';
import { type PricedOffer, pricedOffer } from './offer-cost.ts';
import type { PricingRequest } from './request.ts';
import { type Tariff, unitPrice } from './tariff.ts';

/** What one offer of a scenario bills, month by month and year by year, in cents. */
export interface OfferDetail {
  readonly offer: string;
  readonly categories: readonly Category[];
  /** Ids of the components that are added. */
  readonly components: readonly string[];
  /** One for each billed month: with annual billing, a started year is billed whole. */
  readonly unitsByMonth: readonly number[];
  readonly centsByMonth: readonly bigint[];
  /** With the entry fee in the first contract year, and the exit fee in the last. */
  readonly centsByYear: readonly bigint[];
  readonly entryFeeCents: bigint;
  readonly exitFeeCents: bigint;
}

/** An offer of the supplier that the scenario leaves out, and why; no obstacle: another assignment is cheaper. */
export interface Unused {
  readonly offer: string;
  readonly obstacles: readonly Obstacle[];
}

export interface ScenarioDetail {
  readonly offers: readonly OfferDetail[];
  readonly centsByYear: readonly bigint[];
  readonly unused: readonly Unused[];
}

const MONTHS_A_YEAR = 12;

/** What a supplier's scenario bills, as its assignment stands (pricing rules, « The result states »). */
export function detailOf(request: PricingRequest, fiche: Fiche, assignment: Assignment): ScenarioDetail {
  const offers = Object.entries(assignment).flatMap(([id, categories]) => {
    const offer = fiche.offers.find((each) => each.id === id);
    return offer ? [offerDetail(request, offer, categories)] : [];
  });
  const years = Math.ceil(request.durationMonths / MONTHS_A_YEAR);
  return {
    offers,
    centsByYear: Array.from({ length: years }, (_, year) =>
      offers.reduce((sum, { centsByYear }) => sum + (centsByYear[year] ?? 0n), 0n),
    ),
    unused: fiche.offers
      .filter(({ id }) => !(id in assignment))
      .map((offer) => ({ offer: offer.id, obstacles: obstaclesOf(offer, request) })),
  };
}

function offerDetail(request: PricingRequest, offer: Offer, categories: readonly Category[]): OfferDetail {
  const { durationMonths, needs } = request;
  const years = Math.ceil(durationMonths / MONTHS_A_YEAR);
  const covered = CATEGORIES.filter((id) => categories.includes(id));
  const priced = pricedOffer(offer, covered, years);
  const months: Segment[] = Array.from({ length: durationMonths }, (_, at) => ({
    year: Math.floor(at / MONTHS_A_YEAR),
    months: 1,
  }));
  const demand = Float64Array.from(months, (_, at) =>
    Math.max(
      ...needs
        .filter(({ category }) => covered.includes(category))
        .map(({ quantities }) => quantities.findLast(({ fromMonth }) => fromMonth <= at + 1)?.units ?? 0),
    ),
  );
  const units = [...billedUnits(demand, months, offer)];
  // A started year is billed whole: the months past the end repeat the year's peak.
  if (offer.billing === 'annual')
    while (units.length % MONTHS_A_YEAR !== 0) units.push(units.at(-1) as number);
  const added = componentsOf(priced, Float64Array.from(units));
  const tariffs = [priced.tariff, ...added.map(({ tariff }) => tariff)];
  const centsByMonth = units.map((billed, at) => monthCents(tariffs, billed, Math.floor(at / MONTHS_A_YEAR)));
  const [entryFeeCents, exitFeeCents] = [BigInt(centsOf(offer.entryFee)), BigInt(centsOf(offer.exitFee))];
  const centsByYear = Array.from({ length: years }, (_, year) =>
    centsByMonth
      .slice(year * MONTHS_A_YEAR, (year + 1) * MONTHS_A_YEAR)
      .reduce(
        (sum, cents) => sum + cents,
        (year === 0 ? entryFeeCents : 0n) + (year === years - 1 ? exitFeeCents : 0n),
      ),
  );
  return {
    offer: offer.id,
    categories: covered,
    components: added.map(({ id }) => id),
    unitsByMonth: units,
    centsByMonth,
    centsByYear,
    entryFeeCents,
    exitFeeCents,
  };
}

const monthCents = (tariffs: readonly Tariff[], units: number, year: number): bigint =>
  tariffs.reduce((sum, tariff) => sum + BigInt(units) * BigInt(unitPrice(tariff, units, year)), 0n);

/** For each category that the base does not cover, the component that is cheapest for the total. */
function componentsOf({ base, cover, components }: PricedOffer, units: Float64Array) {
  const chosen: PricedOffer['components'] = [];
  for (let rest = cover & ~base; rest !== 0; rest &= rest - 1) {
    const [first, ...others] = components.filter(({ bit }) => bit === (rest & -rest));
    if (!first) continue;
    let best = { component: first, total: totalOf(first.tariff, units) };
    for (const component of others) {
      const total = totalOf(component.tariff, units);
      if (compareAmounts(total.high, total.low, best.total.high, best.total.low) < 0)
        best = { component, total };
    }
    chosen.push(best.component);
  }
  return chosen;
}

/** The total of a tariff for the units of each month. */
function totalOf(tariff: Tariff, units: Float64Array): Sum {
  const sum = new Sum();
  units.forEach((billed, at) => {
    sum.add(billed, unitPrice(tariff, billed, Math.floor(at / MONTHS_A_YEAR)));
  });
  return sum.normalise();
}

/** The price of a scenario from its detail: what its years add up to. */
export const totalOfDetail = ({ centsByYear }: ScenarioDetail): bigint =>
  centsByYear.reduce((sum, cents) => sum + cents, 0n);
