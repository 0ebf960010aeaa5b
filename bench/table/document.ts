import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../test/support/process.ts';
import type { Finding, Line } from './line.ts';

export const DOCUMENT = join(ROOT, 'docs/vitesse.md');
const [BEGIN, END] = ['<!-- mesures -->', '<!-- fin des mesures -->'];
const HEAD = [
  '| Quoi | Avant | But | Maintenant | À côté de | Commande |',
  '| --- | --- | --- | --- | --- | --- |',
];
const NOT_YET = 'pas encore mesuré';

const commandOf = (line: Line, row: string): string =>
  line.rows.length === 1
    ? `\`npm run bench table ${line.id}\``
    : `\`npm run bench table ${line.id}\` (${row})`;

/** What the document says now of each row, by the row's name. */
export function said(lines: readonly Line[], text: string): ReadonlyMap<string, string> {
  const cells = text.split('\n').map((each) => each.split(' | '));
  return new Map(
    lines.flatMap((line) =>
      line.rows.flatMap(({ id }) => {
        const now = cells.find((each) => each.at(-1)?.startsWith(commandOf(line, id)))?.at(-3);
        return now === undefined ? [] : [[id, now] as const];
      }),
    ),
  );
}

/** The document with what was found in it; what was not measured this time stays as it was. */
export function written(
  text: string,
  lines: readonly Line[],
  found: ReadonlyMap<string, string>,
  on: string,
): string {
  const before = said(lines, text);
  const rows = lines.flatMap((line) =>
    line.rows.map(({ id, what, goal, before: was, peer }) => {
      const now = found.has(id) ? `${found.get(id)} (${on})` : (before.get(id) ?? NOT_YET);
      return `| ${[what, was, goal, now, peer, commandOf(line, id)].join(' | ')} |`;
    }),
  );
  const [start, rest] = text.split(BEGIN);
  const end = rest?.split(END)[1];
  if (end === undefined) throw new Error(`${DOCUMENT}: no ${BEGIN} … ${END}`);
  return `${start}${BEGIN}\n${[...HEAD, ...rows].join('\n')}\n${END}${end}`;
}

/** What a finding is in the table. */
export const cellOf = ({ now, kept }: Finding): string => `${now} : ${kept ? 'tenu' : '**manqué**'}`;

/** The day, and how busy the machine was: what whoever reads a figure must know. */
export function occasion(day: string, load: number): string {
  const busy = load.toLocaleString('fr-CA', { maximumFractionDigits: 1 });
  return `${day}, charge ${busy} sur ${cpus().length}`;
}

/** Puts what was found in the document. */
export function writeDown(lines: readonly Line[], found: ReadonlyMap<string, string>, on: string): void {
  writeFileSync(DOCUMENT, written(readFileSync(DOCUMENT, 'utf8'), lines, found, on));
}
