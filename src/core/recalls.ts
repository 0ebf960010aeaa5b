import type { SQL } from 'drizzle-orm';
import type { Card } from './card.ts';
import type { PersonKey } from './people/person-key.ts';
import { isBefore } from './time/days.ts';
import type { ActionTurn } from './turn.ts';

/** The event that something came to be recalled, or not any more: whoever is to hear of it does not wait for the hour. */
export const RECALLS_CHANGED = 'recalls.changed';

/** Something that somebody is reminded of until it is done: a line of their card of the day, and of their agenda. */
export interface Recall {
  /** Stable for ever, its feature's id first: « contracts:… ». */
  readonly thing: string;
  /** Of which contract or file, as it reads: what is of one is shown together. */
  readonly of: string;
  readonly within: 'contract' | 'file';
  readonly what: string;
  /** When, and whose word that is; how it stands. */
  readonly stands: string;
  /** What is new of it: « Demain », « Il reste 2 parties ». */
  readonly news: string;
  /** `held`: nothing may be done of it for now. `news`: nothing is to be done of it, it is told once. */
  readonly state: 'open' | 'held' | 'done' | 'news';
  /** Its date. */
  readonly on: Temporal.PlainDate;
  /** The latest day on which it came to be recalled to them. */
  readonly step: Temporal.PlainDate | undefined;
  /** The day of its next reminder, if nobody puts it off; undefined when none comes by itself. */
  readonly next: Temporal.PlainDate | undefined;
  /** From when there is nothing left to do of it, where that comes by itself: nobody puts it off until then. */
  readonly ends?: Temporal.Instant;
}

/** What a feature has people reminded of. All of it goes in one card a day and person. */
export interface RecallRoute<S> {
  /**
   * Rows of tenant_id, object_id, thing, step_on, urgent: what is to be recalled to whom, with the latest day that it
   * came to be so. Some at a time; the database carries them from table to table.
   */
  readonly due: (services: S) => AsyncIterable<SQL>;
  /** All of a person's, as it stands now and as they may see it: what is open, and what was done of late. */
  readonly of: (person: PersonKey, services: S) => Promise<readonly Recall[]>;
  /** The card of one; throws `notFound` for whoever may not see it. */
  readonly open: (turn: Pick<ActionTurn, 'person'>, id: string, services: S) => Promise<Card>;
}

/** What every feature recalls, together. */
export interface Recalls {
  due(): AsyncIterable<SQL>;
  of(person: PersonKey): Promise<readonly Recall[]>;
  open(turn: Pick<ActionTurn, 'person'>, thing: string): Promise<Card>;
}

/** A thing's name among all features, and its own among those of one. */
export const thingOf = (feature: string, id: string): string => `${feature}:${id}`;

/** A step that a long stop of the assistant left out is caught up for so many days. */
export const CAUGHT_UP_DAYS = 60;

/** Of the days on which something is recalled, in order: the latest that has come, unless it is long past. */
export function stepOf(
  days: readonly Temporal.PlainDate[],
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  const latest = days.findLast((day) => !isBefore(today, day));
  return latest && latest.until(today, { largestUnit: 'days' }).days <= CAUGHT_UP_DAYS ? latest : undefined;
}

/** The next of them, after a day. */
export const nextOf = (
  days: readonly Temporal.PlainDate[],
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined => days.find((day) => isBefore(today, day));

/** « Aujourd’hui », « Demain », « Dans 6 jours », « Depuis hier », « Depuis 7 jours ». */
export function dayWords(on: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const { days } = today.until(on, { largestUnit: 'days' });
  switch (days) {
    case 0:
      return 'Aujourd’hui';
    case 1:
      return 'Demain';
    case -1:
      return 'Depuis hier';
    default:
      return days > 0 ? `Dans ${days} jours` : `Depuis ${-days} jours`;
  }
}
