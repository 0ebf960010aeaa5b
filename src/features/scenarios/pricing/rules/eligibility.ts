import {
  type Category,
  categoriesOf,
  hostedIn,
  measuredSince,
  type Offer,
} from '../../../catalogue/index.ts';
import type { PricingRequest, Requirements } from './request.ts';

/** Why an offer cannot be part of a scenario, and the offer's own value where there is one. */
export type Obstacle =
  | {
      readonly kind: 'status';
      readonly value: Offer['status'];
      /** Since when the broker has it so, in French; absent where its fiche says it. */
      readonly since?: string;
    }
  | { readonly kind: 'term'; readonly value: number }
  | { readonly kind: 'categories' }
  | { readonly kind: 'hosting'; readonly value: Offer['hosting'] }
  | { readonly kind: 'availability'; readonly value: string }
  | {
      readonly kind: 'trainingLanguages';
      readonly value: readonly string[];
      readonly missing: readonly string[];
    }
  | { readonly kind: 'features'; readonly value: readonly string[]; readonly missing: readonly string[] };

const missingOf = (wanted: readonly string[] = [], offered: readonly string[]) =>
  wanted.filter((word) => !offered.includes(word));

/** A decimal percentage in millionths, exactly. */
function millionths(percent: string): number {
  const [whole = '0', decimals = ''] = percent.split('.');
  return Number(whole) * 1_000_000 + Number(decimals.padEnd(6, '0').slice(0, 6));
}

function statusObstacle(offer: Offer): Obstacle {
  const since = measuredSince(offer);
  return { kind: 'status', value: offer.status, ...(since === undefined ? {} : { since }) };
}

/** Everything that keeps an offer out of the scenarios of a request; empty when it may be part of one. */
export function obstaclesOf(
  offer: Offer,
  { durationMonths, needs, requirements = {} }: PricingRequest,
): Obstacle[] {
  const covered = categoriesOf(offer);
  return [
    ...(offer.status === 'qualified' ? [] : [statusObstacle(offer)]),
    ...(needs.some(({ category }) => covered.includes(category)) ? [] : [{ kind: 'categories' as const }]),
    ...(offer.minimumTermMonths > durationMonths
      ? [{ kind: 'term' as const, value: offer.minimumTermMonths }]
      : []),
    ...requirementObstacles(offer, requirements),
  ];
}

function requirementObstacles(offer: Offer, requirements: Requirements): Obstacle[] {
  const { hosting, minAvailability, trainingLanguages, features } = requirements;
  const languages = missingOf(trainingLanguages, offer.trainingLanguages);
  const lacking = missingOf(features, offer.features);
  return [
    ...(hosting && !hostedIn(offer, hosting) ? [{ kind: 'hosting' as const, value: offer.hosting }] : []),
    ...(minAvailability && millionths(offer.availability) < millionths(minAvailability)
      ? [{ kind: 'availability' as const, value: offer.availability }]
      : []),
    ...(languages.length > 0
      ? [{ kind: 'trainingLanguages' as const, value: offer.trainingLanguages, missing: languages }]
      : []),
    ...(lacking.length > 0 ? [{ kind: 'features' as const, value: offer.features, missing: lacking }] : []),
  ];
}

/** The needed categories that none of these offers covers, sorted. */
export const missingCategories = (offers: readonly Offer[], { needs }: PricingRequest): Category[] => {
  const covered = new Set(offers.flatMap(categoriesOf));
  return needs
    .map(({ category }) => category)
    .filter((category) => !covered.has(category))
    .sort();
};
