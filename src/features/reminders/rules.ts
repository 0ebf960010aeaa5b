import { COMES_BACK_DAYS } from '../../core/ports/delivery.ts';
import type { Recall } from '../../core/recalls.ts';
import { isBefore } from '../../core/time/days.ts';

/** The kind of notice of which a person has one a day. */
export const TO_DAY = 'reminders.day';

/**
 * Days after which what a card did not tell is counted for another one. Its person could not be reached: before their
 * card is too old to go on when they are back, so that whenever that is, a card tells it.
 */
export const DEALT_AGAIN_DAYS = COMES_BACK_DAYS - 2;

/** A card of a day: the one for all that is new, or the one that does not wait for tomorrow. */
export interface DayCard {
  /** ISO date. */
  readonly day: string;
  readonly urgent: boolean;
}

export const cardOf = ({ day, urgent }: DayCard): string => (urgent ? `${day}:urgent` : day);

/** What is kept of a thing that a person is reminded of, as far as its standing depends on it. */
export interface Wished {
  readonly waits: boolean;
  /** ISO date. */
  readonly laterOn: string | null;
  readonly stoppedAt: Date | null;
}

/** Where a line stands for its person. */
export type Line =
  | { readonly kind: 'done' | 'stopped' | 'held' | 'news' }
  /** `later`: put off. `next`: it comes by itself. */
  | { readonly kind: 'later' | 'next'; readonly on: Temporal.PlainDate }
  /** It is in the next card. */
  | { readonly kind: 'waits' }
  /** Nothing more comes by itself: it is still to be done. */
  | { readonly kind: 'ended' };

/** How a thing stands, with what its person wished of it. */
export function lineOf(
  { state, next }: Pick<Recall, 'state' | 'next'>,
  row: Wished | undefined,
  today: Temporal.PlainDate,
): Line {
  if (state !== 'open') return { kind: state };
  if (row?.stoppedAt) return { kind: 'stopped' };
  const later = row?.laterOn ? Temporal.PlainDate.from(row.laterOn) : undefined;
  if (later && isBefore(today, later)) return { kind: 'later', on: later };
  if (row?.waits) return { kind: 'waits' };
  return next ? { kind: 'next', on: next } : { kind: 'ended' };
}
