import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { compiledOr, compileTo, type Source } from '../../src/core/compiled.ts';
import { GUIDE_FOLDER, readGuide } from '../../src/core/guide/index.ts';
import { listedHolidays } from '../../src/edges/calendar/index.ts';
import { KNOWLEDGE_FOLDER, readContent } from '../../src/features/knowledge/content/content.ts';

const BUILD = 'the sources of today';
let folder: string;
let path: string;
const source = (changes: Partial<Source> = {}): Source => ({
  folder: join(folder, 'texts'),
  deep: true,
  also: { year: 2018 },
  ...changes,
});
/** What is found for some files, and whether they were read for it. */
const found = (from = source(), build: string | undefined = BUILD) =>
  compiledOr(path, from, () => 'read', build);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-compiled-'));
  path = join(folder, 'compiled.json');
  mkdirSync(join(folder, 'texts/below'), { recursive: true });
  writeFileSync(join(folder, 'texts/one.md'), 'One.');
  writeFileSync(join(folder, 'texts/below/two.md'), 'Two.');
  compileTo(path, source(), 'compiled', BUILD);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what was compiled is taken while its files are as they were', () => {
  expect(found()).toBe('compiled');
});

test.each<[string, () => void]>([
  ['a byte changed', () => writeFileSync(join(folder, 'texts/one.md'), 'One!')],
  ['a file below changed', () => writeFileSync(join(folder, 'texts/below/two.md'), 'Deux.')],
  ['a file came', () => writeFileSync(join(folder, 'texts/three.md'), 'Three.')],
  ['a file went', () => rmSync(join(folder, 'texts/below/two.md'))],
  ['what was compiled is damaged', () => writeFileSync(path, '{"key":')],
  ['what was compiled is away', () => rmSync(path)],
])('the files are read when %s', (_what, happen) => {
  happen();
  expect(found()).toBe('read');
});

test('the files are read for another build, for what depends on something else, and for the sources', () => {
  expect(found(source(), 'other sources')).toBe('read');
  expect(found(source({ also: { year: 2026 } }))).toBe('read');
  expect(compiledOr(path, source(), () => 'read', undefined)).toBe('read');
});

test('the folders below count only where they are said to', () => {
  compileTo(path, source({ deep: false }), 'compiled', BUILD);
  writeFileSync(join(folder, 'texts/below/two.md'), 'Deux.');
  expect(found(source({ deep: false }))).toBe('compiled');
});

test('what comes of the code alone is taken while the build is the same', () => {
  compileTo(path, {}, 'compiled', BUILD);
  expect(found({})).toBe('compiled');
  expect(compiledOr(path, {}, () => 'read', 'other sources')).toBe('read');
});

describe('what the build compiles', () => {
  const { guide, problems } = readGuide(GUIDE_FOLDER);
  test.each<[string, unknown]>([
    ['the guide’s facts', { guide, problems }],
    ['the entries', readContent(KNOWLEDGE_FOLDER).content],
    ['the holidays', listedHolidays()],
  ])('keeps all of %s', (_what, value) => {
    expect(JSON.parse(JSON.stringify(value))).toEqual(value);
  });
});
