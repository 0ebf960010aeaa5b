import { frenchDay } from '../../../../core/clock.ts';
import { differenceOf } from '../../fiche/rules/difference.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import type { DayChange } from '../../following/rules/day-change.ts';

interface MadeCorrection {
  readonly fiche: Fiche;
  readonly wrong: Fiche;
  readonly reason: string;
  readonly edition: number;
}

/** A correction as those read it who follow the catalogue, or relied on the fiche: what was wrong, what is right, why. */
export function correctedChange({ fiche, wrong, reason, edition }: MadeCorrection): DayChange {
  const difference = differenceOf(wrong, fiche);
  const what = difference.changesPrices ? 'Prix corrigé' : 'Erreur corrigée';
  return {
    fiche,
    difference,
    act: { text: `${what} dans la fiche du ${frenchDay(fiche.version)} : ${reason}`, edition },
  };
}
