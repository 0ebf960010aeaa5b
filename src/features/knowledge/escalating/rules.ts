import { type BusinessDays, brokerDate } from '../../../core/time/business-days.ts';
import { byBroker, type Due } from '../../../core/time/due.ts';

export type EscalationStatus = 'open' | 'taken' | 'answered' | 'closed';
export type EscalationStep = 'take' | 'release' | 'answer' | 'close' | 'reopen';

const TRANSITIONS: Record<EscalationStatus, Partial<Record<EscalationStep, EscalationStatus>>> = {
  open: { take: 'taken', answer: 'answered', close: 'closed' },
  taken: { take: 'taken', release: 'open', answer: 'answered', close: 'closed' },
  answered: { reopen: 'open' },
  closed: { reopen: 'open' },
};

/** A question as far as its steps go. */
export interface EscalationStanding {
  readonly status: EscalationStatus;
  /** Nobody waits for it any more. */
  readonly cancelledAt: Date | null;
}

/** The status after a step; undefined when the step makes no sense from here: nobody would read the answer. */
export const after = (
  { status, cancelledAt }: EscalationStanding,
  step: EscalationStep,
): EscalationStatus | undefined => (cancelledAt ? undefined : TRANSITIONS[status][step]);

/** Whether the staff have still to say something of it: it may be cancelled, or said more of. */
export const isWaiting = (status: EscalationStatus): boolean => status === 'open' || status === 'taken';

/** Business days in which the broker means to answer: a mark of its own, of which the guide says nothing. */
const ANSWER_DAYS = 2;

export const answerDue = (askedAt: Date, days: BusinessDays): Due => ({
  ...byBroker('ANSWER_DAYS, dans le code'),
  on: days.office.add(brokerDate(askedAt), ANSWER_DAYS),
});
