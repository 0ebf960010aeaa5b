import type { Person } from '../turn.ts';

/** How a step of a new office stands now: drawn from the facts each time that it is read, never kept. */
export interface FirstStanding {
  /** `aside`: there is nothing to do of it here. */
  readonly stands: 'done' | 'todo' | 'aside';
  /** What was found, in words: « 3 personnes, dont 1 à l’administration. » */
  readonly found: string;
}

/** Something that a new office puts in place before it serves anybody. */
export interface FirstStepRoute<S> {
  /** Its place among those of all features: 1 comes first. */
  readonly rank: number;
  /** What it is, by what there is to do: « Former l’équipe ». */
  readonly title: string;
  /** How it is done: a sentence or two. */
  readonly how: string;
  /** The words that open it. */
  readonly ask: string;
  readonly stands: (person: Person, services: S) => Promise<FirstStanding>;
}

/** One of the first steps, as it stands for somebody. */
export interface FirstStep extends Omit<FirstStepRoute<never>, 'stands' | 'rank'>, FirstStanding {}
