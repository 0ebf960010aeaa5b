import { CAUGHT_UP_DAYS, nextOf, stepOf } from '../../../../core/recalls.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { isPast } from '../../../../core/time/due.ts';
import type { ContractRules } from './contract-rules.ts';
import type { Duty } from './duty.ts';

/** Days after its date when what is not done is recalled again; then it stays in the lists. */
const AFTER_DAYS = [7, 28] as const;

/** What the days of a duty's reminders depend on. */
export interface Recalling {
  readonly rules: Pick<ContractRules, 'remindDays'>;
  readonly days: BusinessDays;
  /** The day when its contract was noted. */
  readonly notedOn: Temporal.PlainDate;
}

const { compare } = Temporal.PlainDate;

/** An evaluation is recalled by its campaign; what is older than its contract here, once somebody says it is to be done. */
export const isRecalled = ({ kind, unsaid }: Pick<Duty, 'kind' | 'unsaid'>): boolean =>
  kind !== 'yearly' && kind !== 'final' && !unsaid;

/** From when a duty is recalled at the earliest. */
const recalledFrom = ({ since, kind }: Duty, { notedOn }: Recalling): Temporal.PlainDate =>
  kind === 'termination' && since ? since : (since ?? notedOn).add({ days: 1 });

/** The first day on which it is. */
function firstRecall(duty: Duty, recalling: Recalling): Temporal.PlainDate {
  const from = recalledFrom(duty, recalling);
  if (isPast(duty.due, from)) return from;
  const first = duty.due.on.subtract({ days: recalling.rules.remindDays });
  return compare(first, from) > 0 ? first : from;
}

/**
 * The days on which a duty is recalled: some days before its date, the business day before, the one after, a week and
 * four weeks after. Whoever notes a contract sees its duties that day: they are recalled from the next one on. What
 * came to be due by a termination begins that day.
 */
export function recallDays(duty: Duty, recalling: Recalling): Temporal.PlainDate[] {
  const { due } = duty;
  const { days } = recalling;
  const again = (on: Temporal.PlainDate) => AFTER_DAYS.map((after) => on.add({ days: after }));
  const begins = firstRecall(duty, recalling);
  if (isPast(due, recalledFrom(duty, recalling))) return [begins, ...again(begins)];
  const then = [days.add(due.on, -1), days.onOrAfter(due.on.add({ days: 1 })), ...again(due.on)];
  return [begins, ...then.filter((day) => compare(day, begins) > 0)];
}

/** The latest of them that has come, unless it is long past: of most duties of a contract, none has yet. */
export const recallOn = (duty: Duty, today: Temporal.PlainDate, recalling: Recalling) =>
  compare(today.add({ days: recalling.rules.remindDays }), duty.due.on) < 0
    ? undefined
    : stepOf(recallDays(duty, recalling), today);

/** Days on end, the first and the last with them. */
export interface Days {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

/** The dates of what may be recalled on a day: of later ones no recall has come, of earlier ones the last is long past. */
export const nearTo = (today: Temporal.PlainDate, { remindDays }: Recalling['rules']): Days => ({
  from: today.subtract({ days: CAUGHT_UP_DAYS + AFTER_DAYS[1] + 1 }),
  to: today.add({ days: remindDays }),
});

/**
 * Tells, in two comparisons, the duties that have no recall on a day: the first of theirs has not come, or the last is
 * long past. Of the others, `recallOn` says it.
 */
export function isFarFrom(
  today: Temporal.PlainDate,
  rules: Recalling['rules'],
): (duty: Duty, notedOn: Temporal.PlainDate) => boolean {
  const { from, to } = nearTo(today, rules);
  return ({ due, since }, notedOn) =>
    compare(due.on, to) > 0 || (compare(due.on, from) < 0 && compare(since ?? notedOn, from) < 0);
}

/** The next of them, after a day: of most duties of a contract, the first. */
export function nextRecall(
  duty: Duty,
  today: Temporal.PlainDate,
  recalling: Recalling,
): Temporal.PlainDate | undefined {
  const first = firstRecall(duty, recalling);
  return compare(first, today) > 0 ? first : nextOf(recallDays(duty, recalling), today);
}

/** What does not wait for the next day's card: the guide's date is today or the next business day. */
export const isUrgent = (
  { due }: Pick<Duty, 'due'>,
  today: Temporal.PlainDate,
  days: BusinessDays,
): boolean => due.source === 'guide' && !isPast(due, today) && compare(due.on, days.add(today, 1)) <= 0;
