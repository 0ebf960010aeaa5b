import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSearchIndex,
  KNOWLEDGE_FOLDER,
  readContent,
  searchableOf,
} from '../src/features/knowledge/index.ts';
import { miniSearch } from '../tools/search/mini-search.ts';
import { median, row, timed } from './figures.ts';

interface Asked {
  readonly q: string;
  readonly expect: string | null;
  readonly accept: readonly string[];
  readonly style: string;
}

/** Accuracy and speed of the search, beside MiniSearch with French stems on the same entries and questions. */
export function benchSearch(): void {
  const { content } = readContent(KNOWLEDGE_FOLDER);
  const entries = searchableOf(content);
  const references = new Map(content.entries.map((entry) => [entry.id, entry.reference]));
  const file = join(import.meta.dirname, '../test/features/knowledge/search/held-out.jsonl');
  const asked: Asked[] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const answerable = asked.filter((question) => question.expect !== null);

  const [ours, ourBuild] = timed(() => buildSearchIndex(entries, { background: content.outOfScope }));
  const [peer, peerBuild] = timed(() => miniSearch(entries));

  function measure(search: (text: string) => string | undefined) {
    for (const { q } of asked) search(q);
    const times: number[] = [];
    const right = (style: string): number => {
      const rows = answerable.filter((question) => question.style === style);
      const good = rows.filter((question) => {
        const [id, elapsed] = timed(() => search(question.q));
        times.push(elapsed);
        return [question.expect, ...question.accept].includes(references.get(id ?? '') ?? '');
      });
      return (100 * good.length) / rows.length;
    };
    return { ordinary: right('ordinary'), hard: right('hard'), latency: median(times) };
  }
  const we = measure((text) => ours.search(text).hits[0]?.id);
  const they = measure((text) => peer.search(text)[0]?.id);

  console.log(`\nSearch, ${entries.length} entries, ${answerable.length} questions kept apart`);
  row('', 'Courtier', 'MiniSearch', 'ratio');
  row('ordinary, right first (%)', we.ordinary, they.ordinary, we.ordinary / they.ordinary);
  row('hard, right first (%)', we.hard, they.hard, we.hard / they.hard);
  row('median of one question (ms)', we.latency, they.latency, we.latency / they.latency);
  row('building the index (ms)', ourBuild, peerBuild, ourBuild / peerBuild);
}
