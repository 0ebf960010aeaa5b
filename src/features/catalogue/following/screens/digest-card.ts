import type { Card } from '../../../../core/card.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { changesText } from '../../browsing/screens/change-cards.ts';
import type { Change } from '../../fiche/rules/difference.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import { priceFrom } from '../../texts.ts';
import type { DayChange } from '../store/day-changes.ts';

const MOST_SUPPLIERS = 8;
/** Of one supplier; the rest is a press away. */
const MOST_LINES = 5;

/** What matters first: prices, what is gone, what is new, then the rest. */
const rankOf = ({ price, offer, field, kind }: Change): number => {
  if (price) return 0;
  if (kind === 'withdrawn') return 1;
  return kind === 'added' && field === 'offer' ? 2 : offer ? 3 : 4;
};

/** « (−20 %) » said: « (baisse de 20 %) ». */
function directed({ sentence, percent }: Change): string {
  if (!percent) return sentence;
  const direction = percent.startsWith('−') ? 'baisse' : 'hausse';
  return sentence.replace(`(${percent})`, `(${direction} de ${percent.replace(/^[−+]/, '')})`);
}

/** What a version of a fiche did to a supplier's offers, in a line each: what matters first. */
export function changeLines({ fiche, difference, act }: DayChange): string[] {
  if (difference)
    return difference.changes.toSorted((one, other) => rankOf(one) - rankOf(other)).map(directed);
  if (act) return [];
  return fiche.offers
    .filter(({ status }) => status !== 'withdrawn')
    .map((offer) => `${offer.name} : ${priceFrom(offer)}.`);
}

/** A change in a sentence: what the broker did, and why, or how much changed. */
const textOf = ({ fiche, difference, act }: DayChange): string =>
  act?.text ?? (difference ? changesText(difference) : newSupplier(fiche));

const newSupplier = ({ offers }: Fiche): string => {
  const sold = offers.filter(({ status }) => status !== 'withdrawn').length;
  return `Nouveau fournisseur au catalogue : ${count(sold, 'offre')}.`;
};

/** What changed on a day, among what its reader follows: before and after, offer by offer. */
export function digestCard(
  day: string,
  changes: readonly DayChange[],
  /** Where many read it: nothing that one of them opens takes its place. */
  inRoom = false,
): Card {
  const shown = changes.slice(0, MOST_SUPPLIERS);
  const heading = `Le catalogue a changé le ${frenchDay(day)}`;
  const left = changes.length - shown.length;
  return {
    template: 'catalogue/digest',
    summary: `${heading} : ${shown.map(({ fiche }) => fiche.supplier.name).join(', ')}.`,
    view: {
      heading,
      changes: shown.map((change) => {
        const { supplier, version } = change.fiche;
        const lines = changeLines(change);
        const rest = lines.length - MOST_LINES;
        return {
          label: `Voir ce qui change : ${supplier.name}`,
          name: escapeMarkdown(supplier.name),
          text: escapeMarkdown(textOf(change)),
          lines: lines.slice(0, MOST_LINES).map((line) => ({ text: `• ${escapeMarkdown(line)}` })),
          hasRest: rest > 0,
          rest: `Et ${count(rest, 'autre ligne', 'autres lignes')}, dans le détail.`,
          supplier: supplier.id,
          version,
          edition: change.act?.edition ?? 0,
        };
      }),
      more: left > 0,
      left: `Et ${count(left, 'autre fournisseur', 'autres fournisseurs')}, dans « catalogue ».`,
      alone: !inRoom,
      help: inRoom
        ? 'Ouvrez un fournisseur : le détail vient dans votre conversation personnelle. « abonnements » change ce que suit cette conversation.'
        : 'Ouvrez un fournisseur : le détail vient dessous, cet avis reste.',
    },
  };
}
