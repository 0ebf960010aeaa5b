import { frenchDay } from '../../../../core/clock.ts';
import { count, escapeMarkdown, shorten } from '../../../../core/text.ts';
import type { Answered, ContractEvent } from '../store/answered.ts';

const MOST_REMEMBERED = 8;

/** An event of the year, in a line. */
export const eventText = ({ on, good, text }: ContractEvent): string =>
  `${good ? 'Bon' : 'Mauvais'}, ${frenchDay(on)} : ${escapeMarkdown(shorten(text, 160))}`;

/** What happened during the year: what was noted, then what changed; the rest is counted. */
export function memoryOf({ events, changes }: Answered) {
  const lines = [...events.map(eventText), ...changes.map((change) => escapeMarkdown(shorten(change, 160)))];
  const rest = lines.length - MOST_REMEMBERED;
  return {
    memory: [
      ...lines.slice(0, MOST_REMEMBERED),
      ...(rest > 0 ? [`Et ${count(rest, 'autre')} : voyez le document.`] : []),
    ].map((text) => ({ text })),
    remembered: lines.length > 0,
  };
}
