import { managementFee } from '../../../core/text/money.ts';
import { type Quarter, quarterOf } from '../duties/rules/quarters.ts';

export interface QuarterFee {
  readonly quarter: Quarter;
  readonly paidCents: number;
  /** Undefined where the deployer gave no rate. */
  readonly feeCents: number | undefined;
}

/** What was paid in each period, the latest first: an acquisition counts when its invoice is paid (guide 4.3). */
export function feesOf(
  invoices: readonly { readonly paidOn: string; readonly amountCents: number }[],
  percent: string | undefined,
): QuarterFee[] {
  const paid = new Map<string, { quarter: Quarter; cents: number }>();
  for (const { paidOn, amountCents } of invoices) {
    const quarter = quarterOf(Temporal.PlainDate.from(paidOn));
    const key = quarter.start.toString();
    paid.set(key, { quarter, cents: (paid.get(key)?.cents ?? 0) + amountCents });
  }
  return [...paid.values()]
    .sort((a, b) => Temporal.PlainDate.compare(b.quarter.start, a.quarter.start))
    .map(({ quarter, cents }) => ({
      quarter,
      paidCents: cents,
      feeCents: percent === undefined ? undefined : Number(managementFee(BigInt(cents), percent)),
    }));
}
