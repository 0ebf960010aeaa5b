import type { Interval } from '../../../../core/ports/calendar.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { dateIn } from '../../../../core/time/days.ts';
import type { MeetingRules } from './meeting-rules.ts';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
const NOON = Temporal.PlainTime.from('12:00');
/** Moments proposed in one day, so that a proposal is a choice of days. */
const MOST_A_DAY = 2;

/** A half-day of the week on which a client is never free: « monday-am ». */
export const HALF_DAYS = DAYS.flatMap((day) => [`${day}-am`, `${day}-pm`] as const);
export type HalfDay = (typeof HALF_DAYS)[number];

export interface SlotParts {
  readonly rules: MeetingRules;
  readonly days: BusinessDays;
  readonly timeZone: string;
}

/** The instants between which meetings may be proposed, from a moment on. */
export function horizonOf(now: Temporal.Instant, { rules, days, timeZone }: SlotParts): Interval {
  const today = dateIn(now, timeZone);
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).startOfDay().toInstant();
  return {
    start: start(days.office.add(today, rules.noticeDays)),
    end: start(days.office.add(today, rules.noticeDays + rules.horizonDays).add({ days: 1 })),
  };
}

/**
 * The moments to propose, in order: on business days, within the week's hours, clear of what is busy, of the client's
 * half-days and of moments refused before. An hour that a change of clocks skips does not exist; one that comes
 * twice is the first.
 */
export function proposals(
  now: Temporal.Instant,
  taken: readonly Interval[],
  never: readonly HalfDay[],
  refused: readonly Temporal.Instant[],
  parts: SlotParts,
): Interval[] {
  const { rules, days, timeZone } = parts;
  const { start, end } = horizonOf(now, parts);
  const found: Interval[] = [];
  for (
    let date = days.office.onOrAfter(dateIn(start, timeZone));
    date.toZonedDateTime(timeZone).toInstant().epochMilliseconds < end.epochMilliseconds;
    date = days.office.add(date, 1)
  ) {
    const onDay = momentsOf(date, never, parts).filter(
      (moment) =>
        !refused.some((instant) => instant.equals(moment.start)) &&
        !taken.some((busy) => overlap(busy, withBuffer(moment, rules))),
    );
    found.push(...spread(onDay));
    if (found.length >= rules.proposals) break;
  }
  return found.slice(0, rules.proposals);
}

/** A meeting with the time that is kept free after it. */
export const withBuffer = ({ start, end }: Interval, { bufferMinutes }: MeetingRules): Interval => ({
  start,
  end: end.add({ minutes: bufferMinutes }),
});

/** The first moment of a day, and the first that does not overlap it half a day later. */
function spread(moments: readonly Interval[]): Interval[] {
  const [first] = moments;
  if (!first) return [];
  const later = moments.filter(
    ({ start }) => start.epochMilliseconds >= first.start.add({ hours: 3 }).epochMilliseconds,
  );
  return [first, ...later.slice(0, MOST_A_DAY - 1)];
}

function momentsOf(
  date: Temporal.PlainDate,
  never: readonly HalfDay[],
  { rules, timeZone }: SlotParts,
): Interval[] {
  const day = DAYS[date.dayOfWeek - 1];
  if (!day) return [];
  const moments: Interval[] = [];
  for (const [from, to] of rules.hours[day]) {
    const closes = Temporal.PlainTime.from(to);
    for (
      let time = Temporal.PlainTime.from(from);
      minutesBetween(time, closes) >= rules.lengthMinutes;
      time = time.add({ minutes: rules.lengthMinutes })
    ) {
      const half: HalfDay = `${day}-${Temporal.PlainTime.compare(time, NOON) < 0 ? 'am' : 'pm'}`;
      const begins = date.toZonedDateTime({ timeZone, plainTime: time });
      if (never.includes(half) || !begins.toPlainTime().equals(time)) continue;
      const start = begins.toInstant();
      moments.push({ start, end: start.add({ minutes: rules.lengthMinutes }) });
    }
  }
  return moments;
}

const minutesBetween = (from: Temporal.PlainTime, to: Temporal.PlainTime): number =>
  (to.hour - from.hour) * 60 + to.minute - from.minute;

const overlap = (a: Interval, b: Interval): boolean =>
  a.start.epochMilliseconds < b.end.epochMilliseconds && b.start.epochMilliseconds < a.end.epochMilliseconds;
