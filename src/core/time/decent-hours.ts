import type { BusinessDays } from './business-days.ts';

/** From 8 h to 18 h, in minutes after midnight. */
const OPENS = 8 * 60;
const CLOSES = 18 * 60;

/** When people may be disturbed: business days, 8 to 18 h. */
export interface DecentHours {
  /** The instant itself when it is decent, else the opening that follows. `notBefore` is a person's own hour. */
  onOrAfter(at: Temporal.Instant, notBefore?: number): Temporal.Instant;
  /** The opening of a business day, or of the next one. */
  opening(date: Temporal.PlainDate): Temporal.Instant;
}

/**
 * The decent hours of a zone. An hour that a change of clocks skips is the one that follows it; an hour
 * that comes twice is the first.
 */
export function buildDecentHours(days: BusinessDays, timeZone: string): DecentHours {
  const at = (date: Temporal.PlainDate, minutes: number): Temporal.Instant =>
    date
      .toPlainDateTime({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
      .toZonedDateTime(timeZone)
      .toInstant();

  return {
    opening: (date) => at(days.onOrAfter(date), OPENS),

    onOrAfter(instant, notBefore = OPENS) {
      const opens = Math.min(Math.max(OPENS, notBefore), CLOSES - 1);
      const local = instant.toZonedDateTimeISO(timeZone);
      const date = local.toPlainDate();
      const minute = local.hour * 60 + local.minute;
      if (!days.isBusinessDay(date) || minute >= CLOSES)
        return at(days.onOrAfter(date.add({ days: 1 })), opens);
      return minute < opens ? at(date, opens) : instant;
    },
  };
}
