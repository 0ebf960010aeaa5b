import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HOLIDAYS_FILE } from '../../src/app/paths.ts';
import { ROOT } from '../../src/core/root.ts';
import { openEmbedded } from '../../src/edges/storage/embedded.ts';
import { CATALOGUE_FOLDER } from '../../src/features/catalogue/index.ts';
import { courtier as run } from '../support/courtier.ts';
import { seed } from '../support/database.ts';
import { aDocument, aFile, anOffer, dearer } from '../support/fiches.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-fiche-'));
  for (const used of ['a', 'b', 'c']) await seed(join(folder, used));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command on a data directory of the test's. */
const courtier = (args: readonly string[], data = 'vide') =>
  run(args, { env: { HOME: folder, DATA_DIR: join(folder, data) }, cwd: folder });

/** Writes a fiche in the test's folder; its path. */
function written(document: unknown, name?: string): string {
  const file = aFile(document, name);
  const path = join(folder, file.name);
  writeFileSync(path, file.bytes);
  return path;
}

test('fiche check says that everything is in order, or every problem with its place', async () => {
  const good = await courtier(['fiche', 'check', written(aDocument())]);
  expect(good).toMatchObject({ code: 0, out: expect.stringContaining('1 fiche : tout est en ordre.') });
  const path = written(
    aDocument({
      version: '2026-10-01',
      offers: [anOffer({ billing: 'mensuel' as 'monthly', indexation: '2,5' })],
    }),
  );
  const bad = await courtier(['fiche', 'check', path]);
  expect(bad.code).toBe(1);
  expect(bad.out).toContain("offers[0].billing : « mensuel » n'est pas permis ici. Écrivez « monthly ».");
  expect(bad.out).toMatch(/bleuet_2026-10-01\.yaml:\d+ offers\[0\]\.indexation/);
  expect(bad.err).toContain('1 fichier à corriger.');
});

test('fiche check --json prints one document, and nothing else, on standard output', async () => {
  const { code, out } = await courtier([
    'fiche',
    'check',
    '--json',
    written('offers: [', 'casse_2026-11-02.yaml'),
  ]);
  expect(code).toBe(1);
  const { files } = JSON.parse(out);
  expect(files).toEqual([
    {
      file: expect.stringContaining('casse'),
      valid: false,
      warnings: [],
      problems: [expect.objectContaining({ message: expect.stringMatching(/\.$/) })],
    },
  ]);
});

test('fiche check needs no database, and makes none', async () => {
  await courtier(['fiche', 'check', written(aDocument())], 'jamais');
  expect(() => readFileSync(join(folder, 'jamais/courtier.lock'))).toThrow();
});

test('publish, list, publish again, and check against what is published', async () => {
  const first = written(aDocument());
  expect((await courtier(['fiche', 'publish', first], 'a')).out).toContain('bleuet 2026-11-02 : publiée');
  const later = await courtier(['fiche', 'publish', '--json', first, written(dearer('2027-12-01'))], 'a');
  expect(JSON.parse(later.out).published).toEqual([
    { supplier: 'bleuet', version: '2026-11-02', outcome: 'unchanged' },
    {
      supplier: 'bleuet',
      version: '2027-12-01',
      outcome: 'published',
      inForce: false,
      changes: expect.any(Array),
    },
  ]);
  const { out } = await courtier(['fiche', 'list', '--json'], 'a');
  expect(JSON.parse(out).fiches).toMatchObject([
    { supplier: 'bleuet', version: '2027-12-01', state: 'upcoming' },
    { supplier: 'bleuet', version: '2026-11-02', state: 'inForce', offers: 1 },
  ]);
  expect((await courtier(['fiche', 'list'], 'a')).out).toContain('2026-11-02\ten vigueur\t1 offre\t');
  const stale = await courtier(['fiche', 'check', written(aDocument({ version: '2026-10-05' }))], 'a');
  expect(stale.code).toBe(1);
  expect(stale.out).toContain('Une version plus récente, celle du 2 novembre 2026, est déjà publiée.');
  const earlier = aDocument({ version: '2026-11-05', offers: [anOffer({ availability: '99.5' })] });
  const between = await courtier(['fiche', 'check', written(earlier)], 'a');
  expect(between.code).toBe(0);
  expect(between.out).toContain('La version à venir du 1er décembre 2027 a été écrite sans celle-ci');
});

test('publish refuses the whole list when one file is wrong', async () => {
  const bad = written(aDocument({ version: '2026-02-30' }), 'bleuet_2026-02-30.yaml');
  const { code, out, err } = await courtier(['fiche', 'publish', '--json', written(aDocument()), bad], 'b');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ published: [], refused: [{ valid: false }] });
  expect(err).toContain('Rien n’est publié.');
  expect(JSON.parse((await courtier(['fiche', 'list', '--json'], 'b')).out).fiches).toEqual([]);
});

test('a data directory in use refuses a publication with a sentence, and a check goes on without it', async () => {
  const storage = await openEmbedded(join(folder, 'c'));
  try {
    const refused = await courtier(['fiche', 'publish', written(aDocument())], 'c');
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('déjà utilisé par un autre processus'),
    });
    const checked = await courtier(['fiche', 'check', written(aDocument())], 'c');
    expect(checked).toMatchObject({ code: 0, err: expect.stringContaining('Sans comparaison') });
  } finally {
    await storage.close();
  }
});

test('fiche diff tells each change in a sentence', async () => {
  const { code, out } = await courtier([
    'fiche',
    'diff',
    written(aDocument()),
    written(dearer('2026-12-01')),
  ]);
  expect(code).toBe(0);
  expect(out.replace(/\u00a0/g, ' ')).toContain('Bleuet Courriel, prix : 5,00 $ → 6,00 $ (+20 %).');
  const json = await courtier([
    'fiche',
    'diff',
    '--json',
    written(aDocument()),
    written(dearer('2026-12-01')),
  ]);
  expect(JSON.parse(json.out)).toMatchObject({
    supplier: 'bleuet',
    changesPrices: true,
    categories: ['courriel'],
  });
});

test.each([
  ['a file that does not exist', ['diff', 'absent.yaml', 'absent.yaml'], 'ne peut pas être lu'],
  [
    'a file that is no fiche',
    ['diff', join(ROOT, 'package.json'), join(ROOT, 'package.json')],
    'n’est pas une fiche valide',
  ],
  [
    'two suppliers',
    [
      'diff',
      join(CATALOGUE_FOLDER, 'nordet_2026-11-02.yaml'),
      join(CATALOGUE_FOLDER, 'thuya_2026-11-02.yaml'),
    ],
    'deux fournisseurs',
  ],
])('fiche diff refuses %s', async (_what, args, sentence) => {
  const { code, err } = await courtier(['fiche', ...args]);
  expect(code).toBe(1);
  expect(err).toContain(sentence);
});

test('the JSON Schema beside the samples is the one that the code generates', async () => {
  const { out } = await courtier(['fiche', 'schema']);
  expect(out).toBe(readFileSync(join(CATALOGUE_FOLDER, 'fiche.schema.json'), 'utf8'));
});

test('feries writes years that the calendar file holds', async () => {
  const { out } = await courtier(['feries', '2028', '2029']);
  expect(readFileSync(HOLIDAYS_FILE, 'utf8')).toContain(out);
  expect((await courtier(['feries', 'demain'])).code).toBe(1);
});
