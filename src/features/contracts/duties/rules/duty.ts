import { type Due, isPast, type Origin } from '../../../../core/time/due.ts';
import type { Term } from '../../recording/rules/term.ts';
import type { ContractRules } from './contract-rules.ts';

const DUTY_KINDS = [
  'copy',
  'publication',
  'fees',
  'yearly',
  'exit',
  'final',
  'finalCopy',
  'amendment',
  'termination',
] as const;

export type DutyKind = (typeof DUTY_KINDS)[number];

export interface Duty {
  /** Stable for ever: « copy », « fees:2026-10-01 », « yearly:2027 ». */
  readonly id: string;
  readonly kind: DutyKind;
  readonly title: string;
  /** Whose word it is that this is to be done. */
  readonly asked: Origin;
  /** When, and whose word that is. */
  readonly due: Due;
  /** When it came to be due here, where that is after the contract was noted: its reminders begin then. */
  readonly since?: Temporal.PlainDate;
  /** It was due before the contract was noted, and nobody said yet what became of it: it is asked, not recalled. */
  readonly unsaid?: true;
}

/** The end of a contract before its term. */
export interface Termination {
  readonly noticeOn: Temporal.PlainDate;
  readonly notedOn: Temporal.PlainDate;
}

/** What a contract's duties depend on; `endsOn` is its real end. */
export interface DutyGround extends Term {
  readonly rcti: boolean;
  /** When the head of the body signed the final evaluation. */
  readonly finalSignedOn: Temporal.PlainDate | undefined;
  readonly amendments: readonly {
    readonly id: string;
    readonly number: number;
    readonly signedOn: Temporal.PlainDate;
  }[];
  readonly termination?: Termination | undefined;
}

/**
 * What was due before its contract was noted here: `unsaid`, or, where somebody said on a day that it is still to be
 * done, recalled from then on.
 */
export function sinceEntry(
  duty: Duty,
  notedOn: Temporal.PlainDate,
  wantedSince: Temporal.PlainDate | undefined,
): Duty {
  if (!isOlder(duty, notedOn)) return duty;
  return wantedSince ? { ...duty, since: wantedSince } : { ...duty, unsaid: true };
}

/** Whether a duty was due before its contract was noted here, whatever was said of it since. */
export const isOlder = ({ due, since }: Pick<Duty, 'due' | 'since'>, notedOn: Temporal.PlainDate): boolean =>
  since === undefined && isPast(due, notedOn);

/** `late`: the guide's date has passed; `passed`: a date of the broker's has; `unsaid`: before the contract was noted. */
export type DutyState = 'done' | 'unsaid' | 'late' | 'passed' | 'soon' | 'coming';

/** Where a duty stands on a day; `soon` within the days of the first reminder. */
export function stateOf(
  { due, unsaid }: Duty,
  done: boolean,
  today: Temporal.PlainDate,
  { remindDays }: ContractRules,
): DutyState {
  if (done) return 'done';
  if (unsaid) return 'unsaid';
  if (isPast(due, today)) return due.source === 'guide' ? 'late' : 'passed';
  return Temporal.PlainDate.compare(today, due.on.subtract({ days: remindDays })) >= 0 ? 'soon' : 'coming';
}
