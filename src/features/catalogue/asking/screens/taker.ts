import type { Card } from '../../../../core/card.ts';
import { listed } from '../../../../core/text/text.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import type { CatalogueView } from '../../browsing/rules/view.ts';
import * as cards from '../../browsing/screens/cards.ts';
import type { CatalogueServices } from '../../browsing/screens/services.ts';
import type { CatalogueService } from '../../build.ts';
import { CATEGORY_NAMES } from '../../fiche/rules/categories.ts';
import { type Comparison, readComparison, resolve } from '../rules/comparison.ts';
import { areProducts, couldBeName, readProduct } from '../rules/product.ts';
import { readWish, type Wish } from '../rules/wish.ts';
import { absentCard } from './absent-card.ts';
import { comparisonCard, MOST_COLUMNS } from './comparison-card.ts';

/** The list that a wish is for. */
function wishedCard(view: CatalogueView, wish: Wish, days: cards.PriceDays): Card {
  switch (wish.kind) {
    case 'offers':
      return cards.offersCard(view, wish.criteria, 1, days);
    case 'suppliers':
      return cards.suppliersCard(view, 1, wish.criteria);
    case 'filters':
      return cards.filtersCard(view, wish.criteria);
    case 'categories':
      return cards.homeCard(view);
  }
}

/** The names of a comparison side by side, or what is missing to put them so; undefined when it names nobody here. */
function comparedCard(view: CatalogueView, comparison: Comparison, days: cards.PriceDays): Card | undefined {
  const { category, units } = comparison;
  const found = resolve(view, comparison);
  if (!found) return undefined;
  const { offers, suppliers, unknown } = found;
  if (unknown.some((name) => !couldBeName(name))) return undefined;
  const without = suppliers.flatMap((id) => view.supplier(id)?.supplier.name ?? []);
  const words = [
    unknown.length > 0 ? `Pas au Catalogue : ${listed(unknown.map((name) => `« ${name} »`))}.` : '',
    without.length > 0
      ? category
        ? `Sans offre de cette catégorie (${CATEGORY_NAMES[category]}) : ${listed(without)}.`
        : `Ajoutez une catégorie pour comparer ${listed(without)} : « pour le courriel », par exemple.`
      : '',
    offers.length > MOST_COLUMNS ? `Les ${MOST_COLUMNS} premières seulement.` : '',
  ]
    .filter(Boolean)
    .join(' ');
  if (offers.length < 2)
    return cards.foundCard(view, suppliers, offers, words || 'Il faut deux offres pour comparer.');
  return comparisonCard(
    view,
    offers,
    { ...(category && { category }), ...(units && { units }) },
    days,
    words,
  );
}

/** Names to compare of which none is here: they are said not to be. */
const absentOf = ({ names, category }: Comparison, isCommonWord: (word: string) => boolean) =>
  areProducts(names, isCommonWord) ? { name: names.join(' » et « '), category } : undefined;

/** What a message asks of the catalogue; undefined when it is for others. */
function answerTo(text: string, view: CatalogueView, catalogue: CatalogueService): Card | undefined {
  const days = catalogue.priceDays();
  const comparison = readComparison(text);
  const compared = comparison && comparedCard(view, comparison, days);
  if (compared) return compared;
  const wish = readWish(text, view.features);
  if (wish) return wishedCard(view, wish, days);
  const named = view.names.find(text);
  if (named)
    return named.isAll || !catalogue.answeredElsewhere(named.generic)
      ? cards.namedCard(view, named)
      : undefined;
  const product = comparison
    ? absentOf(comparison, catalogue.isCommonWord)
    : readProduct(text, catalogue.isCommonWord);
  return product && absentCard(view, product, days);
}

/**
 * Takes a message that speaks to the catalogue: offers or suppliers in words, two offers to compare, a name, or the name
 * of a product that is not there. One that says more than the name is for whoever else answers it for sure.
 */
export async function speak(turn: MessageTurn, { catalogue }: CatalogueServices): Promise<boolean> {
  const view = turn.text === '' ? undefined : await catalogue.known();
  const card = view && answerTo(turn.text, view, catalogue);
  if (!card) return false;
  await turn.reply(card);
  return true;
}
