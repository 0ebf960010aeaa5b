import { join } from 'node:path';
import { examined, type Verdict } from './examination.ts';

/**
 * Prints, by kind of message, what the assistant makes of an examination, and MiniSearch's first beside it.
 * `node tools/search/exam.ts [KIND [FILE]]`: KIND shows what is missed of it, FILE is another examination.
 */
const [shown, file = join(import.meta.dirname, '../../test/features/knowledge/search/exam.jsonl')] =
  process.argv.slice(2);
const verdicts = examined(file);

for (const { kind, right, outcome, id, sections, asked } of verdicts)
  if (kind === shown && !right)
    process.stdout.write(`${outcome} ${id} for ${sections.join(', ')}: ${asked}\n`);

const COLUMNS: readonly [string, (verdict: Verdict) => boolean][] = [
  ['right', ({ right }) => right],
  ['first', ({ first }) => first],
  ['MiniSearch', ({ peer }) => peer],
  ['answered', ({ outcome }) => outcome === 'answer'],
  ['wrong outright', ({ outcome, first }) => outcome === 'answer' && !first],
  ['choice', ({ outcome }) => outcome === 'choice'],
  ['none', ({ outcome }) => outcome === 'none'],
];
const WIDTH = 15;
const line = (cells: readonly string[]) =>
  process.stdout.write(`${cells.map((cell) => cell.padStart(WIDTH)).join('')}\n`);

line(['kind', 'messages', ...COLUMNS.map(([name]) => name)]);
for (const [kind, rows] of [...Map.groupBy(verdicts, (verdict) => verdict.kind), ['all', verdicts] as const])
  line([
    kind,
    String(rows.length),
    ...COLUMNS.map(([, is]) => `${((100 * rows.filter(is).length) / rows.length).toFixed(1)} %`),
  ]);
const times = verdicts.map(({ ms }) => ms).sort((a, b) => a - b);
process.stdout.write(`median of a message: ${times[Math.floor(times.length / 2)]?.toFixed(2)} ms\n`);
