import { longestMonths } from '../../../../core/guide/index.ts';
import type { Fiche } from '../../../catalogue/index.ts';
import { compare } from '../../pricing/rules/comparison.ts';
import type { PricingRequest } from '../../pricing/rules/request.ts';

/** A request with one thing changed, and who would then be the cheapest. */
export interface Variant {
  readonly label: string;
  readonly supplier: string | undefined;
  readonly priceCents: bigint | undefined;
  /** Whether another supplier comes first than with the request itself. */
  readonly changesWinner: boolean;
}

const MOST_UNITS = 10_000_000;

/** The same needs for another duration: quantities that change later do not count. */
const lasting = (request: PricingRequest, durationMonths: number): PricingRequest => ({
  ...request,
  durationMonths,
  needs: request.needs.map((need) => ({
    ...need,
    quantities: need.quantities.filter(({ fromMonth }) => fromMonth <= durationMonths),
  })),
});

/** Every quantity times a percentage, rounded up: a licence is not divided. */
const scaled = (request: PricingRequest, percent: number): PricingRequest => ({
  ...request,
  needs: request.needs.map((need) => ({
    ...need,
    quantities: need.quantities.map((step) => ({
      ...step,
      units: Math.min(MOST_UNITS, Math.ceil((step.units * percent) / 100)),
    })),
  })),
});

/** What somebody tries of their own: another duration, another share of the quantities, or both. */
export interface OwnTrial {
  readonly months?: number | undefined;
  readonly percent?: number | undefined;
}

/** The request that a trial of one's own makes, and how it is called; undefined when it changes nothing. */
function ownOf(request: PricingRequest, { months, percent }: OwnTrial) {
  if (months === undefined && percent === undefined) return undefined;
  const longer = months === undefined ? request : lasting(request, months);
  const label = [
    months !== undefined && `sur ${months} mois`,
    percent !== undefined && `avec ${percent} % des quantités`,
  ].filter(Boolean);
  return {
    label: `${label.join(' ')} (votre essai)`,
    request: percent === undefined ? longer : scaled(longer, percent),
  };
}

const REQUIREMENT_NAMES = {
  hosting: 'l’exigence d’hébergement',
  minAvailability: 'l’exigence de disponibilité',
  trainingLanguages: 'les langues de formation exigées',
  features: 'les fonctionnalités exigées',
} as const;

function without(request: PricingRequest, key: keyof typeof REQUIREMENT_NAMES): PricingRequest {
  const { [key]: _gone, ...rest } = request.requirements ?? {};
  return { ...request, requirements: rest };
}

/**
 * « Et si »: durations, quantities and requirements, one changed at a time, with the one that would change the winner;
 * first of all what somebody tries of their own.
 */
export function variantsOf(
  request: PricingRequest,
  fiches: readonly Fiche[],
  trial: OwnTrial = {},
): Variant[] {
  const own = ownOf(request, trial);
  const [winner] = compare(request, fiches).suppliers;
  const variant = (label: string, changed: PricingRequest): Variant => {
    const [first] = compare(changed, fiches).suppliers;
    return {
      label,
      supplier: first?.supplier,
      priceCents: first?.priceCents,
      changesWinner: first?.supplier !== winner?.supplier,
    };
  };
  const asked = Object.entries(request.requirements ?? {}).flatMap(([key, value]) =>
    value !== undefined && (!Array.isArray(value) || value.length > 0)
      ? [key as keyof typeof REQUIREMENT_NAMES]
      : [],
  );
  return [
    ...(own ? [variant(own.label, own.request)] : []),
    ...[12, 24, longestMonths()]
      .filter((months) => months !== request.durationMonths)
      .map((months) => variant(`sur ${months} mois`, lasting(request, months))),
    ...[50, 75, 125, 150, 200].map((percent) =>
      variant(`avec ${percent} % des quantités`, scaled(request, percent)),
    ),
    ...asked.map((key) => variant(`sans ${REQUIREMENT_NAMES[key]}`, without(request, key))),
  ];
}
