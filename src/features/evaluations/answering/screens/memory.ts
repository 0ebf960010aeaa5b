import { frenchDay } from '../../../../core/clock.ts';
import { count, escapeMarkdown, shorten } from '../../../../core/text/text.ts';
import type { Memory, MemoryEvent } from '../rules/record.ts';

const MOST_REMEMBERED = 8;

/** An event of the year, in a line. */
export const eventText = ({ on, good, text }: MemoryEvent): string =>
  `${good ? 'Bon' : 'Mauvais'}, ${frenchDay(on)} : ${escapeMarkdown(shorten(text, 160))}`;

/** What happened about one criterion. */
export const aboutCriterion = ({ events }: Memory, id: string): string[] =>
  events.filter(({ criterion }) => criterion === id).map(eventText);

/** What happened, but about one criterion: what was noted, then what changed; the rest is counted. */
export function memoryOf({ events, changes }: Memory, among: (event: MemoryEvent) => boolean = () => true) {
  const lines = [
    ...events.filter(among).map(eventText),
    ...changes.map((change) => escapeMarkdown(shorten(change, 160))),
  ];
  const rest = lines.length - MOST_REMEMBERED;
  return {
    memory: [
      ...lines.slice(0, MOST_REMEMBERED),
      ...(rest > 0 ? [`Et ${count(rest, 'autre')} : voyez le document.`] : []),
    ].map((text) => ({ text })),
    remembered: lines.length > 0,
  };
}

/** « Durant l’année », or all of the contract at its end. */
export const memoryTitle = (final: boolean): string => (final ? 'Durant le contrat' : 'Durant l’année');
