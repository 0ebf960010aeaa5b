import { guide } from '../guide/index.ts';
import { dateIn, isBefore } from './days.ts';

/** The holidays of a year: ISO date → name. */
export type Holidays = (year: number) => ReadonlyMap<string, string>;

/** Where the catalogue lives: its dates begin at midnight there, whatever zone a process runs in. */
export const BROKER_ZONE = 'America/Toronto';

/** How days are counted in a calendar. */
export interface DayCount {
  isBusinessDay(date: Temporal.PlainDate): boolean;
  /** The date itself when it is a business day, else the next one. */
  onOrAfter(date: Temporal.PlainDate): Temporal.PlainDate;
  /** The business day that comes `days` after a date (before it, when negative). Zero is `onOrAfter`. */
  add(date: Temporal.PlainDate, days: number): Temporal.PlainDate;
  /** How many business days lie after `from`, up to and with `to`; negative when `to` is earlier. */
  between(from: Temporal.PlainDate, to: Temporal.PlainDate): number;
}

/** The same calendar less the days on which the broker's office is closed besides: for what the broker itself does. */
export interface OfficeDays extends DayCount {
  /** Those days as they were read last: ISO date → label. */
  closed(): ReadonlyMap<string, string>;
  /** What is counted from now on. */
  close(days: ReadonlyMap<string, string>): void;
}

/** Calendar of the public service: Monday to Friday less the holidays. The guide's dates are counted in it. */
export interface BusinessDays extends DayCount {
  readonly office: OfficeDays;
  /** The holidays of a year: ISO date → name. */
  readonly holidays: Holidays;
  /** The business day of a date's month on which prices may change, the first one (guide 3.2). */
  priceDate(date: Temporal.PlainDate): Temporal.PlainDate;
  /** The first day after a date on which prices may change. */
  nextPriceDate(date: Temporal.PlainDate): Temporal.PlainDate;
}

function counting(isBusinessDay: DayCount['isBusinessDay']): DayCount {
  function onOrAfter(date: Temporal.PlainDate): Temporal.PlainDate {
    let day = date;
    while (!isBusinessDay(day)) day = day.add({ days: 1 });
    return day;
  }

  return {
    isBusinessDay,
    onOrAfter,

    add(date, days) {
      if (days === 0) return onOrAfter(date);
      const step = { days: Math.sign(days) };
      let day = date;
      for (let left = Math.abs(days); left > 0; ) {
        day = day.add(step);
        if (isBusinessDay(day)) left--;
      }
      return day;
    },

    between(from, to) {
      const forward = !isBefore(to, from);
      const [start, end] = forward ? [from, to] : [to, from];
      let count = 0;
      for (let day = start.add({ days: 1 }); !isBefore(end, day); day = day.add({ days: 1 }))
        if (isBusinessDay(day)) count++;
      return forward ? count : 0 - count;
    },
  };
}

export function buildBusinessDays(holidays: Holidays): BusinessDays {
  const isBusinessDay = (date: Temporal.PlainDate) =>
    date.dayOfWeek <= 5 && !holidays(date.year).has(date.toString());
  const days = counting(isBusinessDay);
  let closed: ReadonlyMap<string, string> = new Map();

  const priceDate = (date: Temporal.PlainDate) =>
    days.add(date.with({ day: 1 }).subtract({ days: 1 }), guide().rules.priceDay.value);

  return {
    ...days,
    holidays,
    office: {
      ...counting((date) => isBusinessDay(date) && !closed.has(date.toString())),
      closed: () => closed,
      close(given) {
        closed = given;
      },
    },
    priceDate,

    nextPriceDate(date) {
      const thisMonth = priceDate(date);
      return isBefore(date, thisMonth) ? thisMonth : priceDate(date.add({ months: 1 }));
    },
  };
}

/** The date of a moment where the catalogue lives. */
export const brokerDate = (at: Temporal.Instant | Date): Temporal.PlainDate => dateIn(at, BROKER_ZONE);

/** The instant at which a date begins there: 00:00 America/Toronto. */
export const startOfDay = (date: Temporal.PlainDate): Temporal.Instant =>
  date.toZonedDateTime({ timeZone: BROKER_ZONE }).startOfDay().toInstant();
