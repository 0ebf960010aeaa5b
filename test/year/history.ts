import { createHash } from 'node:crypto';
import type { Shown } from './chats.ts';
import { ZONE } from './house.ts';

/** What somebody, or something, did, and what came of it. */
export interface Happened {
  readonly at: Temporal.Instant;
  readonly who: string;
  readonly what: string;
}

/** Links are signed with a key that is drawn outside of every seed. */
const TOKEN = /(\/(?:liens|telechargements|pages|agenda)\/)[\w.-]+/g;
/** A hash of the house's own is the same for the same seed. */
const steady = (text: string): string => text.replace(TOKEN, '$1…');

export type History = ReturnType<typeof openHistory>;

/** The history of a world: its lines, and one hash of them all. */
export function openHistory() {
  const hash = createHash('sha256');
  const lines: Happened[] = [];
  return {
    lines,
    add(line: Happened): void {
      const told = { ...line, what: steady(line.what) };
      lines.push(told);
      hash.update(`${told.at} ${told.who}: ${told.what}\n`);
    },
    digest: (): string => hash.copy().digest('hex'),
  };
}

/** A card in a few lines, as one who reads it sees it. */
export function read({ template, words, buttons }: Shown): string {
  const shortened = words.replace(/\s*\n\s*/g, ' / ').trim();
  const titles = buttons.map(({ title }) => `[${title}]`).join(' ');
  return template === '' ? `« ${shortened} »` : `(${template}) ${shortened} ${titles}`.trim();
}

const LONGEST = 600;

/** Lines as a conversation, each with its hour at the broker's. */
export const asConversation = (lines: readonly Happened[]): string =>
  lines
    .map(({ at, who, what }) => {
      const local = at.toZonedDateTimeISO(ZONE).toPlainDateTime().toString({ smallestUnit: 'minute' });
      return `${local.replace('T', ' ')}  ${who} : ${what.length > LONGEST ? `${what.slice(0, LONGEST)}…` : what}`;
    })
    .join('\n');
