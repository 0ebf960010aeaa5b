import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { isAllowed, refusedLicences } from '../tools/licences.ts';

const read = (file: string): string => readFileSync(join(import.meta.dirname, '..', file), 'utf8');

test('everything that runs is under a licence that is allowed', () => {
  expect(refusedLicences(JSON.parse(read('package-lock.json')).packages)).toEqual([]);
});

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-or-later)', true],
  ['(ISC AND CC-BY-3.0)', true],
  ['(MIT AND GPL-3.0-only)', false],
  ['GPL-3.0-only', false],
  ['none', false],
])('« %s » is allowed: %s', (licence, allowed) => {
  expect(isAllowed(licence)).toBe(allowed);
});

test('a package that says no licence is refused by its name, one of the workshop is not looked at', () => {
  expect(refusedLicences({ '': {}, 'node_modules/a': {}, 'node_modules/b': { dev: true } })).toEqual([
    'a : none',
  ]);
});

test('what the workflow runs of ours exists', () => {
  const { jobs } = parse(read('.github/workflows/ci.yml')) as {
    jobs: Record<string, { steps: { run?: string }[] }>;
  };
  const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
  expect(Object.keys(jobs)).toEqual(['check', 'test', 'image', 'azure', 'supply']);
  const scripts = JSON.parse(read('package.json')).scripts;
  const named = commands.flatMap((each) => [...each.matchAll(/npm run (\S+)/g)].map(([, name = '']) => name));
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  const files = commands.flatMap((each) =>
    [...each.matchAll(/(?:tools|infra|bin|\.ci)\/[\w./]+/g)].map(([file]) => file),
  );
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) expect(() => read(file)).not.toThrow();
});
