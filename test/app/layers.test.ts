import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

// The layers' checker reads TypeScript with a parser that it finds, or else nothing, and is content either way.

const ROOT = join(import.meta.dirname, '../..');
let house: string;

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'courtier-layers-'));
  for (const shared of ['node_modules', 'tsconfig.json', 'package.json'])
    symlinkSync(join(ROOT, shared), join(house, shared));
});
afterEach(() => rmSync(house, { recursive: true, force: true }));

/** What the checker says of a house of these files. */
function verdict(files: Readonly<Record<string, string>>): string {
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), source);
  }
  const checker = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const laws = join(ROOT, '.dependency-cruiser.cjs');
  try {
    return execFileSync(process.execPath, [checker, 'src', '--config', laws, '--output-type', 'err'], {
      cwd: house,
      encoding: 'utf8',
    });
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  }
}

const above = { 'src/features/needs/index.ts': "export const needs: string = 'needs';\n" };

test('a feature that is entered otherwise than by its index is refused', () => {
  expect(
    verdict({
      'src/features/needs/store.ts': 'export const rows: number = 1;\n',
      'src/features/kickoff/index.ts':
        "import { rows } from '../needs/store.ts';\nexport const n: number = rows;\n",
    }),
  ).toContain('a-feature-is-entered-by-its-index');
});

test('core that knows a feature is refused, also when it only knows a type', () => {
  expect(
    verdict({
      ...above,
      'src/core/text.ts':
        "import type { needs } from '../features/needs/index.ts';\nexport type Needs = typeof needs;\n",
    }),
  ).toContain('core-is-the-ground');
});

test('the feature that docs/how-to.md writes out keeps the layers', () => {
  const page = readFileSync(join(ROOT, 'docs/how-to.md'), 'utf8');
  const files = Object.fromEntries(
    [...page.matchAll(/```ts\n\/\/ (src\/\S+)\n(.*?)```/gs)].map(([, path = '', source = '']) => [
      path,
      source,
    ]),
  );
  expect(Object.keys(files)).toContain('src/features/notes/index.ts');
  // The rest of the house is not there to be resolved.
  const broken = [...verdict(files).matchAll(/error (\S+): (.*)/g)].filter(
    ([, rule]) => rule !== 'no-unresolved',
  );
  expect(broken.map(([line]) => line)).toEqual([]);
});
