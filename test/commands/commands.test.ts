import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import JSZip from 'jszip';
import { ROOT } from '../../src/core/root.ts';
import { holidayFile } from '../../src/edges/calendar/index.ts';
import { launcher, courtier as run } from '../support/courtier.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const courtier = (args: readonly string[], input = '', env: Record<string, string> = {}) =>
  run(args, { input, env: { HOME: folder, ...env }, cwd: folder });
const lines = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('whoever reads only the beginning is no error', async () => {
  const child = spawn(process.execPath, [join(ROOT, 'bin/courtier.js'), 'fiche', 'schema'], { cwd: folder });
  // Nobody reads.
  child.stdout.destroy();
  let err = '';
  child.stderr.on('data', (chunk) => (err += chunk));
  const [code] = await once(child, 'close');
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('ask answers a question in words, with its reference', async () => {
  const { code, out } = await courtier(['ask', "Quelle est la durée maximale d'un contrat ?"]);
  expect(code).toBe(0);
  expect(out).toContain('[FAQ 9]');
});

test('ask --json reads one question a line and prints one line each, best first, at most three', async () => {
  const { code, out } = await courtier(
    ['ask', '--json'],
    "Quelle est la durée maximale d'un contrat ?\n\nQuelle est la recette du pâté chinois ?\nbonjour\n",
  );
  expect(code).toBe(0);
  const [answered, declined, greeted] = lines(out) as {
    question: string;
    abstained: boolean;
    answers: { id: string; reference: string; score: number }[];
  }[];
  expect(answered).toMatchObject({
    question: "Quelle est la durée maximale d'un contrat ?",
    abstained: false,
  });
  expect(answered?.answers[0]).toMatchObject({
    id: 'duree-contrat',
    reference: 'FAQ 9',
    score: expect.any(Number),
  });
  expect(answered?.answers.length).toBeLessThanOrEqual(3);
  expect([declined?.abstained, greeted?.abstained]).toEqual([true, true]);
});

test('ask --entries searches another FAQ with the same engine, and gives ids', async () => {
  const file = join(folder, 'faq.jsonl');
  writeFileSync(
    file,
    '{"id":"a","question":"Où se faire vacciner ?","alternates":[],"answer":"À la clinique."}\n{"id":"b","question":"Comment payer ?","alternates":["régler une facture"],"answer":"Par carte."}\n',
  );
  const { out } = await courtier(['ask', '--json', '--entries', file], 'je veux régler ma facture\n');
  expect(lines(out)).toMatchObject([{ abstained: false, answers: [{ id: 'b' }, { id: 'a' }] }]);
  expect(out).not.toContain('reference');
});

test.each([
  ['a file that does not exist', ['ask', '--json', '--entries', 'nowhere.jsonl', 'x'], 'ne se lit pas'],
  ['no question and no --json', ['ask'], 'Écrivez une question'],
  ['a folder that does not exist', ['knowledge', 'check', 'nowhere'], 'n’existe pas'],
])('%s is refused with a sentence and exit code 1', async (_what, args, sentence) => {
  const { code, err } = await courtier(args);
  expect(code).toBe(1);
  expect(err.replaceAll("'", '’')).toContain(sentence);
});

test('a broken line of a foreign FAQ is named', async () => {
  const file = join(folder, 'broken.jsonl');
  writeFileSync(file, '{"id":"a","question":"x"}\nnot json\n');
  const { code, err } = await courtier(['ask', '--json', '--entries', file, 'x']);
  expect(code).toBe(1);
  expect(err).toContain('ligne 2');
});

test('knowledge check says that all is well, in words and in JSON', async () => {
  expect((await courtier(['knowledge', 'check'])).out).toContain('tout est en ordre');
  expect(lines((await courtier(['knowledge', 'check', '--json'])).out)).toMatchObject([{ problems: [] }]);
});

test('migrate brings an embedded database up to date', async () => {
  const { code, out } = await courtier(['migrate', '--json'], '', { DATA_DIR: join(folder, 'data') });
  expect({ code, out }).toEqual({ code: 0, out: '{"migrated":true}\n' });
});

test('package makes a Teams app whose manifest declares the commands of clients, for each scope', async () => {
  const file = join(folder, 'courtier.zip');
  const id = '99999999-9999-4999-8999-999999999999';
  const env = {
    BOT_ID: id,
    BOT_PASSWORD: 'secret',
    BOT_TENANT_ID: id,
    PUBLIC_URL: 'https://courtier.example.org',
  };
  const { code, err } = await courtier(['package', '--out', file], '', env);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const zip = await JSZip.loadAsync(await readFile(file));
  expect(Object.keys(zip.files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
  const text = (await zip.file('manifest.json')?.async('string')) ?? '';
  const manifest = JSON.parse(text);
  expect(manifest.bots[0].botId).toBe(id);
  expect(manifest.validDomains).toEqual(['courtier.example.org']);
  expect(manifest.bots[0].commandLists.map((list: { scopes: string[] }) => list.scopes)).toEqual([
    ['personal'],
    ['groupChat'],
    ['team'],
  ]);
  // Teams shows at most twelve.
  const counts = manifest.bots[0].commandLists.map((list: { commands: object[] }) => list.commands.length);
  expect(Math.max(...counts)).toBeLessThanOrEqual(12);
  expect(Math.min(...counts)).toBeGreaterThan(0);
  expect(text).toContain('mes données');
  expect(text).not.toContain('tableau de bord');
  expect(text).not.toContain('secret');
});

test('the icons have the sizes that Teams wants', async () => {
  const size = async (name: string) => {
    const png = await readFile(join(ROOT, 'teamsapp', name));
    return [png.readUInt32BE(16), png.readUInt32BE(20)];
  };
  expect([await size('color.png'), await size('outline.png')]).toEqual([
    [192, 192],
    [32, 32],
  ]);
});

test('an unknown command shows the help and fails', async () => {
  const { code, err } = await launcher(['dance']);
  expect(code).toBe(1);
  expect(err).toContain('dance');
});

describe('journal check', () => {
  const check = (...options: string[]) =>
    courtier(['journal', 'check', ...options], '', { DATA_DIR: join(folder, 'data') });

  test('says that the chain holds, and what it was asked for is in it', async () => {
    const { code, out } = await check('--json');
    expect({ code, ...JSON.parse(out) }).toEqual({
      code: 0,
      valid: true,
      links: 0,
      head: null,
      broken: null,
      unlinked: 0,
      noted: null,
    });
  });

  test('refuses a chain that lacks a link whose hash was noted', async () => {
    const { code, out, err } = await check('--head', 'ab'.repeat(32));
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('n’est pas dans la chaîne');
  });
});

test('feries writes the holidays of any year, of those that the build lists and of others', async () => {
  expect((await courtier(['feries', '1998', '2103'])).out).toBe(holidayFile(1998, 2103));
});
