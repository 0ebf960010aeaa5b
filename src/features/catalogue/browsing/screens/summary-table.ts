import { frenchDay } from '../../../../core/clock.ts';
import { documentSource } from '../../../../core/guide/index.ts';
import type { Sheet } from '../../../../core/ports/documents.ts';
import { listed } from '../../../../core/text/text.ts';
import { CATEGORY_NAMES } from '../../fiche/rules/categories.ts';
import { categoriesOf } from '../../fiche/rules/difference.ts';
import {
  BILLING_NAMES,
  featureName,
  indexationText,
  languageName,
  lowestPrice,
  placeName,
  priceText,
  STATUS_NAMES,
  tierRange,
} from '../../texts.ts';
import type { CatalogueView } from '../rules/view.ts';

const COLUMNS: Sheet['columns'] = [
  { title: 'Offre', width: 30 },
  { title: 'Fournisseur', width: 28 },
  { title: 'Statut', width: 12 },
  { title: 'Catégories (base et composantes)', width: 34 },
  { title: 'Unité', width: 14 },
  { title: 'Prix le plus bas, par unité et par mois', width: 18, kind: 'money', bar: true },
  { title: 'Paliers de prix', width: 36 },
  { title: 'Facturation', width: 20 },
  { title: 'Durée minimale (mois)', width: 12 },
  { title: 'Quantité minimale', width: 12 },
  { title: 'Diminution permise', width: 12 },
  { title: 'Indexation', width: 26 },
  { title: "Frais d'entrée", width: 14, kind: 'money' },
  { title: 'Frais de sortie', width: 14, kind: 'money' },
  { title: 'Hébergement', width: 28 },
  { title: 'Disponibilité (%)', width: 14, kind: 'percent' },
  { title: 'Langues de formation', width: 22 },
  { title: 'Fonctionnalités', width: 44 },
  { title: 'Certifications', width: 26 },
  { title: 'Version de la fiche', width: 20, kind: 'day' },
];

/** The guide's summary table (section 3.2): every offer that is qualified or under review, a line each. */
export function summarySheet(view: CatalogueView, today: string): Sheet {
  return {
    name: 'Tableau synthèse',
    heading: [
      "Tableau synthèse des offres du Catalogue d'offres infonuagiques",
      `En date du ${frenchDay(today)}.${view.samples ? ' Exemples : fournisseurs, offres et prix sont fictifs.' : ''}`,
      `Source des catégories : ${documentSource('2.3')}`,
    ],
    columns: COLUMNS,
    rows: view.offers.map(({ offer, fiche }) => [
      offer.name,
      fiche.supplier.name,
      STATUS_NAMES[offer.status],
      listed(categoriesOf(offer).map((category) => CATEGORY_NAMES[category])),
      offer.unit,
      lowestPrice(offer) / 100,
      offer.tiers
        .map(({ unitPricePerMonth }, at) => `${tierRange(offer.tiers, at)} : ${priceText(unitPricePerMonth)}`)
        .join('\n'),
      BILLING_NAMES[offer.billing],
      offer.minimumTermMonths,
      offer.minimumUnits,
      offer.decreaseAllowed ? 'Oui' : 'Non',
      indexationText(offer.indexation),
      Number(offer.entryFee),
      Number(offer.exitFee),
      listed(offer.hosting.map(placeName)),
      Number(offer.availability),
      listed(offer.trainingLanguages.map(languageName)),
      listed(offer.features.map(featureName)),
      listed(offer.security.certifications),
      Temporal.PlainDate.from(fiche.version),
    ]),
  };
}
