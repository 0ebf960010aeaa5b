import type { Card } from '../../../../core/card.ts';
import { count, listed } from '../../../../core/text/text.ts';
import type { Priced } from '../../browsing/rules/price.ts';
import type { CatalogueView, Listed } from '../../browsing/rules/view.ts';
import { type PriceDays, priceNote } from '../../browsing/screens/cards.ts';
import { plain, priceText } from '../../browsing/screens/rows.ts';
import { CATEGORY_NAMES } from '../../fiche/rules/categories.ts';
import type { Offer } from '../../fiche/rules/fiche.ts';
import { type Criteria, writeCriteria } from '../../screens/schema.ts';
import {
  BILLING_NAMES,
  commitments,
  featureName,
  languageName,
  priceText as money,
  percentText,
  placeName,
  STATUS_NAMES,
  tierRange,
  units,
} from '../../texts.ts';

/** Columns that a narrow screen shows. */
export const MOST_COLUMNS = 3;

const fees = ({ entryFee, exitFee }: Offer): string =>
  [
    entryFee === '0.00' ? '' : `entrée ${money(entryFee)}`,
    exitFee === '0.00' ? '' : `sortie ${money(exitFee)}`,
  ]
    .filter(Boolean)
    .join(', ') || 'Aucun';

const tiersText = ({ tiers }: Offer): string =>
  tiers
    .map(({ unitPricePerMonth }, at) => `${tierRange(tiers, at)} : ${money(unitPricePerMonth)}`)
    .join('\n\n');

const included = (offer: Offer): string => listed(offer.categories.map((id) => CATEGORY_NAMES[id]));

const modules = ({ components }: Offer): string =>
  listed([...new Set(components.map(({ category }) => CATEGORY_NAMES[category]))]) || 'Aucun';

const featuresText = (features: readonly string[]): string => listed(features.map(featureName));

/** What all have. */
const sharedBy = (offers: readonly Listed[]): string[] =>
  (offers[0]?.offer.features ?? []).filter((feature) =>
    offers.every(({ offer }) => offer.features.includes(feature)),
  );

/** What is compared, in order: its name, and an offer's value. */
const lines = (
  priced: Priced,
  shared: readonly string[],
): readonly (readonly [string, (listed: Listed) => string])[] => [
  ['Fournisseur', ({ fiche }) => fiche.supplier.name],
  ['Statut', ({ offer }) => STATUS_NAMES[offer.status]],
  ['Prix', ({ offer }) => priceText(offer, priced)],
  ['Prix selon la quantité, par mois', ({ offer }) => tiersText(offer)],
  ['Comprend', ({ offer }) => included(offer)],
  ['En supplément', ({ offer }) => modules(offer)],
  ['Facturation', ({ offer }) => `Payée ${BILLING_NAMES[offer.billing]}`],
  ['Engagement', ({ offer }) => commitments(offer).slice(0, 2).join(' ')],
  ['Frais', ({ offer }) => fees(offer)],
  ['Hébergement', ({ offer }) => listed(offer.hosting.map(placeName))],
  ['Disponibilité', ({ offer }) => percentText(offer.availability)],
  ['Langues de formation', ({ offer }) => listed(offer.trainingLanguages.map(languageName))],
  [
    shared.length > 0 ? 'Autres fonctionnalités' : 'Fonctionnalités',
    ({ offer }) => featuresText(offer.features.filter((feature) => !shared.includes(feature))) || 'Aucune',
  ],
  [
    'Banc d’essai',
    ({ offer: { trial, unit } }) =>
      trial ? `${units(trial.units, unit)}, ${count(trial.days, 'jour')}` : 'Non précisé',
  ],
];

const heading = (offers: readonly Listed[], priced: Priced): string =>
  [
    `${count(offers.length, 'offre')} côte à côte`,
    priced.category && CATEGORY_NAMES[priced.category],
    priced.units && `prix pour ${count(priced.units, 'unité')}`,
  ]
    .filter(Boolean)
    .join(' · ');

/** Two or three offers side by side. `words` says what could not be shown. */
export function comparisonCard(
  view: CatalogueView,
  all: readonly Listed[],
  priced: Priced,
  priceDays: PriceDays,
  words: string,
  /** The list that they come from, to go back to. */
  list?: Criteria,
): Card {
  const offers = all.slice(0, MOST_COLUMNS);
  const third = offers.length === MOST_COLUMNS;
  const columns = (of: (listed: Listed) => string) => ({
    first: plain(offers[0] ? of(offers[0]) : ''),
    second: plain(offers[1] ? of(offers[1]) : ''),
    third: plain(offers[2] ? of(offers[2]) : ''),
    hasThird: third,
  });
  const shared = sharedBy(offers);
  const [category] = offers[0]?.offer.categories ?? [];
  const wanted = priced.category ?? category;
  return {
    template: 'catalogue/comparison',
    summary: `${heading(offers, priced)} : ${listed(offers.map(({ offer }) => offer.name))}.`,
    view: {
      sample: view.samples,
      heading: heading(offers, priced),
      notice: plain(words),
      noticed: words !== '',
      names: [columns(({ offer }) => offer.name)],
      shared: shared.length > 0 ? `Fonctionnalités communes : ${featuresText(shared)}.` : '',
      hasShared: shared.length > 0,
      lines: lines(priced, shared).map(([title, of]) => ({ title, ...columns(of) })),
      note: priceNote(offers, priceDays),
      offers: offers.map(({ offer }) => ({ id: offer.id, label: `Voir ${offer.name}` })),
      criteria: writeCriteria(list ?? { ...(wanted && { category: wanted }), sort: 'price' }),
      back: list ? 'Retour à la liste' : 'Offres semblables',
    },
  };
}
