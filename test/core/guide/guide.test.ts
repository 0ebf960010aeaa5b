import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  documentSource,
  editionText,
  GUIDE_FOLDER,
  guide,
  missingFacts,
  openGuide,
  readGuide,
  withFacts,
} from '../../../src/core/guide/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-guide-'));
  cpSync(GUIDE_FOLDER, folder, { recursive: true, filter: (path) => !path.endsWith('entries') });
});
afterEach(() => {
  openGuide();
  rmSync(folder, { recursive: true, force: true });
});

/** What is wrong in a good copy of which one file was changed. */
function after(file: string, change: (text: string) => string) {
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return readGuide(folder).problems;
}

test('the edition that comes with the code is whole', () => {
  expect(readGuide(GUIDE_FOLDER).problems).toEqual([]);
  const { documents, steps, agenda, categories, quarters, seao } = guide();
  expect([
    documents.length,
    steps.length,
    agenda.length,
    Object.keys(categories).length,
    quarters.length,
    Object.keys(seao).length,
  ]).toEqual([10, 11, 9, 10, 4, 4]);
});

test.each([
  ['{{trialDays}}', '60 jours'],
  ['{{answerDays}}', 'trois jours ouvrables'],
  ['{{copyDays|chiffres}}', '5 jours ouvrables'],
  ['{{contractYears|majuscule}}', 'Trois ans'],
  ['{{contractMonths}}', '36 mois'],
  ['le {{priceDay}} jour ouvrable', 'le premier jour ouvrable'],
  ['{{cspq|du}}', 'du CSPQ'],
  ['{{dgsgc|du}}', 'de la DGSGC'],
  ['{{sct|nom}}', 'Secrétariat du Conseil du trésor'],
  ['{{pole|courriel}}', 'infonuagique@sct.gouv.qc.ca'],
  ['{{edition}}', '1er juin 2018'],
  ['{{lcop|complet}}', 'Loi sur les contrats des organismes publics (chapitre C-65.1)'],
  ['{{portal}}', 'http://www.portail.approvisionnement-quebec.gouv.qc.ca/'],
])('%s is said « %s »', (text, said) => {
  expect(withFacts(text)).toBe(said);
});

test('a text that asks for what the guide does not have is refused', () => {
  expect(missingFacts('{{copyDays}} et {{copyYears}}', guide())).toEqual(['copyYears']);
  expect(() => withFacts('{{copyYears}}')).toThrow('copyYears');
});

test('the edition is dated in words, for the help, the answers and the documents', () => {
  expect(editionText()).toBe('édition du 1er juin 2018');
  expect(documentSource('3.1')).toBe("Guide de l'utilisateur (édition du 1er juin 2018), section 3.1");
});

test.each([
  ['regles.yaml', 'value: 60', 'value: soixante', '« trialDays.value »'],
  [
    'regles.yaml',
    'copyDays: { value: 5, unit: jour ouvrable',
    'copyDays: { value: 5, unit: an',
    'se compte en',
  ],
  ['edition.yaml', 'date: 2018-06-01\n#', 'date: 2026-01-01\n#', 'la dernière modification'],
  ['trimestres.yaml', '"06-30"', '"06-29"', 'le lendemain'],
  ['trimestres.yaml', '"06-30"', '"06-31"', "n'est pas un jour"],
  ['categories.yaml', /^sondage.*$/m, '', '« sondage »'],
  ['etapes.yaml', /^- title: Demander la rencontre\n.*\n.*\n/m, '', '« le fichier »'],
  ['documents.yaml', 'id: commandes', 'id: factures', 'deux fois'],
  ['documents.yaml', '  after: la signature par les parties\n', '', '« after »'],
  ['institutions.yaml', 'infonuagique@sct.gouv.qc.ca', 'à venir', '« contacts.pole.email »'],
  ['commentaires.yaml', 'says: améliorer les exigences', 'says: améliorer {{exigences}}', '{{exigences}}'],
  ['seao.yaml', /[\s\S]+/, ': : :', 'YAML'],
])('%s: « %s » changed to « %s » is refused with a sentence', (file, from, to, words) => {
  const problems = after(file, (text) => text.replace(from, to));
  expect(problems).toContainEqual({ file, sentence: expect.stringContaining(words) });
});

test('a missing file is named', () => {
  rmSync(join(folder, 'lois.yaml'));
  expect(readGuide(folder).problems).toMatchObject([
    { file: 'lois.yaml', sentence: expect.stringContaining('manque') },
  ]);
});

test('an edition that cannot be used stops the start with one sentence', () => {
  rmSync(join(folder, 'lois.yaml'));
  openGuide(folder);
  expect(() => guide()).toThrow(/lois\.yaml : Le fichier manque.*courtier guide check/);
});
