import { guide } from '../../../core/guide/index.ts';
import { capital, fold } from '../../../core/text/text.ts';
import { mayOpen, mayTurn } from '../reading/polarity.ts';
import { quantitiesOf, sharersOf, totalOf } from '../reading/quantities.ts';
import type { Point } from '../screens/schema.ts';
import { keysOf, type MessageKeys } from '../search/index.ts';
import { stemOf } from '../search/stems.ts';

interface Led {
  readonly answer: string;
  readonly points: readonly Point[];
  readonly turned: readonly string[];
}

/** « Oui. » or « Non. » at the head of an answer. */
const OPENING = /^\*\*(?:Oui|Non)\.\*\*\s+/;
/** « Oui : » or « Non : » before a sentence. */
const VERDICT = /^(?:Oui|Non)\u00a0?\s?: /;

/**
 * How an answer begins for a message: the point of it that the message is about, held against what the message counts
 * (« Non : 30 unités au plus »), and the answer without a « Oui » or a « Non » that the message does not ask for.
 */
export function readFor(entry: Led, message: string): { lead: string | undefined; answer: string } {
  const lead = leadOf(entry.points, message);
  const bare = lead !== undefined || !mayOpen(message, entry.turned);
  return { lead, answer: bare ? capital(entry.answer.replace(OPENING, '')) : entry.answer };
}

/** The point of an answer that a message is about, as it is said for it. */
export function leadOf(points: readonly Point[], message: string): string | undefined {
  const keys = keysOf(message);
  const counted = quantitiesOf(message);
  const open = points.filter(({ only }) => only.length === 0 || names(keys, only));
  for (const point of open) {
    const quantity = point.counts && totalOf(counted, point.counts, message);
    if (quantity) return worded(verdict(point, quantity.value / sharersOf(message, point.each)), message);
  }
  return open.find(({ about }) => names(keys, about))?.says;
}

/** When something happens, which is no length of anything: « dans six mois », « depuis deux ans ». */
const MOMENT = /\b(?:dans|depuis|d'ici|il y a)\s+(?:\S+\s+){1,3}?(?:jours?|semaines?|mois|ans?|annees?)\b/g;

/** Whether what a message counts is what an answer limits. */
export function limits(points: readonly Point[], message: string): boolean {
  const counted = quantitiesOf(fold(message).replace(MOMENT, ' '));
  if (counted.length === 0) return false;
  const keys = keysOf(message);
  return points.some(
    ({ counts, rule, only }) =>
      rule !== undefined &&
      counted.some(({ measure }) => measure === counts) &&
      (only.length === 0 || names(keys, only)),
  );
}

/** What a point says of a quantity. */
function verdict({ rule, least, says, within = says, beyond = says }: Point, value: number): string {
  if (!rule) return says;
  const limit = limitOf(rule);
  return (least ? value >= limit : value <= limit) ? within : beyond;
}

/** Without its « Oui » or « Non » when the message could ask for the contrary. */
const worded = (sentence: string, message: string): string =>
  mayTurn(message) ? capital(sentence.replace(VERDICT, '')) : sentence;

const DAYS_OF: Readonly<Record<string, number>> = { jour: 1, 'jour ouvrable': 7 / 5, an: 365 };

/** A rule of the guide in the measure of a quantity: days, or units. */
function limitOf(rule: NonNullable<Point['rule']>): number {
  const { value, unit } = guide().rules[rule];
  return value * (DAYS_OF[unit] ?? 1);
}

/** Whether a message names one of some words. */
const names = (keys: MessageKeys, words: readonly string[]): boolean =>
  words.some((word) => keys.has(/^[#?]/.test(word) ? word : stemOf(fold(word))));
