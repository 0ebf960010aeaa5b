import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { GUIDE_FOLDER } from '../../src/core/guide/index.ts';
import { courtier } from '../support/courtier.ts';

const IDENTITY = ['-c', 'user.name=Essai', '-c', 'user.email=essai@example.org'];
let folder: string;
const guide = () => join(folder, 'guide');
const git = (...args: readonly string[]) =>
  execFileSync('git', [...IDENTITY, ...args], { cwd: folder, stdio: 'pipe' });

/** A repository of its own, with the guide's folder in its first revision. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-compare-'));
  cpSync(GUIDE_FOLDER, guide(), { recursive: true });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'The guide');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => void git('checkout', '-q', '.'));

const compare = (args: readonly string[], env: Record<string, string> = {}) =>
  courtier(['knowledge', 'compare', ...args], {
    env: { HOME: folder, GUIDE_DIR: guide(), ...env },
    cwd: folder,
  });

/** An entry without the wordings that people use. */
function weaken(): void {
  const file = join(guide(), 'entries/faq/duree-contrat.md');
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const [first, last] = [lines.indexOf('questions:') + 1, lines.lastIndexOf('---')];
  writeFileSync(file, [...lines.slice(0, first), ...FOREIGN, ...lines.slice(last)].join('\n'));
}
const FOREIGN = Array.from({ length: 15 }, (_, n) => `  - "Où garer la brouette numéro ${n} ?"`);

test('the content that did not change says so, with the rate of each kind of known question', async () => {
  const { code, out } = await compare([]);
  expect(code).toBe(0);
  expect(out).toMatch(/Questions gardées à part : (\d+) puis \1 justes sur 420/);
  expect(out).toMatch(/Questions signalées : (\d+) puis \1 justes sur \d+/);
  expect(out).toContain('Aucune des');
});

test('what is worse is named, with what came before and what comes now, and fails', async () => {
  weaken();
  const { code, out, err } = await compare([]);
  expect(code).toBe(1);
  expect(out).toMatch(/Moins bien : [1-9]/);
  expect(out).toContain('duree-contrat → ');
  expect(err).toContain('moins bien');
});

test('with --json it is one document', async () => {
  weaken();
  const { code, out } = await compare(['HEAD', '--json']);
  const { revision, rates, changes } = JSON.parse(out);
  expect([code, revision, rates.length]).toEqual([1, 'HEAD', 2]);
  expect(changes).toContainEqual(
    expect.objectContaining({
      how: 'worse',
      before: { level: 3, outcome: 'answer', first: 'duree-contrat' },
    }),
  );
});

test('a question that was reported is measured with the others', async () => {
  const reported = { q: 'Quelle est la durée maximale d’un contrat ?', expect: 'FAQ 9' };
  const before = JSON.parse((await compare(['--json'])).out).rates;
  appendFileSync(join(guide(), 'questions-signalees.jsonl'), `${JSON.stringify(reported)}\n`);
  const after = JSON.parse((await compare(['--json'])).out).rates;
  expect(after[1]).toEqual({
    ...before[1],
    total: before[1].total + 1,
    before: before[1].before + 1,
    after: before[1].after + 1,
  });
});

test('with --live the staff’s entries, wordings and test set are searched too', async () => {
  const { code, out, err } = await compare(['--live', '--json'], { DATA_DIR: join(folder, '.data') });
  expect([code, err]).toEqual([0, '']);
  expect(JSON.parse(out).changes).toEqual([]);
}, 60_000);

test.each([
  ['a revision that does not exist', ['jamais'], 'La révision « jamais » n’existe pas'],
  ['what would be an option of git', ['--', '--output=x'], 'La révision « --output=x » n’existe pas'],
])('%s is refused with a sentence', async (_what, args, sentence) => {
  const { code, out, err } = await compare(args);
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain(sentence);
});

test('a folder that git does not know is refused with a sentence', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'courtier-nogit-'));
  cpSync(GUIDE_FOLDER, elsewhere, { recursive: true });
  const { code, err } = await compare([], { GUIDE_DIR: elsewhere });
  rmSync(elsewhere, { recursive: true, force: true });
  expect(code).toBe(1);
  expect(err).toContain('n’est pas dans un dépôt git');
});

test('a line of a file of questions that cannot be read is named', async () => {
  appendFileSync(join(guide(), 'questions-signalees.jsonl'), 'pas du JSON\n');
  const { code, err } = await compare([]);
  expect(code).toBe(1);
  expect(err).toMatch(/questions-signalees\.jsonl », ligne \d+/);
});
