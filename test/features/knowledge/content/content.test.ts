import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { KNOWLEDGE_FOLDER, readContent } from '../../../../src/features/knowledge/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-content-'));
  cpSync(KNOWLEDGE_FOLDER, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ENTRY = 'faq/duree-contrat.md';
/** Changes one file of a good copy, and returns what the checker says. */
function after(change: (text: string) => string, file = ENTRY) {
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return readContent(folder).problems;
}

test('the content of the repository is in order', () => {
  expect(readContent(KNOWLEDGE_FOLDER).problems).toEqual([]);
});

test('it has each question of the guide, and sections, definitions and its history', () => {
  const references = new Set(readContent(KNOWLEDGE_FOLDER).content.entries.map(({ reference }) => reference));
  const asked = [...references].filter((reference) => reference.startsWith('FAQ '));
  expect(asked.toSorted((a, b) => Number(a.slice(4)) - Number(b.slice(4)))).toEqual(
    Array.from({ length: 28 }, (_, n) => `FAQ ${n + 1}`),
  );
  for (const kind of [/^[234](\.|$)/, /^def: /, /^historique$/])
    expect([...references].filter((reference) => kind.test(reference))).not.toEqual([]);
});

test.each([
  ['no front matter', () => 'Bonjour', 1, 'en-tête'],
  ['YAML that does not parse', (text: string) => text.replace('id: duree-contrat', 'id: "duree'), 2, 'YAML'],
  ['an unknown key', (text: string) => text.replace('owner:', 'auteur: moi\nowner:'), 1, 'clé inconnue'],
  ['an id with capitals', (text: string) => text.replace('id: duree-contrat', 'id: Duree'), 2, 'minuscules'],
  [
    'a reference that is none',
    (text: string) => text.replace('reference: FAQ 9', 'reference: Annexe'),
    3,
    'référence',
  ],
  [
    'a title that is no question',
    (text: string) => text.replace(/title: .*/, 'title: La durée du contrat'),
    4,
    'question',
  ],
  [
    'a related entry that does not exist',
    (text: string) => text.replace('related: [modifier-contrat', 'related: [nulle-part'),
    5,
    'nulle-part',
  ],
  [
    'an unknown contact',
    (text: string) => text.replace('contact: courtier', 'contact: voisin'),
    6,
    'choix possibles',
  ],
  [
    'a review date in another form',
    (text: string) => text.replace('review: 2027-06-01', 'review: juin 2027'),
    10,
    'AAAA-MM-JJ',
  ],
  [
    'a next step to nowhere',
    (text: string) => text.replace('ask: meme-fournisseur-ensuite', 'ask: nulle-part'),
    8,
    'nulle-part',
  ],
] as const)('%s is refused with its line and a sentence', (_what, change, line, words) => {
  const problems = after(change);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.find((problem) => problem.file === ENTRY)).toMatchObject({
    line: expect.any(Number),
    sentence: expect.stringContaining(words),
  });
  expect(problems.find((problem) => problem.file === ENTRY)?.line).toBe(line);
});

test('too few questions are refused', () => {
  const problems = after((text) =>
    text.replace(/questions:\n[\s\S]*?---\n/, 'questions:\n  - "Une seule ?"\n---\n'),
  );
  expect(problems).toMatchObject([{ file: ENTRY, sentence: expect.stringContaining('au moins 15') }]);
});

test('the same wording in two entries is refused, at its line', () => {
  const problems = after((text) =>
    text.replace(
      'questions:\n',
      'questions:\n  - "Faut-il un contrat à part pour l\'implantation, dites donc ?"\n',
    ),
  );
  expect(problems).toEqual([]);
  const again = after(
    (text) =>
      text.replace(
        'questions:\n',
        'questions:\n  - "faut il un contrat a part pour l implantation dites donc"\n',
      ),
    'faq/montant-min-max.md',
  );
  expect(again).toMatchObject([{ sentence: expect.stringContaining('déjà une question') }]);
});

test.each([
  ['HTML', '<b>gras</b>'],
  ['a heading', '# Titre'],
  ['an image', '![x](https://a.b/c.png)'],
  ['an expression', 'Bonjour ${nom}'],
])('%s in an answer is refused', (_what, line) => {
  expect(after((text) => `${text}\n${line}\n`)).toMatchObject([
    { file: ENTRY, sentence: expect.stringContaining('La réponse ne contient') },
  ]);
});

test('a missing entry of the guide is named', () => {
  rmSync(join(folder, ENTRY));
  const problems = readContent(folder).problems;
  expect(problems).toContainEqual({
    file: '.',
    line: 1,
    sentence: 'Il manque une entrée pour « FAQ 9 » du guide.',
  });
});

test('a fact that the guide does not have is refused at its line', () => {
  const problems = after((text) => text.replace('{{contractYears|majuscule}}', '{{contractDecades}}'));
  const line =
    readFileSync(join(folder, ENTRY), 'utf8')
      .split('\n')
      .findIndex((each) => each.includes('Decades')) + 1;
  expect(problems).toContainEqual({
    file: ENTRY,
    line,
    sentence: expect.stringContaining('{{contractDecades}}'),
  });
});

test('an address that is none of the guide’s is refused', () => {
  const problems = after((text) => `${text}\nÉcrivez à ancien.courtier@example.org.\n`);
  expect(problems).toMatchObject([{ file: ENTRY, sentence: expect.stringContaining('ancien.courtier') }]);
});
