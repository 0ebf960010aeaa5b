import { CATEGORIES, type Category } from '../../fiche/rules/categories.ts';
import { categoriesOf } from '../../fiche/rules/difference.ts';
import type { Fiche, Offer } from '../../fiche/rules/fiche.ts';
import { buildNameIndex, type NameIndex } from './names.ts';

/** An offer with the fiche that it comes from. */
export interface Listed {
  readonly offer: Offer;
  readonly fiche: Fiche;
}

/** The catalogue at a moment: the version in force of each supplier. */
export interface CatalogueView {
  /** By name. */
  readonly fiches: readonly Fiche[];
  /** Offers that are neither withdrawn nor suspended, by name. */
  readonly offers: readonly Listed[];
  /** What a filter can choose among. */
  readonly languages: readonly string[];
  readonly features: readonly string[];
  readonly countBy: ReadonlyMap<Category, number>;
  /** Whether sample fiches are in use: their suppliers, offers and prices are fictional. */
  readonly samples: boolean;
  readonly names: NameIndex;
  supplier(id: string): Fiche | undefined;
  /** An offer in force, withdrawn or not. */
  offer(id: string): Listed | undefined;
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'fr');

export function buildView(
  versions: readonly { readonly content: Fiche; readonly origin: string }[],
  isCommonWord: (word: string) => boolean,
): CatalogueView {
  const fiches = versions.map(({ content }) => content).sort((a, b) => byName(a.supplier, b.supplier));
  const all = fiches.flatMap((fiche) => fiche.offers.map((offer) => ({ offer, fiche })));
  const suppliers = new Map(fiches.map((fiche) => [fiche.supplier.id, fiche]));
  const offers = new Map(all.map((listed) => [listed.offer.id, listed]));
  const shown = all
    .filter(({ offer }) => offer.status !== 'withdrawn' && offer.status !== 'suspended')
    .sort((a, b) => byName(a.offer, b.offer));
  const distinct = (of: (offer: Offer) => readonly string[]) => [
    ...new Set(shown.flatMap(({ offer }) => of(offer))),
  ];
  const count = (category: Category) =>
    shown.filter(({ offer }) => categoriesOf(offer).includes(category)).length;
  let names: NameIndex | undefined;
  return {
    fiches,
    offers: shown,
    languages: distinct(({ trainingLanguages }) => trainingLanguages).sort(),
    features: distinct(({ features }) => features).sort((a, b) => a.localeCompare(b, 'fr')),
    countBy: new Map(CATEGORIES.map((category) => [category, count(category)])),
    samples: versions.some(({ origin }) => origin === 'sample'),
    get names() {
      names ??= buildNameIndex(fiches, isCommonWord);
      return names;
    },
    supplier: (id) => suppliers.get(id),
    offer: (id) => offers.get(id),
  };
}
