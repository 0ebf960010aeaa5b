import { CATEGORIES, type Category, type Fiche, type Offer } from '../../../catalogue/index.ts';
import { centsOfAmount } from './amount.ts';
import { demandOf } from './demand.ts';
import { missingCategories, type Obstacle, obstaclesOf } from './eligibility.ts';
import { jointOptimum } from './joint-optimum.ts';
import { costsOf, pricedOffer } from './offer-cost.ts';
import { assignmentOf, type Candidate, type Optimum, optimumOf } from './optimum.ts';
import { byCodeUnit } from './order.ts';
import type { PricingRequest } from './request.ts';

/** Offer ids with the categories assigned to each, sorted. */
export type Assignment = Readonly<Record<string, readonly Category[]>>;

export interface Scenario {
  readonly supplier: string;
  readonly version: string;
  /** Before taxes and management fees. */
  readonly priceCents: bigint;
  readonly lowest: boolean;
  readonly offers: Assignment;
}

export interface OfferObstacles {
  readonly offer: string;
  readonly obstacles: readonly Obstacle[];
}

/** A supplier without a scenario: what they lack, and what keeps their offers out. */
export interface Excluded {
  readonly supplier: string;
  readonly missing: readonly Category[];
  readonly offers: readonly OfferObstacles[];
}

export interface AcrossSuppliers {
  readonly priceCents: bigint;
  readonly contracts: number;
  readonly offers: Assignment;
}

/** The scenarios of a request, cheapest first (pricing rules, « Comparison »). */
export interface Comparison {
  readonly suppliers: readonly Scenario[];
  readonly excluded: readonly Excluded[];
  /** For information: the cheapest assignment across all suppliers. */
  readonly acrossSuppliers: AcrossSuppliers | null;
}

/** Compares the suppliers' scenarios exactly. `fiches`: one for each supplier, the version in force. */
export function compare(request: PricingRequest, fiches: readonly Fiche[]): Comparison {
  // The guide's order of categories decides between equals: sets are masks in that order.
  const categories = CATEGORIES.filter((id) => request.needs.some(({ category }) => category === id));
  const ordered = {
    ...request,
    needs: categories.flatMap((id) => request.needs.filter(({ category }) => category === id)),
  };
  const demand = demandOf(ordered);
  const years = Math.ceil(request.durationMonths / 12);
  const sets = 1 << categories.length;
  const all = sets - 1;
  const namesOf = (part: number): Category[] => categories.filter((_, at) => part & (1 << at)).sort();
  const assignment = (used: readonly { id: string; part: number }[]): Assignment =>
    Object.fromEntries(used.map(({ id, part }) => [id, namesOf(part)]));

  const excluded: Excluded[] = [];
  const optima: { fiche: Fiche; optimum: Optimum }[] = [];
  for (const fiche of [...fiches].sort((a, b) => byCodeUnit(a.supplier.id, b.supplier.id))) {
    const judged = fiche.offers.map((offer) => ({ offer, obstacles: obstaclesOf(offer, request) }));
    const eligible = judged.filter(({ obstacles }) => obstacles.length === 0).map(({ offer }) => offer);
    const missing = missingCategories(eligible, request);
    if (missing.length > 0)
      excluded.push({
        supplier: fiche.supplier.id,
        missing,
        offers: judged
          .filter(({ obstacles }) => obstacles.length > 0)
          .map(({ offer, obstacles }) => ({ offer: offer.id, obstacles })),
      });
    optima.push({ fiche, optimum: optimumOf(candidatesOf(eligible, categories, years, demand), sets) });
  }

  const scenarios = optima
    .filter(({ optimum }) => optimum.high[all] !== Number.POSITIVE_INFINITY)
    .map(({ fiche, optimum }) => ({
      supplier: fiche.supplier.id,
      version: fiche.version,
      priceCents: centsOfAmount(optimum.high[all] as number, optimum.low[all] as number),
      offers: assignment(assignmentOf(optimum, all)),
    }))
    .sort((a, b) => byPrice(a.priceCents, b.priceCents) || byCodeUnit(a.supplier, b.supplier));
  const joint = jointOptimum(
    optima.map(({ optimum }) => optimum),
    sets,
  );
  return {
    suppliers: scenarios.map((scenario) => ({
      ...scenario,
      lowest: scenario.priceCents === scenarios[0]?.priceCents,
    })),
    excluded,
    acrossSuppliers: joint
      ? {
          priceCents: centsOfAmount(joint.high, joint.low),
          contracts: joint.contracts,
          offers: assignment(joint.offers),
        }
      : null,
  };
}

const candidatesOf = (
  offers: readonly Offer[],
  categories: readonly string[],
  years: number,
  demand: ReturnType<typeof demandOf>,
): Candidate[] =>
  offers
    .map((offer) => ({ id: offer.id, cost: costsOf(pricedOffer(offer, categories, years), demand) }))
    .sort((a, b) => byCodeUnit(a.id, b.id));

const byPrice = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
