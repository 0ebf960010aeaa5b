import { personKeyOf } from '../../../core/people/person-key.ts';
import type { Wait } from '../../../core/routes/waiting.ts';
import { type BusinessDays, brokerDate } from '../../../core/time/business-days.ts';
import { isPast } from '../../../core/time/due.ts';
import type { Person } from '../../../core/turn.ts';
import type { PersonKey } from '../../people/index.ts';

/** Who may have something in hand now: the staff as their roles are, and until when some of them are away. */
export interface Team {
  readonly members: ReadonlyMap<string, Person>;
  /** The last day of absence of those who are away today. */
  readonly away: ReadonlyMap<string, Temporal.PlainDate>;
}

/** Something that waits, as it stands today. */
export interface Item extends Wait {
  readonly kind: string;
  readonly noun: readonly [string, string];
  /** The member of the staff who has it; whoever is of the staff no more has nothing. */
  readonly holder: Person | undefined;
  /** Until when they are away: it is offered to the others meanwhile. */
  readonly awayUntil: Temporal.PlainDate | undefined;
  /** The day until which it was put off; undefined once that day has come. */
  readonly until: Temporal.PlainDate | undefined;
  /** Past its day: the broker is late. */
  readonly late: boolean;
  /** How many business days went by without an act of whoever has it. */
  readonly still: number;
}

/** What was done with it last, of what is kept. */
export interface Kept {
  readonly owner: PersonKey | undefined;
  readonly until: Temporal.PlainDate | undefined;
  readonly on: Temporal.PlainDate;
}

export interface Ground {
  readonly team: Team;
  readonly today: Temporal.PlainDate;
  readonly days: BusinessDays;
}

const latest = (...days: readonly (Temporal.PlainDate | undefined)[]): Temporal.PlainDate | undefined =>
  days
    .flatMap((day) => day ?? [])
    .sort(Temporal.PlainDate.compare)
    .at(-1);

/** In whose hands something is: nobody's where its owner is of the staff no more. */
export function holderOf(owner: PersonKey | undefined, { members, away }: Team) {
  const holder = owner && members.get(personKeyOf(owner));
  return { holder, awayUntil: holder && away.get(personKeyOf(holder)) };
}

/** How something that waits stands; its feature says whose it is where `keeps`. */
export function itemOf(
  wait: Wait,
  { kind, noun, keeps }: Pick<Item, 'kind' | 'noun'> & { readonly keeps: boolean },
  kept: Kept | undefined,
  { team, today, days }: Ground,
): Item {
  const until = kept?.until && Temporal.PlainDate.compare(kept.until, today) > 0 ? kept.until : undefined;
  const moved =
    latest(brokerDate(wait.since), wait.touched && brokerDate(wait.touched), kept?.on, kept?.until) ?? today;
  return {
    ...wait,
    kind,
    noun,
    ...holderOf(keeps ? wait.owner : kept?.owner, team),
    until,
    late: isPast(wait.due, today),
    still: until ? 0 : Math.max(0, days.office.between(moved, today)),
  };
}

export const isHeldBy = ({ holder }: Pick<Item, 'holder'>, person: PersonKey): boolean =>
  holder !== undefined && personKeyOf(holder) === personKeyOf(person);

/** Anybody's: nobody has it, or whoever does is away. */
export const isOffered = ({ holder, awayUntil }: Pick<Item, 'holder' | 'awayUntil'>): boolean =>
  holder === undefined || awayUntil !== undefined;

/** Somebody else's, whom one asks first. */
export const isAnothers = (item: Pick<Item, 'holder' | 'awayUntil'>, person: PersonKey): boolean =>
  !isOffered(item) && !isHeldBy(item, person);
