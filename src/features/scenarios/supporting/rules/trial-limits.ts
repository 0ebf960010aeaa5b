import { guide } from '../../../../core/guide/index.ts';
import { count } from '../../../../core/text/text.ts';
import { byCodeUnit } from '../../pricing/rules/order.ts';

/** Units of an offer that a body tries, from a day to another, both included. */
export interface Tried {
  readonly units: number;
  readonly start: string;
  readonly end: string;
}

export interface Limits {
  readonly units: number;
  readonly days: number;
}

/** What an offer may be tried for: its own limits, within the guide's (section 3.3.2). */
export function limitsOf(own: Partial<Limits> | undefined): Limits {
  const { trialUnits, trialDays } = guide().rules;
  return {
    units: Math.min(own?.units ?? trialUnits.value, trialUnits.value),
    days: Math.min(own?.days ?? trialDays.value, trialDays.value),
  };
}

/** What limits a trial, and to what: the guide, or the offer's fiche where it allows less. */
export function whoseLimit(which: keyof Limits, limits: Limits): string {
  const { trialUnits, trialDays } = guide().rules;
  const rule = which === 'units' ? trialUnits : trialDays;
  const most = count(limits[which], which === 'units' ? 'unité' : 'jour');
  return limits[which] < rule.value
    ? `La fiche du fournisseur limite un banc d’essai à ${most}`
    : `Le guide limite un banc d’essai à ${most} (section ${rule.section})`;
}

/** Whether a trial may still be moved or withdrawn: until something came of it. One that was planned may not take place. */
export const isUnsettled = ({ result }: { readonly result?: string | undefined }): boolean =>
  result === undefined;

/** The most units that are tried on one day. */
export function unitsAtOnce(trials: readonly Tried[]): number {
  const onDay = (day: string) =>
    trials.filter(({ start, end }) => start <= day && day <= end).reduce((sum, { units }) => sum + units, 0);
  // A sum only grows on a day when a trial starts.
  return Math.max(0, ...trials.map(({ start }) => onDay(start)));
}

const epochDay = (day: string): number =>
  Temporal.PlainDate.from('1970-01-01').until(day, { largestUnit: 'days' }).days;

/** How many days there is a trial, whether one or several. */
export function daysInAll(trials: readonly Tried[]): number {
  let total = 0;
  let counted = Number.NEGATIVE_INFINITY;
  for (const { start, end } of [...trials].sort((a, b) => byCodeUnit(a.start, b.start))) {
    const [first, last] = [Math.max(epochDay(start), counted + 1), epochDay(end)];
    if (last < first) continue;
    total += last - first + 1;
    counted = last;
  }
  return total;
}

/** Entries that so many days or more separate are two trials. The guide says nothing of it: the rule is the assistant's. */
export const APART_DAYS = 30;

const isNear = (one: Tried, other: Tried): boolean =>
  epochDay(one.start) - epochDay(other.end) < APART_DAYS &&
  epochDay(other.start) - epochDay(one.end) < APART_DAYS;

/**
 * What of the trials of an offer is the same trial as one more, so that several entries are no way round the guide's
 * limit (section 3.3.2): those of the same file, and those that overlap it or follow it closely, step by step.
 */
export function sameTrial<T extends Tried>(
  before: readonly T[],
  more: Tried,
  isOfFile: (trial: T) => boolean,
): readonly T[] {
  const same = before.filter((each) => isOfFile(each) || isNear(each, more));
  for (const one of same) same.push(...before.filter((each) => !same.includes(each) && isNear(each, one)));
  return same;
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

/** What of some trials falls on the days of another one. */
const during = (trials: readonly Tried[], { start, end }: Tried): Tried[] =>
  trials
    .filter((each) => each.start <= end && start <= each.end)
    .map((each) => ({ ...each, start: later(each.start, start), end: earlier(each.end, end) }));

/** What may still be tried of an offer beside what is the same trial, on the days of one more entry and in all. */
export const leftBeside = (before: readonly Tried[], more: Tried, limits: Limits): Limits => ({
  units: limits.units - unitsAtOnce(during(before, more)),
  days: limits.days - daysInAll(before),
});

/** Whether a trial stays within the limits with one more entry. */
export const fits = (
  before: readonly Tried[],
  more: Tried,
  limits: Limits,
): { units: boolean; days: boolean } => ({
  units: more.units <= leftBeside(before, more, limits).units,
  days: daysInAll([...before, more]) <= limits.days,
});
