import type { Card } from '../../../../core/card.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { browse } from '../../browsing/rules/browse.ts';
import type { CatalogueView } from '../../browsing/rules/view.ts';
import type { PriceDays } from '../../browsing/screens/cards.ts';
import { offerRow, plain } from '../../browsing/screens/rows.ts';
import { CATEGORY_NAMES } from '../../fiche/rules/categories.ts';
import { writeCriteria } from '../../screens/schema.ts';
import type { Product } from '../rules/product.ts';

const NEAR = 3;

/** A product that is not in the catalogue: what is near, and how to be told when it comes. */
export function absentCard(view: CatalogueView, { name, category }: Product, { today }: PriceDays): Card {
  const near = category ? browse(view, { category, sort: 'price' }) : [];
  const title = `« ${name} » n’est pas au Catalogue`;
  return {
    template: 'catalogue/absent',
    summary: `${title}.`,
    view: {
      sample: view.samples,
      heading: plain(title),
      text: `Aucun fournisseur et aucune offre ne porte ce nom dans les fiches en vigueur le ${frenchDate(today)}.`,
      near:
        near.length > 0 && category
          ? `Ce qui s’en approche, en ${CATEGORY_NAMES[category].toLowerCase()} :`
          : '',
      hasNear: near.length > 0,
      offers: near.slice(0, NEAR).map((item) => offerRow(item, category ? { category } : {})),
      all: category ? `Voir les offres (${near.length})` : 'Toutes les offres',
      criteria: writeCriteria({ ...(category && { category }), sort: 'price' }),
    },
  };
}
