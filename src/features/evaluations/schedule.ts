import type { CampaignKind } from './states.ts';

/** What is said when: to those who have not answered, then to their colleagues, then to the staff. */
export const MOMENTS = ['opening', 'midway', 'week', 'day', 'members', 'staff'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface Window {
  readonly opensOn: Temporal.PlainDate;
  /** The last day on which one may answer. */
  readonly closesOn: Temporal.PlainDate;
}

/**
 * When each reminder is due: at opening, midway, a week and a day before closing; on the last day, the body's other
 * members; the day after, the staff. In a short window, what would come before or with the one before it is left out.
 */
export function momentsOf({ opensOn, closesOn }: Window): { moment: Moment; on: Temporal.PlainDate }[] {
  const days = opensOn.until(closesOn, { largestUnit: 'days' }).days;
  const wanted: { moment: Moment; on: Temporal.PlainDate }[] = [
    { moment: 'opening', on: opensOn },
    { moment: 'midway', on: opensOn.add({ days: Math.floor(days / 2) }) },
    { moment: 'week', on: closesOn.subtract({ days: 7 }) },
    { moment: 'day', on: closesOn.subtract({ days: 1 }) },
    { moment: 'members', on: closesOn },
    { moment: 'staff', on: closesOn.add({ days: 1 }) },
  ];
  const kept: typeof wanted = [];
  for (const each of wanted) {
    const last = kept.at(-1);
    if (!last || Temporal.PlainDate.compare(each.on, last.on) > 0) kept.push(each);
  }
  return kept;
}

/**
 * Which moments apply. The staff hear of a window once, after it; of anniversaries once a week. At the end of a
 * contract, its duties remind every week: the evaluation only says that it can be answered.
 */
const APPLYING: Record<CampaignKind, readonly Moment[]> = {
  window: MOMENTS,
  anniversary: MOMENTS.filter((moment) => moment !== 'staff'),
  final: ['opening'],
};

/** The reminder that it is time for: the latest that is due, so that a stop is caught up with one. */
export function dueMoment(kind: CampaignKind, window: Window, today: Temporal.PlainDate): Moment | undefined {
  const moment = momentsOf(window).findLast(
    ({ moment: each, on }) => APPLYING[kind].includes(each) && Temporal.PlainDate.compare(on, today) <= 0,
  )?.moment;
  // What would come after the last day is for the staff only.
  const over = Temporal.PlainDate.compare(today, window.closesOn) > 0;
  return over && moment !== 'staff' ? undefined : moment;
}
