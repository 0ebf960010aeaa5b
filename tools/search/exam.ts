import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { newStemmer } from 'snowball-stemmers';
import { z } from 'zod';
import { fold } from '../../src/core/text.ts';
import { understand } from '../../src/features/knowledge/answering/understanding.ts';
import {
  buildKnowledgeBase,
  KNOWLEDGE_FOLDER,
  readContent,
  searchableOf,
  smallTalk,
} from '../../src/features/knowledge/index.ts';

/**
 * Passes an examination (KIND shows what is missed of it, FILE is another one): one message a line, with those that came before it and the sections of the guide that a right
 * answer comes from. Prints, by kind of message, what the assistant makes of it, and MiniSearch's first beside it.
 */
const Message = z.object({
  kind: z.string(),
  before: z.array(z.string()).default([]),
  q: z.string(),
  sections: z.array(z.string()),
});
type Message = z.infer<typeof Message>;

/** A kind whose misses are shown, and another examination. */
const [shown, file = join(import.meta.dirname, '../../test/features/knowledge/search/exam.jsonl')] =
  process.argv.slice(2);
const { content } = readContent(KNOWLEDGE_FOLDER);
const base = buildKnowledgeBase(content);
base.warm();
const peer = miniSearch();
const references = new Map(content.entries.map((entry) => [entry.id, entry.reference]));

/** The parts of the guide that say the same: an answer from either is right. */
const SAME: readonly (readonly string[])[] = [
  ['3.3.2', 'FAQ 5'],
  ['4.4', 'FAQ 9'],
  ['2.1', 'def: courtier'],
  ['2.2', 'def: catalogue'],
  ['4.3', 'def: frais'],
  ['2.3', 'FAQ 13'],
  ['3.2', 'FAQ 19'],
  ['4.1', 'FAQ 22'],
  ['6', 'contact'],
];

/** Whether an entry comes from a section, as the examination writes it. */
function isFrom(id: string | undefined, section: string): boolean {
  const reference = fold(references.get(id ?? '') ?? '');
  const wanted = fold(section);
  const same = SAME.filter((group) => group.some((each) => wanted.startsWith(fold(each)))).flat();
  if (reference === '') return false;
  if (wanted.startsWith('def')) {
    const [term = ''] = wanted.slice(4).trim().split(/[ '(]/);
    if (reference.startsWith('def:') && reference.includes(term)) return true;
  }
  return reference === wanted || same.some((each) => reference.startsWith(fold(each)));
}

interface Verdict {
  readonly kind: string;
  readonly outcome: 'answer' | 'choice' | 'none';
  readonly first: boolean;
  readonly peer: boolean;
  readonly ms: number;
}

function judged({ kind, before, q, sections }: Message): Verdict {
  let then: Parameters<typeof understand>[1];
  for (const text of before) {
    const read = understand(text, then, base);
    const id = read.result.outcome === 'answer' ? read.result.hits[0]?.id : undefined;
    then = { root: read.root ?? text, entry: base.entry(id ?? '') };
  }
  const started = performance.now();
  const { result, also } = understand(q, then, base);
  const ms = performance.now() - started;
  const outcome = smallTalk(q) ? 'none' : result.outcome;
  const wanted = sections.filter((section) => section !== 'none');
  const right = (id: string | undefined) => wanted.some((section) => isFrom(id, section));
  const both = wanted.length > 1 && kind === 'double' ? also === undefined || right(also) : true;
  const first = wanted.length > 0 && right(result.hits[0]?.id) && both;
  if (shown === kind && (wanted.length > 0 ? !first : outcome === 'answer'))
    process.stdout.write(`${outcome} ${result.hits[0]?.id} for ${wanted.join(', ') || 'none'}: ${q}\n`);
  return { kind, outcome, first, peer: right(peer.search(q)[0]?.id), ms };
}

function miniSearch(): MiniSearch {
  const stemmer = newStemmer('french');
  const index = new MiniSearch({
    fields: ['question', 'alternates', 'answer'],
    processTerm: (term) => stemmer.stem(fold(term)),
    searchOptions: { boost: { question: 2, alternates: 2 }, fuzzy: 0.2, prefix: true },
  });
  index.addAll(searchableOf(content).map((entry) => ({ ...entry, alternates: entry.alternates.join('\n') })));
  return index;
}

const verdicts = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => judged(Message.parse(JSON.parse(line))));
const percent = (some: readonly unknown[], all: readonly unknown[]): string =>
  `${((100 * some.length) / Math.max(1, all.length)).toFixed(1)} %`.padStart(8);

process.stdout.write(
  'kind           messages   first  MiniSearch answered  wrong outright  choice    none\n',
);
for (const [kind, rows] of Map.groupBy(verdicts, (verdict) => verdict.kind)) {
  const answered = rows.filter(({ outcome }) => outcome === 'answer');
  const columns = [
    percent(
      rows.filter(({ first }) => first),
      rows,
    ),
    percent(
      rows.filter((row) => row.peer),
      rows,
    ),
    percent(answered, rows),
    percent(
      answered.filter(({ first }) => !first),
      rows,
    ),
    percent(
      rows.filter(({ outcome }) => outcome === 'choice'),
      rows,
    ),
    percent(
      rows.filter(({ outcome }) => outcome === 'none'),
      rows,
    ),
  ];
  process.stdout.write(`${kind.padEnd(14)} ${String(rows.length).padStart(6)} ${columns.join('  ')}\n`);
}
const times = verdicts.map(({ ms }) => ms).sort((a, b) => a - b);
process.stdout.write(`median of a message: ${times[Math.floor(times.length / 2)]?.toFixed(2)} ms\n`);
