import { frenchDay } from '../../../../core/clock.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { ownerProblems } from '../../fiche/rules/check.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import type { Problem } from '../../fiche/rules/problems.ts';
import { type Context, followingProblems, neighbours, vanished } from '../../fiche/rules/publication.ts';

/**
 * Why a fiche cannot take the place of the one in force of the same date. A price that was wrong is put right on any
 * day: the rule of the first business day is for prices that change (guide 3.2).
 */
export function correctionProblems(
  current: Fiche,
  fiche: Fiche,
  context: Context,
  days: BusinessDays,
): Problem[] {
  const present = new Set(fiche.offers.map(({ id }) => id));
  const { after } = neighbours(context.standing(fiche.supplier.id), fiche.version);
  return [
    ...ownerProblems(fiche, context),
    ...vanished(current, present).map(({ id, name }) => ({
      path: 'offers',
      sentence: `L'offre « ${name} » (${id}) est dans la fiche en vigueur, et n'est plus ici.`,
      correction: 'Gardez-la, avec « status: withdrawn » si elle est retirée.',
    })),
    ...(after ? followingProblems(fiche, after, context, days) : []),
  ];
}

/** Whether a version is the one in force on a day: only that one is corrected. */
export const isInForce = (standing: readonly Fiche[], version: string, today: string): boolean =>
  version <= today && standing[0]?.version === version;

/** Said of a version that another one followed, or that is still to come. */
export const notInForce = (version: string): string =>
  `La version du ${frenchDay(version)} n’est pas en vigueur : une erreur se corrige dans celle qui l’est. Une version à venir s’annule dans « fiches ».`;
