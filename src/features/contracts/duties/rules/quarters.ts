import { frenchDate } from '../../../../core/clock.ts';
import { guide } from '../../../../core/guide/index.ts';
import type { Term } from '../../recording/rules/term.ts';
import type { ContractRules } from './contract-rules.ts';

export interface Quarter {
  readonly start: Temporal.PlainDate;
  readonly end: Temporal.PlainDate;
}

/** The periods of an edition, by the years in which they begin: thousands of contracts ask for the same ones. */
const periodsOf = new WeakMap<object, Map<number, readonly Quarter[]>>();

function quartersAround(year: number): readonly Quarter[] {
  const { quarters } = guide();
  const years = periodsOf.get(quarters) ?? new Map<number, readonly Quarter[]>();
  periodsOf.set(quarters, years);
  const known = years.get(year);
  if (known) return known;
  const starts = quarters
    .flatMap(({ from }) => [-1, 0, 1, 2].map((more) => Temporal.PlainDate.from(`${year + more}-${from}`)))
    .sort(Temporal.PlainDate.compare);
  const found = starts.flatMap((start, n) => {
    const following = starts[n + 1];
    return following ? [{ start, end: following.subtract({ days: 1 }) }] : [];
  });
  years.set(year, found);
  return found;
}

/** The reporting period of a date (guide 4.3): together, the guide's periods make the year. */
export function quarterOf(date: Temporal.PlainDate): Quarter {
  const found = quartersAround(date.year).findLast(
    ({ start }) => Temporal.PlainDate.compare(start, date) <= 0,
  );
  return found ?? { start: date, end: date };
}

/** Each period's next one: a contract asks for a dozen, and thousands of contracts for the same ones. */
const following = new WeakMap<Quarter, Quarter>();

export function quarterAfter(quarter: Quarter): Quarter {
  const known = following.get(quarter);
  if (known) return known;
  const found = quarterOf(quarter.end.add({ days: 1 }));
  following.set(quarter, found);
  return found;
}

const written = new WeakMap<Quarter, string>();

/** « 1er octobre au 31 décembre 2026 ». */
export function quarterText(quarter: Quarter): string {
  const { start, end } = quarter;
  const text = written.get(quarter) ?? `${frenchDate(start).replace(/ \d{4}$/, '')} au ${frenchDate(end)}`;
  written.set(quarter, text);
  return text;
}

/** The periods in which a contract's invoices are paid: the last ones after its end, for what was used before. */
export function quarters({ signedOn, endsOn }: Term, { lastPaymentDays }: ContractRules): Quarter[] {
  const lastPaid = endsOn.add({ days: lastPaymentDays });
  const found: Quarter[] = [];
  for (
    let quarter = quarterOf(signedOn);
    Temporal.PlainDate.compare(quarter.start, lastPaid) <= 0;
    quarter = quarterAfter(quarter)
  )
    found.push(quarter);
  return found;
}
