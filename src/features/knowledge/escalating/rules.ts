export type EscalationStatus = 'open' | 'taken' | 'answered' | 'closed';
export type EscalationStep = 'take' | 'release' | 'answer' | 'close' | 'reopen';

const TRANSITIONS: Record<EscalationStatus, Partial<Record<EscalationStep, EscalationStatus>>> = {
  open: { take: 'taken', answer: 'answered', close: 'closed' },
  taken: { take: 'taken', release: 'open', answer: 'answered', close: 'closed' },
  answered: { reopen: 'open' },
  closed: { reopen: 'open' },
};

/** A question as far as its steps go. */
export interface Standing {
  readonly status: EscalationStatus;
  /** Nobody waits for it any more. */
  readonly cancelledAt: Date | null;
}

/** The status after a step; undefined when the step makes no sense from here: nobody would read the answer. */
export const after = (
  { status, cancelledAt }: Standing,
  step: EscalationStep,
): EscalationStatus | undefined => (cancelledAt ? undefined : TRANSITIONS[status][step]);

/** Whether the staff have still to say something of it: it may be cancelled, or said more of. */
export const isWaiting = (status: EscalationStatus): boolean => status === 'open' || status === 'taken';

/** Fewer answers than this say nothing of what is usual. */
const ENOUGH = 5;

/**
 * In how many business days the staff usually answer: half of the answers came no later. Undefined when there are too
 * few to say so.
 */
export function usualDays(days: readonly number[]): number | undefined {
  if (days.length < ENOUGH) return undefined;
  const inOrder = days.toSorted((a, b) => a - b);
  return inOrder[Math.ceil(inOrder.length / 2) - 1];
}
