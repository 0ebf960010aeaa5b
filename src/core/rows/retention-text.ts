import { guide } from '../guide/index.ts';
import { count } from '../text/text.ts';
import type { Period, Periods } from '../time/periods.ts';
import type { End, Hold, Retention } from './retention.ts';

const YEAR_DAYS = 365;
const ofDays = (n: number): string =>
  n >= YEAR_DAYS && n % YEAR_DAYS === 0 ? count(n / YEAR_DAYS, 'an') : count(n, 'jour');

/** « 7 ans »; nothing for what ends with the contract, or at once. */
function lengthOf(period: Period, periods: Periods): string {
  switch (period.of) {
    case 'guide':
      return period.after === 'contract' ? '' : count(guide().rules.keptYears.value, 'an');
    case 'broker':
      return ofDays(periods[period.setting]);
    case 'code':
      if (period.hours === 0) return '';
      return period.hours % 24 === 0 ? ofDays(period.hours / 24) : count(period.hours, 'heure');
  }
}

/** « 7 ans après la fin du contrat ». */
export function periodText(period: Period, since: string, periods: Periods): string {
  const length = lengthOf(period, periods);
  return length ? `${length} après ${since}` : `jusqu’à ${since}`;
}

type Dated = Extract<End, { readonly past: unknown }>;
type Owned = Extract<End, { readonly with: unknown }>;
const isOwned = (end: End): end is Owned => end !== 'never' && 'with' in end;
const isDated = (end: End): end is Dated => end !== 'never' && 'past' in end;

/** Until when the rows of a table stay, in words: by its own period, or by that of what they belong to. */
export function untilText(
  { table, ends }: Retention,
  all: {
    readonly retentions: readonly Retention[];
    readonly holds: readonly Hold[];
    readonly periods: Periods;
  },
): string {
  const owned = ends.find(isOwned);
  const parent = owned && all.retentions.find((each) => each.table === owned.with);
  if (parent) return untilText(parent, all);
  const source = ({ of }: Period) => (of === 'guide' ? ' (guide, section 4.12)' : '');
  const own = ends
    .filter(isDated)
    .slice(0, 1)
    .map(({ period, since }) => periodText(period, since, all.periods) + source(period));
  const held = all.holds
    .filter((hold) => hold.table === table)
    .map(({ period, since }) => periodText(period, since, all.periods) + source(period));
  return [...own, ...held].join(', ou ');
}
