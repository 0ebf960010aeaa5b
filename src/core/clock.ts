/** The only source of time. Tests pass a clock of their own. */
export interface Clock {
  now(): Temporal.Instant;
}

export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** The moment as a `Date` in UTC, the form in which it is stored. */
export const asDate = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds);

/** « 23 novembre 2026 à 14 h 05 », in the zone of the people who read it. */
export function frenchDateTime(date: Date, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(timeZone);
  return `${frenchDate(zoned.toPlainDate())} à ${frenchHour(zoned)}`;
}

/** « 14 h 05 », and « 14 h » on the hour. */
export function frenchHour({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return minute === 0 ? `${hour}\u00a0h` : `${hour}\u00a0h\u00a0${String(minute).padStart(2, '0')}`;
}

const longDate = new Intl.DateTimeFormat('fr-CA', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** « 1er décembre 2026 ». */
export function frenchDate(date: Temporal.PlainDate): string {
  const text = longDate.format(Date.UTC(date.year, date.month - 1, date.day));
  return date.day === 1 ? text.replace(/^1 /, '1er ') : text;
}

/** « 1er décembre 2026 » from « 2026-12-01 ». */
export const frenchDay = (isoDate: string): string => frenchDate(Temporal.PlainDate.from(isoDate));
