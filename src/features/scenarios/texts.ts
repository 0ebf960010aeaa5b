import { frenchMoney } from '../../core/text/money.ts';
import { listed } from '../../core/text/text.ts';
import {
  CATEGORIES,
  CATEGORY_NAMES,
  type Category,
  type Fiche,
  featureName,
  languageName,
  percentText,
  placeName,
  STATUS_NAMES,
} from '../catalogue/index.ts';
import type { Obstacle } from './pricing/rules/eligibility.ts';
import type { PricingRequest } from './pricing/rules/request.ts';

/** « 1 234,50 $ » of cents of any size. */
export const money = (cents: bigint | string): string => {
  const whole = BigInt(cents);
  return Number.isSafeInteger(Number(whole))
    ? frenchMoney(Number(whole))
    : `${(whole / 100n).toLocaleString('fr-CA')}\u00a0$`;
};

/** « 12,5 % » of tenths of a percent. */
export const perMilleText = (perMille: bigint): string =>
  `${(perMille / 10n).toLocaleString('fr-CA')},${perMille % 10n}\u00a0%`;

export const categoryList = (categories: readonly Category[]): string =>
  listed(categories.map((id) => CATEGORY_NAMES[id].toLowerCase()));

/** Why an offer is out, with its own value. */
export function obstacleText(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'status':
      if (obstacle.since)
        return `le Courtier l’a ${STATUS_NAMES[obstacle.value].toLowerCase()} depuis le ${obstacle.since}`;
      return `son statut est « ${STATUS_NAMES[obstacle.value].toLowerCase()} »`;
    case 'term':
      return `elle engage pour ${obstacle.value} mois au moins`;
    case 'categories':
      return 'elle ne couvre aucune catégorie voulue';
    case 'hosting':
      return `elle est hébergée à ${listed(obstacle.value.map(placeName))}`;
    case 'availability':
      return `sa disponibilité est de ${percentText(obstacle.value)}`;
    case 'trainingLanguages':
      return `sa formation est en ${listed(obstacle.value.map(languageName)) || 'aucune langue'}`;
    case 'features':
      return `il lui manque ${listed(obstacle.missing.map(featureName))}`;
  }
}

/** A supplier's name, or its id when it has no fiche in force. */
export const supplierName = (fiches: readonly Fiche[], supplier: string): string =>
  fiches.find((fiche) => fiche.supplier.id === supplier)?.supplier.name ?? supplier;

/** « 24 mois · courriel et visioconférence ». */
export const requestText = ({ durationMonths, needs }: PricingRequest): string =>
  `${durationMonths} mois · ${categoryList(CATEGORIES.filter((id) => needs.some(({ category }) => category === id)))}`;

/** The names of categories, for documents. */
export const categoryNames = (request: PricingRequest): string =>
  CATEGORIES.filter((id) => request.needs.some(({ category }) => category === id))
    .map((id) => CATEGORY_NAMES[id])
    .join(', ');
