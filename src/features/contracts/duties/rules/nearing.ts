import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { earlierOf, isBefore } from '../../../../core/time/days.ts';
import type { ContractRules } from './contract-rules.ts';
import { copyDue, feesOfPeriod } from './duties.ts';
import { quarterAfter, quarterOf } from './quarters.ts';
import { type Days, nearTo, recallOn } from './recalling.ts';

/**
 * Days in which a contract's own dates lie where one of its duties may be recalled on a day. Outside of them all, none
 * is, but for the fees: those are the same for all contracts.
 */
export interface Nearing {
  /** When the contract or its termination was noted, or an older duty said to be still to do: from that day on. */
  readonly noted: Temporal.PlainDate;
  /** When it was signed. */
  readonly signed: Days;
  /** When an amendment or the final evaluation was. */
  readonly copied: Days;
  /** When it ends by its term. */
  readonly ends: Days;
  /** When it begins, when notice of its termination was given, when that takes effect. */
  readonly itself: Days;
}

/** A month that is shorter than another lacks so many days of it at the most. */
const SHORTER_DAYS = 3;

/** The first day whose copy is due on a day or later: later signatures have later copies. */
function firstCopied(due: Temporal.PlainDate, days: BusinessDays): Temporal.PlainDate {
  let first = due;
  for (;;) {
    const before = first.subtract({ days: 1 });
    if (isBefore(copyDue(before, days).on, due)) return first;
    first = before;
  }
}

/** Where the dates of a contract lie of which something may be recalled on a day; of the others `recallOn` says nothing. */
export function nearingOn(today: Temporal.PlainDate, rules: ContractRules, days: BusinessDays): Nearing {
  const itself = nearTo(today, rules);
  const copied = { from: firstCopied(itself.from, days), to: itself.to };
  const published = itself.from.subtract({ days: rules.publicationDays });
  const months = { months: rules.exitMonths };
  return {
    noted: itself.from,
    itself,
    copied,
    signed: {
      from: earlierOf(copied.from, published),
      to: itself.to,
    },
    ends: { from: itself.from.add(months), to: itself.to.add(months).add({ days: SHORTER_DAYS }) },
  };
}

/** The fees of a period, that are recalled of every contract that asks for them: noted before `Nearing.noted`. */
export interface NearFees {
  readonly duty: string;
  /** The latest day on which they came to be so. */
  readonly step: Temporal.PlainDate;
  /** They are asked of what was signed by the one day, and ends on the other or later. */
  readonly signedBy: Temporal.PlainDate;
  readonly endsFrom: Temporal.PlainDate;
}

/** The fees that are recalled on a day, of all contracts that were not noted lately: a period or two. */
export function nearFees(today: Temporal.PlainDate, rules: ContractRules, days: BusinessDays): NearFees[] {
  const near = nearTo(today, rules);
  const notedOn = near.from.subtract({ days: 1 });
  const last = near.to.subtract({ days: rules.feeDays });
  const found: NearFees[] = [];
  for (
    let period = quarterOf(near.from.subtract({ days: rules.feeDays }));
    !isBefore(last, period.end);
    period = quarterAfter(period)
  ) {
    const { ongoing } = feesOfPeriod(period, rules);
    const step = recallOn(ongoing, today, { rules, days, notedOn });
    if (step)
      found.push({
        duty: ongoing.id,
        step,
        signedBy: period.end,
        endsFrom: period.start.subtract({ days: rules.lastPaymentDays }),
      });
  }
  return found;
}
