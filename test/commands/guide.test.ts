import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { start } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { GUIDE_FOLDER, openGuide } from '../../src/core/guide/index.ts';
import { ROOT } from '../../src/core/root.ts';
import { courtier as run } from '../support/courtier.ts';
import { silent } from '../support/delivery.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-edition-'));
  cpSync(GUIDE_FOLDER, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function change(file: string, from: string | RegExp, to: string): void {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} does not say ${from}`);
  writeFileSync(path, after);
}

/** A command with the edition of the folder in force. */
const courtier = (...args: string[]) => run(args, { env: { HOME: folder, GUIDE_DIR: folder } });

test('an edition that is whole is in order', async () => {
  const { code, out } = await courtier('guide', 'check');
  expect([code, out]).toEqual([0, expect.stringContaining('édition du 1er juin 2018')]);
});

test('what is missing or contradictory is said in French, file by file', async () => {
  change('regles.yaml', 'copyDays: { value: 5, unit: jour ouvrable', 'copyDays: { value: 5, unit: jour');
  change('edition.yaml', 'date: 2018-06-01\n#', 'date: 2026-09-15\n#');
  const { code, out, err } = await courtier('guide', 'check', folder);
  expect(code).toBe(1);
  expect(out).toContain('regles.yaml « copyDays » se compte en « jour ouvrable »');
  expect(out).toContain("edition.yaml L'édition est du 2026-09-15");
  expect(err).toContain('2 problèmes à corriger.');
});

test('a text that is missing, or that asks for a fact that is not there, is named with its line', async () => {
  rmSync(join(folder, 'entries/faq/montant-min-max.md'));
  change('entries/faq/duree-contrat.md', '{{contractYears|majuscule}}', '{{contractDecades}}');
  const { code, out } = await courtier('guide', 'check', '--json');
  expect(code).toBe(1);
  const { problems } = JSON.parse(out.split('\n')[0] ?? '') as {
    problems: { file: string; sentence: string }[];
  };
  expect(problems).toContainEqual(
    expect.objectContaining({ sentence: expect.stringContaining('Il manque une entrée pour « FAQ 10 »') }),
  );
  expect(problems).toContainEqual(
    expect.objectContaining({
      file: 'entries/faq/duree-contrat.md',
      line: expect.any(Number),
      sentence: '« {{contractDecades}} » ne désigne rien dans le guide.',
    }),
  );
});

test('a command answers with the edition in force', async () => {
  change('regles.yaml', 'trialDays: { value: 60', 'trialDays: { value: 20');
  const fiche = join(ROOT, 'content/catalogue/nordet_2026-11-02.yaml');
  const { code, out } = await courtier('fiche', 'check', fiche);
  expect([code, out]).toEqual([1, expect.stringContaining('Le guide limite un banc d’essai à 20 jours')]);
});

test('an edition that cannot be used stops the start, before the database, with one sentence', async () => {
  rmSync(join(folder, 'lois.yaml'));
  const never = new Promise<never>(() => {});
  await expect(start(readConfig({ GUIDE_DIR: folder }), never, silent)).rejects.toThrow(
    /lois\.yaml : Le fichier manque/,
  );
  openGuide();
});
