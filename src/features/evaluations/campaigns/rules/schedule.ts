import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { byBroker, type Due } from '../../../../core/time/due.ts';
import type { CampaignKind } from './states.ts';

/** What is said when: to those who have not answered, then to their colleagues, then to the staff. */
export const MOMENTS = ['opening', 'midway', 'week', 'day', 'members', 'staff'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface Window {
  readonly opensOn: Temporal.PlainDate;
  /** The last day on which one may answer. */
  readonly closesOn: Temporal.PlainDate;
}

/** The last day of an evaluation: the guide asks for one each year, and sets no day (4.9 and 4.10). */
export const closingDue = (closesOn: string): Due => ({
  ...byBroker('la fin de la campagne'),
  on: Temporal.PlainDate.from(closesOn),
});

/**
 * When each reminder is due, on business days: at opening, midway, a week before closing, the day before the last
 * business day; on that one, the body's other members; after closing, the staff. In a short window, what would come
 * before or with the one before it is left out.
 */
export function momentsOf(
  { opensOn, closesOn }: Window,
  days: BusinessDays,
): { moment: Moment; on: Temporal.PlainDate }[] {
  const length = opensOn.until(closesOn, { largestUnit: 'days' }).days;
  const last = days.add(closesOn.add({ days: 1 }), -1);
  const wanted: { moment: Moment; on: Temporal.PlainDate }[] = [
    { moment: 'opening', on: days.onOrAfter(opensOn) },
    { moment: 'midway', on: days.onOrAfter(opensOn.add({ days: Math.floor(length / 2) })) },
    { moment: 'week', on: days.onOrAfter(closesOn.subtract({ days: 7 })) },
    { moment: 'day', on: days.add(last, -1) },
    { moment: 'members', on: last },
    { moment: 'staff', on: days.onOrAfter(closesOn.add({ days: 1 })) },
  ];
  const kept: typeof wanted = [];
  for (const each of wanted) {
    const before = kept.at(-1);
    if (!before || Temporal.PlainDate.compare(each.on, before.on) > 0) kept.push(each);
  }
  return kept;
}

/** Which moments apply: the staff hear of a window once, after it; of the others once a week. */
const APPLYING: Record<CampaignKind, readonly Moment[]> = {
  window: MOMENTS,
  anniversary: MOMENTS.filter((moment) => moment !== 'staff'),
  final: MOMENTS.filter((moment) => moment !== 'staff'),
};

/** When the reminders of a kind of campaign are due, within a window. */
export const momentsFor = (kind: CampaignKind, window: Window, days: BusinessDays) =>
  momentsOf(window, days).filter(({ moment }) => APPLYING[kind].includes(moment));

/** The reminder that it is time for: the latest that is due, so that a stop is caught up with one. */
export function dueMoment(
  kind: CampaignKind,
  window: Window,
  today: Temporal.PlainDate,
  days: BusinessDays,
): Moment | undefined {
  const moment = momentsFor(kind, window, days).findLast(
    ({ on }) => Temporal.PlainDate.compare(on, today) <= 0,
  )?.moment;
  // What would come after the last day is for the staff only.
  const over = Temporal.PlainDate.compare(today, window.closesOn) > 0;
  return over && moment !== 'staff' ? undefined : moment;
}
