import { guide } from './guide/index.ts';

/** The holidays of a year: ISO date → name. */
export type Holidays = (year: number) => ReadonlyMap<string, string>;

/** Where the catalogue lives: its dates begin at midnight there, whatever zone a process runs in. */
export const BROKER_ZONE = 'America/Toronto';

/** Calendar of the public service: Monday to Friday less the holidays. */
export interface BusinessDays {
  isBusinessDay(date: Temporal.PlainDate): boolean;
  /** The date itself when it is a business day, else the next one. */
  onOrAfter(date: Temporal.PlainDate): Temporal.PlainDate;
  /** The business day that comes `days` after a date (before it, when negative). Zero is `onOrAfter`. */
  add(date: Temporal.PlainDate, days: number): Temporal.PlainDate;
  /** How many business days lie after `from`, up to and with `to`; negative when `to` is earlier. */
  between(from: Temporal.PlainDate, to: Temporal.PlainDate): number;
  /** The business day of a date's month on which prices may change, the first one (guide 3.2). */
  priceDate(date: Temporal.PlainDate): Temporal.PlainDate;
  /** The first day after a date on which prices may change. */
  nextPriceDate(date: Temporal.PlainDate): Temporal.PlainDate;
}

export function buildBusinessDays(holidays: Holidays): BusinessDays {
  const isBusinessDay = (date: Temporal.PlainDate) =>
    date.dayOfWeek <= 5 && !holidays(date.year).has(date.toString());

  function onOrAfter(date: Temporal.PlainDate): Temporal.PlainDate {
    let day = date;
    while (!isBusinessDay(day)) day = day.add({ days: 1 });
    return day;
  }

  function add(date: Temporal.PlainDate, days: number): Temporal.PlainDate {
    if (days === 0) return onOrAfter(date);
    const step = { days: Math.sign(days) };
    let day = date;
    for (let left = Math.abs(days); left > 0; ) {
      day = day.add(step);
      if (isBusinessDay(day)) left--;
    }
    return day;
  }

  const priceDate = (date: Temporal.PlainDate) =>
    add(date.with({ day: 1 }).subtract({ days: 1 }), guide().rules.priceDay.value);

  return {
    isBusinessDay,
    onOrAfter,
    priceDate,

    add,

    between(from, to) {
      const forward = Temporal.PlainDate.compare(from, to) <= 0;
      const [start, end] = forward ? [from, to] : [to, from];
      let count = 0;
      for (
        let day = start.add({ days: 1 });
        Temporal.PlainDate.compare(day, end) <= 0;
        day = day.add({ days: 1 })
      )
        if (isBusinessDay(day)) count++;
      return forward ? count : 0 - count;
    },

    nextPriceDate(date) {
      const thisMonth = priceDate(date);
      return Temporal.PlainDate.compare(thisMonth, date) > 0 ? thisMonth : priceDate(date.add({ months: 1 }));
    },
  };
}

/** The date of a moment where the catalogue lives. */
export const brokerDate = (at: Temporal.Instant | Date): Temporal.PlainDate =>
  (at instanceof Date ? at.toTemporalInstant() : at).toZonedDateTimeISO(BROKER_ZONE).toPlainDate();

/** The instant at which a date begins there: 00:00 America/Toronto. */
export const startOfDay = (date: Temporal.PlainDate): Temporal.Instant =>
  date.toZonedDateTime({ timeZone: BROKER_ZONE }).startOfDay().toInstant();
