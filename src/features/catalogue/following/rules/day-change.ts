import type { Relied } from '../../../../core/routes/keeping.ts';
import type { Difference } from '../../fiche/rules/difference.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';

/** What the broker did to a fiche that was in force, and why. */
export interface Act {
  /** In a sentence, with the reason. */
  readonly text: string;
  /** Of a correction: the edition that it made. */
  readonly edition?: number;
  /** The offers that it is about; absent for all of the supplier's. */
  readonly offers?: readonly string[];
}

/** What one supplier's fiche changed on a day. */
export interface DayChange {
  readonly fiche: Fiche;
  /** Absent for a new supplier. */
  readonly difference: Difference | undefined;
  /** Absent for a version that took effect by itself. */
  readonly act?: Act;
}

/** What of a fiche a change is about, for those who may rely on it. */
export const reliedOn = ({ fiche, act }: DayChange): Relied => ({
  supplier: fiche.supplier.id,
  offers: act?.offers ?? fiche.offers.map(({ id }) => id),
});
