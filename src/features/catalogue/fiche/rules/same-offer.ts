import { fold } from '../../../../core/text/text.ts';
import type { Component, Fiche, Offer } from './fiche.ts';
import { offerChanges } from './offer-changes.ts';

/** An offer that goes on with another one's product, under a new id or after an absence, at another price. */
export interface RenamedPrice {
  readonly was: Offer;
  readonly is: Offer;
}

const named = (name: string): string =>
  fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
const setOf = (items: readonly string[]): string => [...new Set(items)].sort().join('|');

/** What an offer consists of, whatever its id, its name and its prices. */
const product = ({ categories, unit, components, features }: Offer): string =>
  [
    setOf(categories),
    named(unit),
    components
      .map(({ category }) => category)
      .sort()
      .join('|'),
    setOf(features),
  ].join(' / ');

/** A component of an offer under the id of the one that it goes on with: the same name, else the same category. */
function aligned(components: readonly Component[], was: readonly Component[]): Component[] {
  const known = new Set(was.map(({ id }) => id));
  return components.map((component) => {
    if (known.has(component.id)) return component;
    const twin =
      was.find(({ name }) => named(name) === named(component.name)) ??
      was.find(({ category }) => category === component.category);
    return twin ? { ...component, id: twin.id } : component;
  });
}

/**
 * The prices that a version changes by taking an offer up again: guide 3.2 sets the day on which a price is updated,
 * and neither a new code nor an absence makes another offer. An offer goes on with one that the supplier's newest
 * version has, or that left the Catalogue since the last such day, when it has its id or its name (accents, case and
 * punctuation aside); or when that one is no longer sold, and what is sold is the same: the categories, the unit, the
 * kinds of components and the features.
 */
export function renamedPrices(
  before: readonly Offer[],
  gone: readonly Offer[],
  { offers }: Fiche,
): RenamedPrice[] {
  const old = new Set(before.map(({ id }) => id));
  const sold = new Set(offers.filter(({ status }) => status !== 'withdrawn').map(({ id }) => id));
  return offers
    .filter(({ id, status }) => !old.has(id) && status !== 'withdrawn')
    .flatMap((is) => {
      const was =
        gone.find(({ id }) => id === is.id) ??
        [...before, ...gone].find(
          (offer) =>
            named(offer.name) === named(is.name) || (!sold.has(offer.id) && product(offer) === product(is)),
        );
      if (!was) return [];
      const components = aligned(is.components, was.components);
      const changes = offerChanges(was, { ...is, id: was.id, components });
      return changes.some(({ price }) => price) ? [{ was, is }] : [];
    });
}
