/** `awaiting`: somebody else's approval. `released`: on its way, at its hour, or arrived. */
export const STATES = ['draft', 'awaiting', 'released', 'cancelled', 'withdrawn'] as const;
export type State = (typeof STATES)[number];

/**
 * `edit` is of a draft, `correct` of what was sent: neither changes the state. Where a second person must approve, a
 * correction is proposed, then accepted, given back or dropped.
 */
export type Event =
  | 'edit'
  | 'correct'
  | 'propose'
  | 'accept'
  | 'giveBack'
  | 'drop'
  | 'submit'
  | 'approve'
  | 'refuse'
  | 'release'
  | 'cancel'
  | 'resume'
  | 'withdraw'
  | 'discard';

const TRANSITIONS: Readonly<Record<State, Partial<Record<Event, State>>>> = {
  draft: { edit: 'draft', submit: 'awaiting', release: 'released', discard: 'cancelled' },
  awaiting: { approve: 'released', refuse: 'draft', discard: 'cancelled' },
  released: {
    correct: 'released',
    propose: 'released',
    accept: 'released',
    giveBack: 'released',
    drop: 'released',
    cancel: 'cancelled',
    withdraw: 'withdrawn',
  },
  cancelled: { resume: 'released', withdraw: 'withdrawn' },
  withdrawn: {},
};

/** The state after an event; undefined when the event does not apply. */
export const after = (state: State, event: Event): State | undefined => TRANSITIONS[state][event];
