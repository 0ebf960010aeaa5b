import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import type { State } from './states.ts';

/** What of a meeting its reminders depend on. */
interface Meeting {
  readonly state: State;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

/** Business days before the meeting when the client is told what to prepare. */
const PREPARE_DAYS = 5;
/** Days after the meeting when it is no more in the list of what is recalled. */
const DONE_DAYS = 14;

/** Something of a meeting that its people are reminded of. */
export interface Recalled {
  readonly what: 'prepare' | 'after';
  readonly done: boolean;
  /** Its date. */
  readonly on: Temporal.PlainDate;
  /** The days on which it is recalled, and those that have not come whatever the day. */
  readonly days: readonly Temporal.PlainDate[];
  /** It does not wait for the next day's card. */
  readonly urgent: boolean;
  /** There is nothing left to do of it from then on. */
  readonly ends?: Temporal.Instant;
}

const { compare } = Temporal.PlainDate;

/** What is to be prepared before a meeting that is booked, and said after it; what was said of it lately. */
export function recalledOf(
  { state, startsAt, endsAt }: Meeting,
  now: Temporal.Instant,
  days: BusinessDays,
): Recalled[] {
  if (!startsAt || !endsAt) return [];
  const [start, end] = [startsAt.toTemporalInstant(), endsAt.toTemporalInstant()];
  const [on, today] = [brokerDate(start), brokerDate(now)];
  const after = { what: 'after', on, urgent: false } as const;
  if (state === 'held' || state === 'signed')
    return compare(on.add({ days: DONE_DAYS }), today) < 0 ? [] : [{ ...after, done: true, days: [] }];
  if (state !== 'booked') return [];
  // It is asked once the meeting is over.
  const isOver = Temporal.Instant.compare(end, now) <= 0;
  const asked: Recalled = { ...after, done: false, days: isOver ? [on] : [] };
  if (Temporal.Instant.compare(start, now) <= 0) return isOver ? [asked] : [];
  const dayBefore = days.add(on, -1);
  return [
    {
      what: 'prepare',
      done: false,
      on,
      days: [days.add(on, -PREPARE_DAYS), dayBefore],
      urgent: compare(dayBefore, today) <= 0,
      ends: start,
    },
  ];
}
