import type { DeliveryError } from '../../core/errors.ts';
import type { DeliveryState } from '../../core/ports/delivery.ts';
import type { NoticeRules } from '../../core/routes/notices.ts';

export const MOST_ATTEMPTS = 5;
const LONGEST_PAUSE_MS = 60_000;

export interface Attempted {
  readonly operation: 'post' | 'edit' | 'delete';
  /** With the one that just failed. */
  readonly attempts: number;
  readonly doubts: number;
  readonly shrunk: boolean;
  readonly reopened: boolean;
  readonly toPerson: boolean;
}

/** What is done after a failure (reliability: errors of proactive sending). */
export type Verdict =
  | {
      readonly kind: 'end';
      readonly state: Extract<DeliveryState, 'sent' | 'unreachable' | 'unknown' | 'dead'>;
    }
  | { readonly kind: 'again'; readonly afterMs: number; readonly doubt?: true }
  | { readonly kind: 'throttled' }
  /** Nothing was asked of Teams: it waits, and costs no attempt. */
  | { readonly kind: 'held' }
  | { readonly kind: 'shrink' }
  | { readonly kind: 'reopen' }
  /** The channel deletes nothing: what was posted is replaced. */
  | { readonly kind: 'replace' };

/** Decides by the error, never by how the body is worded. `random` is between 0 and 1. */
export function verdictOf(
  { outcome, reason }: Pick<DeliveryError, 'outcome' | 'reason'>,
  row: Attempted,
  policy: NoticeRules['policy'],
  random: number,
): Verdict {
  if (reason === 'throttled') return { kind: 'throttled' };
  if (reason === 'noToken') return { kind: 'held' };
  if (reason === 'tooLarge') return row.shrunk ? { kind: 'end', state: 'dead' } : { kind: 'shrink' };
  if (reason === 'unsupported' && row.operation === 'delete') return { kind: 'replace' };
  if (reason === 'gone' && row.operation === 'delete') return { kind: 'end', state: 'sent' };
  if (reason === 'gone' && row.operation === 'post' && row.toPerson && !row.reopened)
    return { kind: 'reopen' };
  switch (outcome) {
    case 'unreachable':
    case 'dead':
      return { kind: 'end', state: outcome };
    case 'retry':
      return again(row, random);
    case 'unknown':
      // A relay mostly answers for what it did not reach: what must surely arrive is tried as if it were so.
      if (row.operation !== 'post' || (reason === 'gateway' && policy === 'surely'))
        return again(row, random);
      return policy === 'surely' && row.doubts === 0
        ? { kind: 'again', afterMs: backoff(row.attempts, random), doubt: true }
        : { kind: 'end', state: 'unknown' };
  }
}

const again = ({ attempts }: Attempted, random: number): Verdict =>
  attempts >= MOST_ATTEMPTS
    ? { kind: 'end', state: 'dead' }
    : { kind: 'again', afterMs: backoff(attempts, random) };

/** 1, 2, 4, 8… seconds, between half and one and a half times. */
export const backoff = (attempts: number, random: number): number =>
  Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** (attempts - 1)) * (0.5 + random);
