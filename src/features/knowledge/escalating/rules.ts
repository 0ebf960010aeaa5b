export type EscalationStatus = 'open' | 'taken' | 'answered' | 'closed';
export type EscalationStep = 'take' | 'release' | 'answer' | 'close' | 'reopen';

const TRANSITIONS: Record<EscalationStatus, Partial<Record<EscalationStep, EscalationStatus>>> = {
  open: { take: 'taken', answer: 'answered', close: 'closed' },
  taken: { take: 'taken', release: 'open', answer: 'answered', close: 'closed' },
  answered: { reopen: 'open' },
  closed: { reopen: 'open' },
};

/** The status after a step; undefined when the step makes no sense from here. */
export const after = (status: EscalationStatus, step: EscalationStep): EscalationStatus | undefined =>
  TRANSITIONS[status][step];
