import { frenchDate } from '../../../core/clock.ts';
import type { Recall } from '../../../core/recalls.ts';
import { escapeMarkdown } from '../../../core/text/text.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import { laterOf } from '../../../core/time/days.ts';
import { type Line, lineOf, type Wished } from '../rules.ts';
import type { ReminderServices } from './services.ts';

/** Lines on one card. */
export const PAGE = 6;

const FIXED: Record<Exclude<Line['kind'], 'later' | 'next'>, string> = {
  done: 'Fait',
  stopped: 'Plus de rappel, à votre demande',
  held: 'En pause du Courtier',
  news: 'Pour votre information',
  waits: 'Dans votre prochaine carte',
  ended: 'Toujours à faire ; plus aucun rappel n’est prévu',
};

/** When a reminder that is meant for a day comes: on a business day, and not during a pause. */
export function comesOn(
  on: Temporal.PlainDate,
  { hours }: Pick<ReminderServices, 'hours'>,
  pausedUntil: Temporal.PlainDate | undefined,
): Temporal.PlainDate {
  const free = pausedUntil ? laterOf(pausedUntil, on) : on;
  return brokerDate(hours.opening(free));
}

/** What is said of a line in an agenda: when it comes, or why it does not. */
export const whenOf = (line: Line, comes: (on: Temporal.PlainDate) => Temporal.PlainDate): string =>
  line.kind === 'later'
    ? `Remis au ${frenchDate(comes(line.on))}`
    : line.kind === 'next'
      ? `Prochain rappel le ${frenchDate(comes(line.on))}`
      : FIXED[line.kind];

/** What its person may do of a line. */
const wishesOf = ({ kind }: Line) => ({
  open: kind !== 'done',
  deferrable: kind === 'next' || kind === 'later' || kind === 'waits' || kind === 'ended',
  stopped: kind === 'stopped',
});

/** A line as every card shows it. */
export const lineView = (recall: Recall, row: Wished | undefined, today: Temporal.PlainDate) => {
  const line = lineOf(recall, row, today);
  return {
    line,
    view: {
      thing: recall.thing,
      what: escapeMarkdown(recall.what),
      stands: recall.stands,
      ...wishesOf(line),
    },
  };
};
