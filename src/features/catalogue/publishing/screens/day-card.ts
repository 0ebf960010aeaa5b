import type { Card } from '../../../../core/card.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { count, escapeMarkdown } from '../../../../core/text.ts';
import { changesText } from '../../browsing/screens/change-cards.ts';
import type { DayChange } from '../../following/store/day-changes.ts';

const NAMED = 12;

/** What matters to the staff first: new suppliers, then prices. */
const rankOf = ({ difference }: DayChange): number => (difference ? (difference.changesPrices ? 1 : 2) : 0);

/** All that took effect on a day, for the staff's channel: a line a supplier, the rest counted. */
export function dayInForceCard(day: string, changes: readonly DayChange[]): Card {
  const heading =
    changes.length === 1
      ? `En vigueur le ${frenchDay(day)} : ${changes[0]?.fiche.supplier.name}`
      : `${count(changes.length, 'fiche')} en vigueur le ${frenchDay(day)}`;
  const shown = changes.toSorted((one, other) => rankOf(one) - rankOf(other)).slice(0, NAMED);
  const prices = changes.filter(({ difference }) => difference?.changesPrices).length;
  const added = changes.filter(({ difference }) => !difference).length;
  return {
    template: 'catalogue/day-in-force',
    summary: heading,
    view: {
      heading: escapeMarkdown(heading),
      totals: [
        added > 0 ? count(added, 'nouveau fournisseur', 'nouveaux fournisseurs') : '',
        prices > 0 ? `${count(prices, 'fiche')} de prix changés` : '',
      ]
        .filter(Boolean)
        .join(' · '),
      suppliers: shown.map(({ fiche, difference }) => ({
        label: `Voir ce qui change : ${fiche.supplier.name}`,
        supplier: fiche.supplier.id,
        version: fiche.version,
        name: escapeMarkdown(fiche.supplier.name),
        text: difference ? changesText(difference) : 'Nouveau fournisseur au catalogue.',
      })),
      more:
        changes.length > NAMED
          ? `Et ${count(changes.length - NAMED, 'autre fournisseur', 'autres fournisseurs')}, dans « fiches ».`
          : '',
    },
  };
}
