import type { Clock } from '../core/clock.ts';

const AT = '10:00';

/** The time of the machine, put off so that it is ten in the morning of a day: at night, messages wait for the morning. */
export function clockAt(day: Temporal.PlainDate, timeZone: string): Clock {
  const off = Temporal.Now.instant().until(day.toZonedDateTime({ timeZone, plainTime: AT }).toInstant());
  return { now: () => Temporal.Now.instant().add(off) };
}
