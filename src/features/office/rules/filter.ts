import type { PersonKey } from '../../people/index.ts';
import { type Item, isHeldBy, isOffered } from './standing.ts';

export const WHOSE = ['all', 'mine', 'nobody', 'later'] as const;
export const ORDERS = ['due', 'age'] as const;

/** Which of what waits is listed, and in which order. */
export interface Filter {
  /** `later` is what was put off, which is in no other list. */
  readonly whose: (typeof WHOSE)[number];
  readonly late: boolean;
  /** A kind; all of them when it is empty. */
  readonly genre: string;
  readonly order: (typeof ORDERS)[number];
}

export const EVERYTHING: Filter = { whose: 'all', late: false, genre: '', order: 'due' };

const BELONGS: Readonly<Record<Filter['whose'], (item: Item, me: PersonKey) => boolean>> = {
  all: ({ until }) => until === undefined,
  mine: (item, me) => item.until === undefined && isHeldBy(item, me),
  nobody: (item) => item.until === undefined && isOffered(item),
  later: ({ until }) => until !== undefined,
};

const byAge = (one: Item, other: Item): number =>
  one.since.getTime() - other.since.getTime() || (one.id < other.id ? -1 : 1);

/** What a filter lets through, in its order; what is due on the same day, the oldest first. */
export function filtered(
  items: readonly Item[],
  { whose, late, genre, order }: Filter,
  me: PersonKey,
): Item[] {
  return items
    .filter(
      (item) => BELONGS[whose](item, me) && (!late || item.late) && (genre === '' || item.kind === genre),
    )
    .sort((one, other) =>
      order === 'age'
        ? byAge(one, other)
        : Temporal.PlainDate.compare(one.due.on, other.due.on) || byAge(one, other),
    );
}

export interface Counts {
  readonly all: number;
  readonly mine: number;
  readonly nobody: number;
  readonly late: number;
  readonly later: number;
}

/** How much there is of each. */
export function counted(items: readonly Item[], me: PersonKey): Counts {
  const of = (whose: Filter['whose'], late = false) =>
    filtered(items, { ...EVERYTHING, whose, late }, me).length;
  return {
    all: of('all'),
    mine: of('mine'),
    nobody: of('nobody'),
    late: of('all', true),
    later: of('later'),
  };
}
