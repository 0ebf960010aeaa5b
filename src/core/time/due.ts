import { frenchDate } from '../clock.ts';
import { guideSource } from '../guide/index.ts';
import { isBefore } from './days.ts';

/** Whose word a date, a limit or a duty is: the guide's, in a section, or the broker's own, set where `setIn` says. */
export type Origin =
  | { readonly source: 'guide'; readonly section: string }
  | { readonly source: 'repère'; readonly setIn: string };

/** A date and whose word it is: « au plus tard » and « en retard » are for the guide's only. */
export type Due = Origin & { readonly on: Temporal.PlainDate };

export const byGuide = (section: string): Origin => ({ source: 'guide', section });
export const byBroker = (setIn: string): Origin => ({ source: 'repère', setIn });

export const isPast = ({ on }: Due, today: Temporal.PlainDate): boolean => isBefore(on, today);

/** Late is what the guide's date has passed; a « repère » only passes. */
export const isLate = (due: Due, today: Temporal.PlainDate): boolean =>
  due.source === 'guide' && isPast(due, today);

/** « Au plus tard le 27 novembre 2026 », « Repère : 27 novembre 2026 ». */
export const dueText = ({ source, on }: Due): string =>
  source === 'guide' ? `Au plus tard le ${frenchDate(on)}` : `Repère : ${frenchDate(on)}`;

/** What is said of a date that has passed: « En retard : attendu au plus tard le … », « Repère passé : … ». */
export const pastText = ({ source, on }: Due): string =>
  source === 'guide'
    ? `En retard : attendu au plus tard le ${frenchDate(on)}`
    : `Repère passé : ${frenchDate(on)}`;

/** The line that says whose word something to do is, and its date. Only what is all the guide's has a « Source ». */
export function originLine(asked: Origin, due: Due): string {
  if (asked.source === 'repère') return 'Repère : une aide du Courtier, que le guide ne demande pas.';
  return due.source === 'guide'
    ? `Source : ${guideSource(due.section)}`
    : `Repère : le Courtier fixe cette date, le guide non. À faire d’après : ${guideSource(asked.section)}`;
}
