/**
 * `requested`: the broker's turn. `asked`: the client is asked for more. `proposed`: moments are held. `booked`: all
 * accepted one. `held`: the meeting took place, the steps go on. `signed`: the eleven steps are done.
 */
export const STATES = ['requested', 'asked', 'proposed', 'booked', 'held', 'signed', 'cancelled'] as const;
export type State = (typeof STATES)[number];

/** On which side of a kickoff somebody acts. */
export type Side = 'client' | 'staff';

export type Event =
  | 'ask'
  | 'answer'
  | 'propose'
  | 'book'
  | 'release'
  | 'hold'
  | 'unhold'
  | 'unmiss'
  | 'sign'
  | 'unsign'
  | 'cancel';

const TRANSITIONS: Readonly<Record<State, Partial<Record<Event, State>>>> = {
  requested: {
    ask: 'asked',
    answer: 'requested',
    propose: 'proposed',
    unmiss: 'booked',
    cancel: 'cancelled',
  },
  asked: { ask: 'asked', answer: 'requested', propose: 'proposed', cancel: 'cancelled' },
  proposed: { propose: 'proposed', book: 'booked', release: 'requested', cancel: 'cancelled' },
  booked: { propose: 'proposed', release: 'requested', hold: 'held', cancel: 'cancelled' },
  held: { unhold: 'booked', sign: 'signed', cancel: 'cancelled' },
  signed: { unsign: 'held' },
  cancelled: {},
};

/** The state after an event; undefined when the event does not apply. */
export const after = (state: State, event: Event): State | undefined => TRANSITIONS[state][event];
