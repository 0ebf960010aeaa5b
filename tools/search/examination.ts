import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fold } from '../../src/core/text/text.ts';
import { aboutItself } from '../../src/features/knowledge/answering/about.ts';
import { understand } from '../../src/features/knowledge/answering/understanding.ts';
import {
  buildKnowledgeBase,
  KNOWLEDGE_FOLDER,
  readContent,
  searchableOf,
  smallTalk,
} from '../../src/features/knowledge/index.ts';
import { miniSearch } from './mini-search.ts';

/**
 * One message of an examination, those that came before it, and the sections that a right answer comes from. `none`: the
 * guide does not answer, whatever near sections stand beside it.
 */
const Message = z.object({
  kind: z.string(),
  before: z.array(z.string()).default([]),
  q: z.string(),
  sections: z.array(z.string()),
});
type Message = z.infer<typeof Message>;

export interface Verdict {
  readonly kind: string;
  readonly asked: string;
  readonly sections: readonly string[];
  readonly outcome: 'answer' | 'choice' | 'none';
  /** The entry that came first. */
  readonly id: string | undefined;
  /** It is one of the sections'; the second answer too, when the message asks two questions. */
  readonly first: boolean;
  /** First when answered, among the three of a choice; and no answer where there is none. */
  readonly right: boolean;
  /** MiniSearch's first is one of the sections'. */
  readonly peer: boolean;
  readonly ms: number;
}

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

/** Passes an examination: a message a line of a file. */
export function examined(file: string): Verdict[] {
  const { content } = readContent(KNOWLEDGE_FOLDER);
  const base = buildKnowledgeBase(content);
  base.warm();
  const references = new Map(content.entries.map((entry) => [entry.id, entry.reference]));
  const peer = miniSearch(searchableOf(content));
  const isFrom = (id: string | undefined, section: string) => isOf(references.get(id ?? '') ?? '', section);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => judged(Message.parse(JSON.parse(line)), base, isFrom, (q) => peer.search(q)[0]?.id));
}

/** Whether a reference of an entry is a section, as the examination writes it. */
function isOf(reference: string, section: string): boolean {
  const [had, wanted] = [fold(reference), fold(section)];
  if (had === '') return false;
  const same = SAME.filter((group) => group.some((each) => isUnder(wanted, fold(each)))).flat();
  if (wanted.startsWith('def')) {
    const [term = ''] = wanted.slice(4).trim().split(/[ '(]/);
    if (had.startsWith('def:') && had.includes(term)) return true;
  }
  return had === wanted || same.some((each) => isUnder(had, fold(each)));
}

/** Whether a reference is another one, or begins with it: 4.1 is no beginning of 4.10. */
const isUnder = (reference: string, whole: string): boolean =>
  reference.startsWith(whole) && !/^\d/.test(reference.slice(whole.length));

function judged(
  { kind, before, q, sections }: Message,
  base: ReturnType<typeof buildKnowledgeBase>,
  isFrom: (id: string | undefined, section: string) => boolean,
  peer: (q: string) => string | undefined,
): Verdict {
  let then: Parameters<typeof understand>[1];
  for (const text of before) {
    const read = understand(text, then, base);
    const shown = read.result.outcome === 'answer' ? read.result.hits[0]?.id : undefined;
    then = { root: read.root ?? text, entry: base.entry(shown ?? '') };
  }
  const started = performance.now();
  const { result, also } = understand(q, then, base);
  const ms = performance.now() - started;
  const outcome = smallTalk(q) || aboutItself(q) ? 'none' : result.outcome;
  const wanted = sections.includes('none') ? [] : sections;
  const good = (id: string | undefined) => wanted.some((section) => isFrom(id, section));
  const [id] = result.hits.map((hit) => hit.id);
  const first = good(id) && (kind !== 'double' || also === undefined || good(also));
  const proposed = outcome === 'choice' && result.hits.slice(0, 3).some((hit) => good(hit.id));
  const right = wanted.length === 0 ? outcome !== 'answer' : outcome === 'answer' ? first : proposed;
  return { kind, asked: q, sections, outcome, id, first, right, peer: good(peer(q)), ms };
}
