import { centsOf, frenchMoney } from '../../core/text/money.ts';
import { count } from '../../core/text/text.ts';
import type { Billing, Contact, Offer, Status, Tier } from './fiche/rules/fiche.ts';

export const STATUS_NAMES: Record<Status, string> = {
  qualified: 'Qualifiée',
  'under-review': 'En analyse',
  withdrawn: 'Retirée',
  suspended: 'Suspendue',
};

export const BILLING_NAMES: Record<Billing, string> = {
  monthly: 'au mois',
  annual: "à l'année",
  upfront: 'en entier à la signature',
};

/** How the billing rule reads to somebody who will pay (pricing rules, « billed units »). */
export const BILLING_SENTENCES: Record<Billing, string> = {
  monthly: 'Chaque mois, selon les unités du mois.',
  annual:
    "Une fois l'an, selon le plus grand nombre d'unités de l'année. Une année commencée est due en entier.",
  upfront: 'En entier à la signature, selon le plus grand nombre d’unités du contrat.',
};

export const ROLE_NAMES: Record<Contact['role'], string> = {
  commercial: 'Ventes',
  technical: 'Soutien technique',
};

const FEATURE_NAMES: Record<string, string> = {
  mfa: 'authentification multifacteur',
  sso: 'authentification unique',
  api: 'interface de programmation',
  archivage: 'archivage',
  accessibilite: 'accessibilité',
  'anti-hameconnage': 'protection contre l’hameçonnage',
  'application-mobile': 'application mobile',
  'chiffrement-client': 'chiffrement par le client',
  'gestion-des-appareils': 'gestion des appareils',
  'hors-connexion': 'travail hors connexion',
  'sous-titres': 'sous-titres',
  'signature-electronique': 'signature électronique',
};

/** The name of a feature; one that we do not know reads as its identifier, without hyphens. */
export const featureName = (feature: string): string =>
  FEATURE_NAMES[feature] ?? feature.replaceAll('-', ' ');

const PROVINCES: Record<string, string> = {
  AB: 'Alberta',
  BC: 'Colombie-Britannique',
  MB: 'Manitoba',
  NB: 'Nouveau-Brunswick',
  NL: 'Terre-Neuve-et-Labrador',
  NS: 'Nouvelle-Écosse',
  NT: 'Territoires du Nord-Ouest',
  NU: 'Nunavut',
  ON: 'Ontario',
  PE: 'Île-du-Prince-Édouard',
  QC: 'Québec',
  SK: 'Saskatchewan',
  YT: 'Yukon',
};

const countries = new Intl.DisplayNames('fr-CA', { type: 'region' });
const languages = new Intl.DisplayNames('fr-CA', { type: 'language' });

export const languageName = (code: string): string => languages.of(code) ?? code;

/** « Montréal (Québec) », « Ashburn (VA, États-Unis) ». */
export function placeName({ country, region, place }: Offer['hosting'][number]): string {
  if (country === 'CA') return `${place} (${PROVINCES[region] ?? region})`;
  return `${place} (${region}, ${countries.of(country) ?? country})`;
}

export const HOSTINGS = ['QC', 'CA'] as const;
export type Hosting = (typeof HOSTINGS)[number];
export const HOSTING_NAMES: Record<Hosting, string> = { QC: 'Québec', CA: 'Canada' };

/** Every place of an offer lies there (pricing rules, `requirements.hosting`). */
export const hostedIn = ({ hosting }: Offer, where: Hosting): boolean =>
  hosting.every(({ country, region }) => country === 'CA' && (where === 'CA' || region === 'QC'));

export const hostingShort = (offer: Offer): string =>
  hostedIn(offer, 'QC') ? 'Québec' : hostedIn(offer, 'CA') ? 'Canada' : 'Hors du Canada';

/** « 99,9 % » from « 99.9 ». */
export const percentText = (percent: string): string =>
  `${percent.replace('.', ',').replace('-', '−')}\u00a0%`;

export const priceText = (dollars: string): string => frenchMoney(centsOf(dollars));

/** « utilisateurs » from « utilisateur »; the plural of a unit's first word is enough for what is sold. */
export const units = (n: number, unit: string): string =>
  Math.abs(n) < 2 ? count(n, unit) : count(n, unit, unit.replace(/^(\p{L}+?)(?:s|x)?(?=$|\s)/u, '$1s'));

/** « 1 à 99 », « 100 et plus », « toute quantité ». */
export function tierRange(tiers: readonly Tier[], at: number): string {
  const from = tiers[at]?.fromUnits ?? 1;
  const next = tiers[at + 1]?.fromUnits;
  if (next === undefined) return from === 1 ? 'Toute quantité' : `${from.toLocaleString('fr-CA')} et plus`;
  if (next - 1 === from) return from.toLocaleString('fr-CA');
  return `${from.toLocaleString('fr-CA')} à ${(next - 1).toLocaleString('fr-CA')}`;
}

/** What one unit costs a month, by quantity: « 1 à 99 : 5,00 $ · 100 et plus : 4,00 $ ». */
export const tierPrices = (tiers: readonly Tier[]): string =>
  tiers
    .map(
      ({ unitPricePerMonth }, at) =>
        `${tierRange(tiers, at).toLowerCase()} : ${priceText(unitPricePerMonth)}`,
    )
    .join(' · ');

/** « 5,00 $ par utilisateur et par mois », or « À partir de… » when it depends on the quantity. */
export const perUnit = (cents: number, unit: string, from: boolean): string => {
  const price = `${frenchMoney(cents)} par ${unit} et par mois`;
  return from ? `À partir de ${price}` : price;
};

/** The lowest price of an offer's base, in cents per unit and month. */
export const lowestPrice = ({ tiers }: Pick<Offer, 'tiers'>): number =>
  Math.min(...tiers.map(({ unitPricePerMonth }) => centsOf(unitPricePerMonth)));

/** What an offer's base costs. */
export const priceFrom = (offer: Pick<Offer, 'tiers' | 'unit'>): string =>
  perUnit(lowestPrice(offer), offer.unit, offer.tiers.length > 1);

/** How prices move from one year of contract to the next: « +2,5 % par année de contrat ». */
export const indexationText = (percent: string): string =>
  percent === '0'
    ? 'prix fixes pendant tout le contrat'
    : `${percent.startsWith('-') ? '' : '+'}${percentText(percent)} par année de contrat`;

/** What one commits to, in sentences. */
export function commitments({ minimumTermMonths, minimumUnits, decreaseAllowed, unit }: Offer): string[] {
  return [
    minimumTermMonths === 1 ? 'Aucune durée minimale.' : `Durée minimale : ${minimumTermMonths} mois.`,
    minimumUnits === 1 ? 'Aucune quantité minimale.' : `Quantité minimale : ${units(minimumUnits, unit)}.`,
    decreaseAllowed
      ? 'Les quantités peuvent diminuer en cours de contrat.'
      : 'Les quantités ne peuvent pas diminuer en cours de contrat.',
  ];
}
