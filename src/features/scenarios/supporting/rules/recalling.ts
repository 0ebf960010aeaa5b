import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { plainDate } from '../../../../core/time/days.ts';
import type { Clarification, Support, Trial } from '../../rules/facts.ts';
import { takenDue } from './taking-charge.ts';

/** Business days before the end of a trial when it is recalled. */
const BEFORE_END = 2;
/** Days after it was done when something is no more in the list of what is recalled. */
const DONE_DAYS = 14;

/** Something of a file that is waited for, with the days on which it is recalled. */
export type Awaited = {
  readonly done: boolean;
  /** Its date. */
  readonly on: Temporal.PlainDate;
  readonly days: readonly Temporal.PlainDate[];
} & (
  | { readonly what: 'answerLate'; readonly item: Clarification }
  | { readonly what: 'trialAsked' | 'trialEnds'; readonly item: Trial }
);

const { compare } = Temporal.PlainDate;

/** A question that a supplier should have taken in charge (guide 3.3.2): recalled once, the day after. */
function ofClarification(item: Clarification, today: Temporal.PlainDate, days: BusinessDays): Awaited[] {
  const { on } = takenDue(item.askedOn, days);
  const { answeredOn } = item;
  if (answeredOn && compare(plainDate(answeredOn).add({ days: DONE_DAYS }), today) < 0) return [];
  return [{ what: 'answerLate', item, done: answeredOn !== undefined, on, days: [on.add({ days: 1 })] }];
}

/** A trial: while its supplier has not taken it in charge, before it ends, and once it has ended. */
function ofTrial(item: Trial, today: Temporal.PlainDate, days: BusinessDays): Awaited[] {
  const { askedOn, start, result } = item;
  const end = plainDate(item.end);
  const found: Awaited[] = [];
  if (askedOn && !result && compare(plainDate(start), today) > 0) {
    const { on } = takenDue(askedOn, days);
    const unheard = on.add({ days: 1 });
    // Once it has begun, the supplier has taken it in charge.
    if (compare(unheard, start) < 0)
      found.push({ what: 'trialAsked', item, done: false, on, days: [unheard] });
  }
  if (result && compare(end.add({ days: DONE_DAYS }), today) < 0) return found;
  const ahead = [days.add(end, -BEFORE_END), end.add({ days: 1 })].filter(
    (day) => !askedOn || compare(day, askedOn) > 0,
  );
  return [...found, { what: 'trialEnds', item, done: result !== undefined, on: end, days: ahead }];
}

/** What is waited for in what supports a choice, and what was done of it lately. */
export const awaitedIn = (
  { clarifications, trials }: Support,
  today: Temporal.PlainDate,
  days: BusinessDays,
): Awaited[] => [
  ...clarifications.flatMap((each) => ofClarification(each, today, days)),
  ...trials.flatMap((each) => ofTrial(each, today, days)),
];
