import type { Fiche } from '../../../catalogue/index.ts';
import { obstaclesOf } from '../../pricing/rules/eligibility.ts';
import type { PricingRequest } from '../../pricing/rules/request.ts';

/** The offers that meet a request, by id. */
export const meetingOffers = (request: PricingRequest, fiches: readonly Fiche[]): string[] =>
  fiches
    .flatMap(({ offers }) => offers)
    .filter((offer) => obstaclesOf(offer, request).length === 0)
    .map(({ id }) => id)
    .sort();
