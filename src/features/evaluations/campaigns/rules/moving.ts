import { frenchDate, frenchDay } from '../../../../core/clock.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { laterOf } from '../../../../core/time/days.ts';
import { mayEnd } from './ending.ts';
import type { CampaignKind } from './states.ts';

/** How many days a campaign lasts at most. */
export const LONGEST_DAYS: Readonly<Record<CampaignKind, number>> = {
  window: 180,
  anniversary: 366,
  final: 366,
};

interface Running {
  readonly kind: CampaignKind;
  readonly year: number;
  readonly opensOn: string;
  readonly closesOn: string;
}

/** Why a campaign that goes on may not end on a day: a sentence; undefined where it may. */
export function wrongEnd(
  { kind, year, opensOn, closesOn }: Running,
  wanted: string,
  today: Temporal.PlainDate,
  days: Pick<BusinessDays, 'add'>,
): string | undefined {
  if (wanted === closesOn) return 'C’est déjà le dernier jour de cette campagne. Choisissez une autre date.';
  if (wanted < today.toString()) return 'Choisissez aujourd’hui ou une date à venir.';
  // It is told in the hours of the office: on its last day, or after it, that would be too late.
  const told = days.add(today, 1);
  if (wanted < closesOn && wanted < told.toString())
    return `Choisissez le ${frenchDate(told)} ou plus tard : il faut à chacun le temps de l’apprendre.`;
  if (wanted <= opensOn) return `Choisissez une date après le ${frenchDay(opensOn)}, jour de son ouverture.`;
  const opens = Temporal.PlainDate.from(opensOn);
  const from = laterOf(opens, today);
  const most = LONGEST_DAYS[kind];
  if (from.until(wanted, { largestUnit: 'days' }).days > most)
    return `Choisissez une date d’ici ${most} jours.`;
  if (wanted < closesOn && !mayEnd({ kind, year }, Temporal.PlainDate.from(wanted)))
    return `Les contrats qui se terminent en ${year} sont à évaluer (RCTI, article 79) : choisissez une date après la fin de cette année.`;
  return undefined;
}
