import { categoriesOf } from '../../fiche/rules/difference.ts';
import type { Criteria } from '../../screens/schema.ts';
import { hostedIn } from '../../texts.ts';
import { byPrice } from './price.ts';
import type { CatalogueView, Listed } from './view.ts';

export const PAGE_SIZE = 6;

/** The offers that meet every criterion, sorted. An absent criterion lets everything through. */
export function browse({ offers }: Pick<CatalogueView, 'offers'>, criteria: Criteria): Listed[] {
  const { category, hosting, languages = [], availability, features = [], status, sort } = criteria;
  const found = offers.filter(
    ({ offer }) =>
      (!category || categoriesOf(offer).includes(category)) &&
      (!hosting || hostedIn(offer, hosting)) &&
      languages.every((language) => offer.trainingLanguages.includes(language)) &&
      (!availability || Number(offer.availability) >= Number(availability)) &&
      features.every((feature) => offer.features.includes(feature)) &&
      (!status || offer.status === status),
  );
  if (sort === 'price') return byPrice(found, criteria);
  if (sort === 'supplier')
    found.sort((a, b) => a.fiche.supplier.name.localeCompare(b.fiche.supplier.name, 'fr'));
  return found;
}
