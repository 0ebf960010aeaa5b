import { wrongField } from '../../../../core/cards/refused.ts';
import { dateIn } from '../../../../core/time/days.ts';

/** When a sending leaves, as a card says it and its button sends it along: `now`, or an instant. */
export type Departs = 'now' | `${string}Z`;

/** What leaves within a minute leaves now. */
const NOW_MS = 60_000;

export const departsOf = (departure: Temporal.Instant, now: Temporal.Instant): Departs =>
  departure.epochMilliseconds - now.epochMilliseconds <= NOW_MS
    ? 'now'
    : `${departure.toString().slice(0, -1)}Z`;

/** Whether a sending would leave when the card that was pressed says; a card of the release before says nothing. */
export const isKept = (promised: Departs | undefined, departs: Departs): boolean =>
  promised === undefined || promised === departs;

/**
 * The hour that somebody chose, of a day and an hour of the clock there: undefined for « at once », which leaves both
 * empty. One without the other, or a moment that has passed, is refused beside its field.
 */
export function chosenHour(
  { date, time }: { readonly date: string; readonly time: string },
  now: Temporal.Instant,
  timeZone: string,
): Temporal.Instant | undefined {
  if (date === '' && time === '') return undefined;
  if (time === '')
    throw wrongField('time', 'Choisissez aussi l’heure, ou videz la date pour un envoi immédiat.');
  if (date === '')
    throw wrongField('date', 'Choisissez aussi la date, ou videz l’heure pour un envoi immédiat.');
  const at = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone).toInstant();
  if (at.epochMilliseconds > now.epochMilliseconds) return at;
  const today = dateIn(now, timeZone).toString();
  if (date === today) throw wrongField('time', 'Cette heure est déjà passée. Choisissez-en une à venir.');
  throw wrongField('date', 'Cette date est déjà passée. Choisissez-en une à venir.');
}
