import type { Card } from '../../../../core/card.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { action } from '../../../../core/feature.ts';
import { type DaysLater, laterAt } from '../../../../core/putting-off.ts';
import { type Draw, redraws } from '../../../../core/redraw.ts';
import type { Kickoff } from '../../tables.ts';
import { type Deferrable, staysTrue } from '../rules/putting-off.ts';
import type { PutOff } from '../store/putting-off.ts';
import { STALE, shownOf } from './parts.ts';
import * as schema from './schema.ts';
import type { CardServices, KickoffServices } from './services.ts';
import { clientCard, statusCard } from './status.ts';

const BY: readonly DaysLater[] = [1, 7];

/** The client's card as a reminder, which may be put off while it stays one; `until`, it was. */
export async function reminderCard(
  kickoff: Kickoff,
  what: Deferrable,
  services: CardServices,
  notice: string,
  until?: Temporal.PlainDate,
): Promise<Card> {
  const later = BY.filter((days) => staysTrue(what, laterAt(days, services), kickoff.startsAt));
  return statusCard({ ...(await shownOf(kickoff, services, notice)), reminder: { what, later, until } });
}

/** What became of a reminder, on its card. */
const onReminder: Draw<KickoffServices, { readonly what: Deferrable }, PutOff> = (
  _turn,
  { what },
  services,
  word,
  { kind, kickoff, until },
) =>
  kind === 'stale'
    ? clientCard(kickoff, services, STALE)
    : reminderCard(kickoff, what, services, word, until);

export const remindLater = action(
  'kickoff.remindLater',
  schema.RemindLater,
  redraws(
    ({ person }, { days, ...received }, { kickoffs }: KickoffServices) =>
      kickoffs.remindLater(person, received, days),
    onReminder,
    ({ until }) =>
      until
        ? `Ce rappel est remis : vous le recevrez de nouveau le ${frenchDate(until)}. « Annuler le report » le reprend.`
        : '',
  ),
);

export const takeBack = action(
  'kickoff.takeBack',
  schema.TakeBack,
  redraws(
    ({ person }, { until, ...received }, { kickoffs }: KickoffServices) =>
      kickoffs.takeBack(person, received, Temporal.PlainDate.from(until)),
    onReminder,
    'Le report est annulé : ce rappel ne reviendra pas.',
  ),
);
