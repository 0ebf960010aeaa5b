import { createHash } from 'node:crypto';
import { fold } from '../src/core/text/text.ts';

/** A sentence of the guide, without its text: what a table may hold of it. */
export interface Sentence {
  /** « 3.3.2 », « FAQ 9 », « 1 », « historique ». */
  readonly section: string;
  /** Its first words, never the whole. */
  readonly start: string;
  /** Ten hexadecimal digits of what it says, accents, case and marks aside. */
  readonly print: string;
}

const CONTENTS = 'Table des matières';
const HISTORY = 'Historique des modifications';
const BULLET = /^\s*(?:[-➤•]|\d{1,2}\.|<ul>|<li>)\s*/;
const FEW = 3;

/** The sentences of the guide's text, in its order. Titles, the cover and the table of contents are none. */
export function sentencesOf(text: string): Sentence[] {
  const found: Sentence[] = [];
  let section = '';
  let question = 0;
  for (const line of lines(text)) {
    if (line.trim() === HISTORY) section = 'historique';
    const heading = titleOf(line);
    if (heading) section = heading;
    if (section === '' || heading || line.trim() === HISTORY) continue;
    if (section.startsWith('5') || section.startsWith('FAQ')) {
      if (/^- \*\*.+\*\*$/.test(line.trim())) {
        question++;
        section = `FAQ ${question}`;
      }
    }
    for (const sentence of split(line)) {
      const words = sentence.split(/\s+/);
      const few = Math.min(FEW, Math.max(1, Math.floor(words.length / 2)));
      found.push({ section, start: `${words.slice(0, few).join(' ')}…`, print: printOf(sentence) });
    }
  }
  return found;
}

/** Lines without the cover and the table of contents; what a page's end has cut is put together again. */
function lines(text: string): string[] {
  const all = text.split(/\r?\n/);
  const [from, to] = [
    all.findIndex((line) => line.trim() === CONTENTS),
    all.findIndex((line) => line.trim() === HISTORY),
  ];
  const kept = all.filter((line, n) => (n < from || n >= to) && line.trim() !== '');
  const joined: string[] = [];
  for (const line of kept) {
    const before = joined.at(-1);
    if (before !== undefined && /[\p{Ll},]$/u.test(before) && /^\p{Ll}/u.test(line))
      joined[joined.length - 1] = `${before} ${line}`;
    else joined.push(line);
  }
  return joined;
}

/** « 3.3.2 » of a title; undefined for a line of text. */
function titleOf(line: string): string | undefined {
  const title = /^(\d(?:\.\d{1,2}){0,2})\. ?(.*)$/.exec(line.trim());
  if (!title) return undefined;
  const [, number = '', words = ''] = title;
  return number.includes('.') || words === words.toUpperCase() ? number : undefined;
}

const split = (line: string): string[] =>
  line
    .replace(/<[^>]+>/g, ' ')
    .replace(BULLET, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/[*_]/g, '')
    .split(/(?<=[.!?])\s+(?=[\p{Lu}«¹²])(?<!\bex\. )(?<!\bN\.B\. )/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}{2}/u.test(sentence));

const printOf = (sentence: string): string =>
  createHash('sha256')
    .update(
      fold(sentence)
        .replace(/[^a-z0-9]+/g, ' ')
        .trim(),
    )
    .digest('hex')
    .slice(0, 10);

/** A line of the table of what is covered. */
export interface Covered extends Sentence {
  readonly number: number;
  /** None when it is left out on purpose. */
  readonly entries: readonly string[];
  readonly facts: readonly string[];
  /** Why it is left out. */
  readonly reason: string;
}

const ROW = /^\| (\d+) \| ([^|]+) \| ([^|]+) \| `([0-9a-f]{10})` \| ([^|]+) \| ?([^|]*) ?\|$/gm;

/** The lines of the table. */
export function coverageOf(markdown: string): Covered[] {
  const named = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  return [...markdown.matchAll(ROW)].map(
    ([, number, section = '', start = '', print = '', entry = '', last = '']) => ({
      number: Number(number),
      section,
      start,
      print,
      entries: named(entry),
      facts: named(last),
      reason: entry.trim() === '–' ? last.trim() : '',
    }),
  );
}
