import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

// Jest for some test files only: `node tools/test.ts [--watch] PATH… [Jest's options]`.

const ROOT = join(import.meta.dirname, '..');
const WATCH = '--watch';
const USAGE =
  'Name test files, folders of tests or the sources that they mirror: test/core/text/money.test.ts, src/core.';

const fail = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

/** A path as Jest wants it. A source stands for the tests that mirror it. */
function testsOf(path: string): string {
  const given = relative(ROOT, path);
  const wanted = given.startsWith('src')
    ? given
        .replace(/^src/, 'test')
        .replace(/\/(?:rules|store|screens)\//, '/')
        .replace(/(?<!\.test)\.ts$/, '.test.ts')
    : given;
  if (!existsSync(join(ROOT, wanted))) fail(`There is no ${wanted}. ${USAGE}`);
  if (!wanted.startsWith('test')) fail(`${wanted} is no test. ${USAGE}`);
  return wanted;
}

const given = process.argv.slice(2).filter((argument) => argument !== WATCH);
const firstOption = given.findIndex((argument) => argument.startsWith('-'));
const end = firstOption < 0 ? given.length : firstOption;
const paths = given.slice(0, end).map(testsOf);
const watching = process.argv.includes(WATCH);
if (paths.length === 0 && !watching) fail(USAGE);

const folders = paths.filter((path) => statSync(join(ROOT, path)).isDirectory());
/** Exact paths, each of which is found in its own project; folders as patterns; nothing: what Git says has changed. */
const which =
  paths.length === 0
    ? ['--selectProjects', 'house']
    : folders.length === 0
      ? ['--runTestsByPath', ...paths]
      : ['--testPathPatterns', ...paths.map((path) => (folders.includes(path) ? `${path}/` : path))];
const watch = !watching ? [] : paths.length === 0 ? ['--watch'] : ['--watchAll'];

spawn(
  process.execPath,
  [join(ROOT, 'node_modules/jest/bin/jest.js'), ...watch, ...given.slice(end), ...which],
  { cwd: ROOT, stdio: 'inherit' },
).on('exit', (code) => process.exit(code ?? 1));
