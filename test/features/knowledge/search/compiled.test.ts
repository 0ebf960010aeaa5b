import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import { ROOT } from '../../../../src/core/root.ts';
import { KNOWLEDGE_FOLDER, readContent, searchableOf } from '../../../../src/features/knowledge/index.ts';
import {
  COMPILED,
  compile,
  restore,
  restoredFrom,
  sealed,
} from '../../../../src/features/knowledge/search/compiled.ts';
import { written } from '../../../../src/features/knowledge/search/flat.ts';
import { buildSearchIndex } from '../../../../src/features/knowledge/search/index.ts';
import { wordsIn } from '../../../../src/features/knowledge/search/known-words.ts';
import { sourcesDigest } from '../../../../tools/sources.ts';
import { bundle } from '../../../support/bundle.ts';

const BUILD = 'a build';
const { content } = readContent(KNOWLEDGE_FOLDER);
const material = { entries: searchableOf(content), background: content.outOfScope };
const file = compile(material, BUILD);
const built = buildSearchIndex(material.entries, material);
const folder = mkdtempSync(join(tmpdir(), 'courtier-compiled-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const questions = ['held-out.jsonl', 'exam.jsonl'].flatMap((name) =>
  readFileSync(join(import.meta.dirname, name), 'utf8')
    .trim()
    .split('\n')
    .map((line): string => JSON.parse(line).q),
);

test('a restored index finds and explains what the built one does, to the last digit', () => {
  expect(questions.length).toBeGreaterThan(100);
  const index = restore(file, material, BUILD)?.index;
  for (const asked of [...questions, 'durrée maximal du contra', '', 'xqzt']) {
    expect(index?.search(asked)).toEqual(built.search(asked));
    expect(index?.explain(asked)).toEqual(built.explain(asked));
  }
});

test('the words of the files are restored with it', () => {
  expect(restore(file, material, BUILD)?.words).toEqual(wordsIn(material));
});

test('what a restored index knows is all that the built one knows', () => {
  expect(isDeepStrictEqual(restore(file, material, BUILD)?.index.state, built.state)).toBe(true);
});

test.each([
  [
    'an entry more',
    { ...material, entries: [...material.entries, { ...material.entries[0], id: 'x' }] },
    BUILD,
  ],
  ['a wording less', { ...material, entries: material.entries.toSpliced(0, 1) }, BUILD],
  ['another order', { ...material, entries: material.entries.toReversed() }, BUILD],
  ['another message out of scope', { ...material, background: [...material.background, 'ma tante'] }, BUILD],
  ['another build', material, 'another build'],
])('a file is not taken for %s', (_what, asked, build) => {
  expect(restore(file, asked as typeof material, build)).toBeUndefined();
});

test.each([
  ['no file', undefined],
  ['an empty file', Buffer.alloc(0)],
  ['a foreign file', Buffer.from('{"index": true}')],
  ['a file cut short', file.subarray(0, file.length - 1_000)],
  ['a file cut in its head', file.subarray(0, 70)],
  ['a file with one byte changed', withAnother(file, Math.floor(file.length / 2))],
  ['a file with one byte changed in its head', withAnother(file, 200)],
  ['a whole file of something else', sealed(file.subarray(32, 64), Buffer.from('not an index at all'))],
])('%s gives nothing, and does not fail', (_what, bytes) => {
  const path = join(folder, COMPILED);
  rmSync(path, { force: true });
  if (bytes) writeFileSync(path, bytes);
  expect(restoredFrom(path, material, BUILD)).toBeUndefined();
});

/** A copy, with one byte of it another. */
function withAnother(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

test('the build writes the file of the entries that come with the code', () => {
  const made = readFileSync(join(bundle(), COMPILED));
  expect(restore(made, material, sourcesDigest())?.index.search('durée du contrat').outcome).toBe('answer');
});

test('what the bundle runs answers from the file beside it, and builds when that is damaged', () => {
  const copy = mkdtempSync(join(ROOT, 'dist/compiled-'));
  try {
    cpSync(bundle(), copy, { recursive: true });
    const path = join(copy, COMPILED);
    const key = readFileSync(path).subarray(32, 64);
    const ask = (): string =>
      JSON.parse(
        execFileSync(process.execPath, [join(copy, 'cli.js'), 'ask', '--json', 'durée du contrat'], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      ).outcome;
    expect(ask()).toBe('answer');
    // A file that passes for the right one, and knows no word: who reads it declines everything.
    const [first] = material.entries;
    const ignorant = buildSearchIndex(
      material.entries.map((entry) => ({ ...entry, question: 'zzyx', alternates: [], answer: '' })),
      { background: [first?.question ?? ''] },
    ).state;
    const words = { written: [], stems: [] };
    writeFileSync(path, sealed(key, written({ ...ignorant, words })));
    expect(ask()).toBe('none');
    writeFileSync(path, readFileSync(path).subarray(0, 5_000));
    expect(ask()).toBe('answer');
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
