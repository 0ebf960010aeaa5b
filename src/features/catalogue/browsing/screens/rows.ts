import type { ViewScalar } from '../../../../core/card.ts';
import { frenchMoney } from '../../../../core/text/money.ts';
import { count, escapeMarkdown, listed } from '../../../../core/text/text.ts';
import { CATEGORIES, CATEGORY_NAMES } from '../../fiche/rules/categories.ts';
import { categoriesOf } from '../../fiche/rules/difference.ts';
import type { Fiche, Offer } from '../../fiche/rules/fiche.ts';
import { measureText } from '../../measuring/rules/measure.ts';
import { BILLING_NAMES, hostingShort, perUnit, STATUS_NAMES, units } from '../../texts.ts';
import { type Priced, unitPriceOf } from '../rules/price.ts';
import type { Listed } from '../rules/view.ts';

export type Row = { readonly [key: string]: ViewScalar };

/** A name of the catalogue as a text of a card. */
export const plain = escapeMarkdown;

export const offersCount = (n: number) => count(n, 'offre');

const offerFacts = (offer: Offer): string =>
  [
    measureText(offer) || (offer.status === 'qualified' ? '' : STATUS_NAMES[offer.status]),
    `Payée ${BILLING_NAMES[offer.billing]}`,
    hostingShort(offer),
  ]
    .filter(Boolean)
    .join(' · ');

/** What an offer costs, with the component that a category takes. */
export function priceText(offer: Offer, priced: Priced): string {
  const { cents, component, from } = unitPriceOf(offer, priced);
  const price = perUnit(cents, offer.unit, from);
  return component ? `${price}, ${component.name} compris` : price;
}

/** « NI » of « Nordet Infonuagique inc. »: what stands for a supplier's picture. */
const initialsOf = (name: string): string =>
  name
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');

/** What an offer costs, as a shop shows it: the amount, apart from what it is for. */
function priceTag(offer: Offer, priced: Priced) {
  const { cents, component, from } = unitPriceOf(offer, priced);
  return {
    varies: from,
    from: 'À partir de',
    amount: frenchMoney(cents),
    per: `par ${plain(offer.unit)} et par mois`,
    with: component ? `${plain(component.name)} compris` : '',
  };
}

/** An offer in a list; its price for what is asked, when something is. */
export function offerRow({ offer, fiche }: Listed, priced: Priced = {}): Row {
  const { with: added, ...tag } = priceTag(offer, priced);
  return {
    id: offer.id,
    label: `${offer.name} : ${priceText(offer, priced)}`,
    choice: `${offer.name} · ${tag.varies ? 'à partir de ' : ''}${tag.amount}`,
    initials: initialsOf(fiche.supplier.name),
    name: plain(offer.name),
    supplier: plain(fiche.supplier.name),
    ...tag,
    facts: factsOf(offer, priced, added),
  };
}

const factsOf = (offer: Offer, priced: Priced, added: string): string =>
  [
    offerFacts(offer),
    added,
    priced.units && offer.minimumUnits > priced.units
      ? `facturée pour ${units(offer.minimumUnits, offer.unit)} au moins`
      : '',
  ]
    .filter(Boolean)
    .join(' · ');

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
