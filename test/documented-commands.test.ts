import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { runCli } from '../src/commands/index.ts';
import { commandsOf, documents, read } from './support/documents.ts';
import { ROOT } from './support/process.ts';

// Each command that the documents give is shown to work: here, in the test that runs it, or by hand for a reason.

type Shown =
  /** Run here, as it is written, in a folder of its own; in place of what stands for a name, a name. */
  | { readonly courtier: Readonly<Record<string, string>> }
  /** Run by a test, where these words are found. */
  | { readonly test: string; readonly words: string }
  /** Not run by the suite, and why. */
  | { readonly byHand: string };

const AZURE = 'Of a subscription that a test has not; what is given to it is read by test/azure.test.ts.';
const DOCKER = 'No builder here: its steps are run by test/image.test.ts, and the workflow builds.';
const MEASURE = 'A measure takes minutes of a quiet machine; its figures are in the document.';
const ITSELF = 'The suite is what one runs it by.';
const DRAWS = 'It draws with a browser, for eyes.';
const STAYS = 'It stays until one ends it; what it starts is started by the tests.';

const SHOWN: readonly (readonly [RegExp, Shown])[] = [
  // Trying, and developing.
  [/^npm ci$|^npm ci && npm test$|^npm test$|^npm run test:steady\b|^\.ci\/run$/, { byHand: ITSELF }],
  [/^(npm ci && )?npm run demo$/, { byHand: STAYS }],
  [/^npm run demo -- --help$/, { test: 'test/demo/options.test.ts', words: "read('--help')" }],
  [/^npm run demo -- --reset --at /, { test: 'test/demo/options.test.ts', words: '--with' }],
  [/^npm run (dev|test:watch)\b/, { byHand: STAYS }],
  [/^([A-Z_]+=\S+ )?npm run test:file -- /, { byHand: ITSELF }],
  [/^npm run (check|format)$/, { byHand: 'The first step of the suite.' }],
  [/^npm run cards\b|^node tools\/cards\//, { byHand: DRAWS }],
  [
    /^npm run migrations\b/,
    { byHand: 'It writes the next migration; `npm run check` runs it without a name.' },
  ],
  [/^node tools\/lines\.ts/, { byHand: MEASURE }],
  [
    /^node tools\/conservation\.ts$/,
    { test: 'test/features/retention.test.ts', words: 'tools/conservation.ts' },
  ],
  [
    /^node tools\/guide-coverage\.ts /,
    { byHand: 'It reads the text of the guide, which is not ours to keep here.' },
  ],
  [/^npm run bench\b/, { byHand: MEASURE }],
  [/^npm run (calibrate|exam)\b/, { byHand: MEASURE }],
  [/^npm run year -- --help$/, { byHand: 'It says what the line above it asks.' }],
  [/^npm run year\b/, { test: 'test/year/small-year.test.ts', words: 'test(' }],
  [/^git /, { byHand: 'It needs the history, which a copy may lack.' }],
  [/^(cp|rm) /, { byHand: 'Of the shell; where it leads is read below.' }],
  [/^node src\/(main|cli)\.ts/, { test: 'test/crash.test.ts', words: 'src/main.ts' }],
  // One machine.
  [/^npm run build$/, { test: 'test/support/bundle.ts', words: 'tools/build.ts' }],
  [
    /^npm ci && npm run build && npx courtier migrate && npm start$/,
    { test: 'test/main.test.ts', words: "'npm', 'start'" },
  ],
  [/^(GUIDE_DIR=\S+ )?npm start$/, { test: 'test/main.test.ts', words: "'npm', 'start'" }],
  [/^node tools\/image\.ts /, { test: 'test/image.test.ts', words: 'tools/image.ts' }],
  [/^npx courtier (<commande>|doctor)$/, { test: 'test/commands/doctor.test.ts', words: 'doctor' }],
  [
    /^npx courtier (export|import|backup verify)\b/,
    { test: 'test/commands/archive.test.ts', words: "'backup', 'verify'" },
  ],
  [/^npx courtier fiche publish /, { test: 'test/commands/fiche.test.ts', words: "'fiche', 'publish'" }],
  [/^npx courtier knowledge compare$/, { test: 'test/commands/knowledge-compare.test.ts', words: 'compare' }],
  [/^npx courtier feries$/, { test: 'test/commands/fiche.test.ts', words: "'feries'" }],
  [/^npx courtier (knowledge check|ask "Votre question"|package)$/, { courtier: {} }],
  [/^npx courtier guide check \S+$/, { courtier: { '/etc/courtier/guide': 'guide' } }],
  [/^npx courtier fiche (check|diff) /, { courtier: {} }],
  [/^BOT_ID=… .*npx courtier package$/, { courtier: {} }],
  [
    /^npx courtier locataires --verifier$/,
    { byHand: 'It asks Entra; what it says of a token is in test/edges/graph/installer.test.ts.' },
  ],
  // Azure.
  [/^az /, { byHand: AZURE }],
  [/^atk /, { byHand: AZURE }],
  [/^docker /, { byHand: DOCKER }],
  [/^node dist\/bundle\/cli\.js doctor$/, { test: 'test/image.test.ts', words: 'dist/bundle/cli.js' }],
];

const given = [...new Set(documents.flatMap(commandsOf))].sort();
const shownOf = (command: string): Shown | undefined => SHOWN.find(([pattern]) => pattern.test(command))?.[1];

test('each command of a document is run by a test, or has its reason', () => {
  expect(given.length).toBeGreaterThan(60);
  expect(given.filter((command) => !shownOf(command))).toEqual([]);
});

test('nothing is said of a command that no document gives', () => {
  const idle = SHOWN.filter(([pattern]) => !given.some((command) => pattern.test(command)));
  expect(idle.map(([pattern]) => pattern.source)).toEqual([]);
});

test('where a test is said to run it, it does', () => {
  const said = SHOWN.flatMap(([, shown]) => ('test' in shown ? [shown] : []));
  expect(said.filter(({ test: file, words }) => !read(file).includes(words))).toEqual([]);
});

test('the files that they are given exist', () => {
  const named = given.flatMap((command) =>
    [...command.matchAll(/(?<=^|\s)(?:src|test|tools|content|infra|docs)\/[\w./-]+/g)].map(([path]) => path),
  );
  expect(named.length).toBeGreaterThan(20);
  // The feature of the guide « how to add one » is nowhere but there.
  const ours = named.filter((path) => !path.includes('features/notes'));
  expect(ours.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

describe('as it is written, in an empty folder', () => {
  const home = mkdtempSync(join(tmpdir(), 'courtier-documents-'));
  const here = process.cwd();
  const GUID = '00000000-0000-4000-8000-000000000001';

  beforeAll(() => {
    process.chdir(home);
    cpSync(join(ROOT, 'content/guide'), 'guide', { recursive: true });
    const fiche = read('content/catalogue/nordet_2026-11-02.yaml').replaceAll('nordet', 'fournisseur');
    for (const version of ['2026-11-02', '2026-12-01'])
      writeFileSync(`fournisseur_${version}.yaml`, fiche.replace(/^version: .+$/m, `version: ${version}`));
  });
  afterAll(() => {
    process.chdir(here);
    rmSync(home, { recursive: true, force: true });
  });

  /** The words of a command as a shell would part them, and the environment before them. */
  function parted(command: string, names: Readonly<Record<string, string>>) {
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
    const first = words.indexOf('npx');
    const env = Object.fromEntries(
      words
        .slice(0, first)
        .map((word) => word.replace('https://…', 'https://a.example').replace('…', GUID).split('=')),
    );
    return { env, args: words.slice(first + 2).map((word) => names[word] ?? word) };
  }

  const ours = given.flatMap((command) => {
    const shown = shownOf(command);
    return shown && 'courtier' in shown ? [{ command, names: shown.courtier }] : [];
  });

  test.each(ours)('$command', async ({ command, names }) => {
    const said: string[] = [];
    for (const output of [process.stdout, process.stderr])
      jest.spyOn(output, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const { env, args } = parted(command, names);
    const status = await runCli(['node', 'courtier', ...args], env).finally(() => jest.restoreAllMocks());
    expect({ status, said: status === 0 ? '' : said.join('') }).toEqual({ status: 0, said: '' });
    expect(said.join('')).toMatch(/\S/);
  });
});
