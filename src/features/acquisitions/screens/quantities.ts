import { count } from '../../../core/text/text.ts';
import { CATEGORIES, CATEGORY_NAMES } from '../../catalogue/index.ts';
import type { Wanted } from '../rules/shared-facts.ts';

type Needs = NonNullable<Wanted['needs']>;

const named = (needs: Needs) =>
  needs.flatMap((need) => {
    const category = CATEGORIES.find((id) => id === need.category);
    return category ? [{ ...need, name: CATEGORY_NAMES[category] }] : [];
  });

const quantity = ({ fromMonth, units }: { readonly fromMonth: number; readonly units: number }) =>
  fromMonth === 1 ? `${count(units, 'unité')} au départ` : `${units} au mois ${fromMonth}`;

/** The categories of what is to be bought, by name. */
export const namesOfNeeds = (needs: Needs): string[] => named(needs).map(({ name }) => name);

/** How much of each: « Courriel : 60 unités au départ, 80 au mois 13 ». */
export const quantitiesOfNeeds = (needs: Needs): string[] =>
  named(needs).map(({ name, quantities }) => `${name} : ${quantities.map(quantity).join(', ')}`);
