import type { ViewScalar } from '../../../../core/card.ts';
import { count, escapeMarkdown } from '../../../../core/text.ts';
import { CATEGORIES, CATEGORY_NAMES } from '../../fiche/rules/categories.ts';
import { categoriesOf } from '../../fiche/rules/difference.ts';
import type { Fiche, Offer } from '../../fiche/rules/fiche.ts';
import { BILLING_NAMES, hostingShort, listed, priceFrom, STATUS_NAMES } from '../../texts.ts';
import type { Listed } from '../rules/view.ts';

export type Row = { readonly [key: string]: ViewScalar };

/** A name of the catalogue as a text of a card. */
export const plain = escapeMarkdown;

export const offersCount = (n: number) => count(n, 'offre');

export const offerFacts = (offer: Offer): string =>
  [
    offer.status === 'qualified' ? '' : STATUS_NAMES[offer.status],
    `Payée ${BILLING_NAMES[offer.billing]}`,
    hostingShort(offer),
  ]
    .filter(Boolean)
    .join(' · ');

export const offerRow = ({ offer, fiche }: Listed): Row => ({
  id: offer.id,
  label: offer.name,
  name: plain(offer.name),
  supplier: plain(fiche.supplier.name),
  price: plain(priceFrom(offer)),
  facts: offerFacts(offer),
});

export const supplierRow = ({ supplier, offers }: Fiche): Row => {
  const sold = offers.filter(({ status }) => status !== 'withdrawn');
  const categories = new Set(sold.flatMap(categoriesOf));
  const names = CATEGORIES.filter((category) => categories.has(category)).map((id) => CATEGORY_NAMES[id]);
  return {
    id: supplier.id,
    label: supplier.name,
    name: plain(supplier.name),
    facts: `${offersCount(sold.length)} : ${listed(names)}`,
  };
};
