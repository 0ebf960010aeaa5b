import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { KNOWLEDGE_FOLDER, readContent, searchableOf } from '../../../../src/features/knowledge/index.ts';
import { buildSearchIndex, smallTalk } from '../../../../src/features/knowledge/search/index.ts';

interface Asked {
  readonly q: string;
  readonly expect: string | null;
  readonly accept: readonly string[];
  readonly style: 'ordinary' | 'hard' | 'out';
}

/** Questions written from the guide alone, by someone who saw neither the entries nor the engine. */
const asked: Asked[] = readFileSync(join(import.meta.dirname, 'held-out.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const { content } = readContent(KNOWLEDGE_FOLDER);
const references = new Map(content.entries.map((entry) => [entry.id, entry.reference]));
const index = buildSearchIndex(searchableOf(content), { background: content.outOfScope });
const judged = asked.map((question) => {
  const { outcome, hits } = index.search(question.q);
  const reference = references.get(hits[0]?.id ?? '') ?? '';
  return {
    ...question,
    right: [question.expect, ...question.accept].includes(reference),
    declined: outcome === 'none' || smallTalk(question.q) !== undefined,
  };
});
const share = (
  rows: readonly (typeof judged)[number][],
  of: (row: (typeof judged)[number]) => boolean,
): number => rows.filter(of).length / rows.length;
const styled = (...styles: Asked['style'][]) => judged.filter((row) => styles.includes(row.style));

test('ordinary questions are right first time at least 92 times in a hundred', () => {
  expect(share(styled('ordinary'), (row) => row.right)).toBeGreaterThanOrEqual(0.92);
});

test('paraphrases that avoid the guide’s words are right first time at least 70 times in a hundred', () => {
  expect(share(styled('hard'), (row) => row.right)).toBeGreaterThanOrEqual(0.7);
});

test('messages out of scope are declined at least 90 times in a hundred', () => {
  expect(share(styled('out'), (row) => row.declined)).toBeGreaterThanOrEqual(0.9);
});

test('ordinary questions are hardly ever declined', () => {
  expect(share(styled('ordinary'), (row) => row.declined)).toBeLessThanOrEqual(0.02);
});

test('questions that have an answer are declined at most 5 times in a hundred', () => {
  expect(share(styled('ordinary', 'hard'), (row) => row.declined)).toBeLessThanOrEqual(0.05);
});

test('hardly any question of the held-out set happens to be a wording of the content', () => {
  const wordings = new Set(content.entries.flatMap((entry) => [entry.title, ...entry.questions]));
  expect(share(judged, ({ q }) => wordings.has(q))).toBeLessThan(0.03);
});
