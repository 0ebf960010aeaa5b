import type { Card } from '../../../../core/card.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { changesText } from '../../browsing/screens/change-cards.ts';
import type { DayChange } from '../../following/store/day-changes.ts';

const NAMED = 12;

/** What matters to the staff first: new suppliers, then prices. */
const rankOf = ({ difference, act }: DayChange): number => {
  if (act || !difference) return 0;
  return difference.changesPrices ? 1 : 2;
};

/** All that took effect on a day, for the staff's channel: a line a supplier, the rest counted. */
export function dayInForceCard(day: string, changes: readonly DayChange[]): Card {
  const [one] = changes;
  const acts = changes.filter(({ act }) => act).length;
  const inForce = changes.length - acts;
  const heading =
    one && changes.length === 1
      ? `${one.act ? 'Revue' : 'En vigueur'} le ${frenchDay(day)} : ${one.fiche.supplier.name}`
      : inForce === 0
        ? `${count(acts, 'fiche revue', 'fiches revues')} le ${frenchDay(day)}`
        : `${count(inForce, 'fiche')} en vigueur le ${frenchDay(day)}`;
  const shown = changes.toSorted((one, other) => rankOf(one) - rankOf(other)).slice(0, NAMED);
  const prices = changes.filter(({ difference, act }) => !act && difference?.changesPrices).length;
  const added = changes.filter(({ difference, act }) => !act && !difference).length;
  return {
    template: 'catalogue/day-in-force',
    summary: heading,
    view: {
      heading: escapeMarkdown(heading),
      totals: [
        added > 0 ? count(added, 'nouveau fournisseur', 'nouveaux fournisseurs') : '',
        prices > 0 ? count(prices, 'fiche dont un prix change', 'fiches dont un prix change') : '',
        acts > 0 && inForce > 0 ? `${count(acts, 'fiche revue', 'fiches revues')} par le Courtier` : '',
      ]
        .filter(Boolean)
        .join(' · '),
      suppliers: shown.map(({ fiche, difference, act }) => ({
        label: `Voir ce qui change : ${fiche.supplier.name}`,
        supplier: fiche.supplier.id,
        version: fiche.version,
        name: escapeMarkdown(fiche.supplier.name),
        edition: act?.edition ?? 0,
        text: act
          ? escapeMarkdown(act.text)
          : difference
            ? changesText(difference)
            : 'Nouveau fournisseur au catalogue.',
      })),
      more:
        changes.length > NAMED
          ? `Et ${count(changes.length - NAMED, 'autre fournisseur', 'autres fournisseurs')}, dans « fiches ».`
          : '',
    },
  };
}
