import { beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../../src/core/id.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues } from '../../support/organization.ts';
import { alex, nadia } from '../../support/people.ts';

const teams = fakeTeams();
const ARCHIVED = 'Ce dossier est archivé : ses réponses se lisent, et ne changent plus.';
let file: string;
beforeEach(async () => {
  await colleagues(teams, [alex, nadia]);
  file = (await teams.services.files.create(alex, 'Courriel du ministère', newId())).id;
});

const question = (id: string) => teams.mustPress(alex, 'needs.question', { file, question: id });
const archive = () => teams.services.files.move(alex, file, 1, 'archive');

test('a question of an archived file shows its answer, and no form', async () => {
  await teams.mustClick(alex, await question('contracts'), 'Enregistrer et revenir', {
    impact: 'Un contrat.',
  });
  await archive();
  const card = await question('contracts');
  expect(card.plain).toContain(ARCHIVED);
  expect(card.plain).toContain('Contrats touchés : Un contrat.');
  expect(card.inputs).toEqual([]);
  expect(card.buttons.map(({ title }) => title)).toEqual(['Toutes les questions']);
  expect((await question('quantities')).plain).not.toContain('Répondez d’abord à la question 5');
});

test('the eligibility of an archived file is read, and has no form', async () => {
  await teams.services.needs.setEligibility(alex, file, { kind: 'municipal', bound: 'no', condition: 'yes' });
  await archive();
  const card = await teams.mustPress(alex, 'needs.eligibility', { file });
  expect(card.plain).toContain(ARCHIVED);
  expect(card.plain).toContain('Organisme municipal · Non assujettie à l’article 48 du RCTI');
  expect(card.inputs).toEqual([]);
  expect(card.buttons.map(({ title }) => title)).toEqual(['Aux questions']);
});

test('« Continuer », of an old card, shows the needs of an archived file', async () => {
  await archive();
  expect((await teams.mustPress(alex, 'needs.continue', { file })).template).toBe('needs/overview');
});

test('what was typed when a file was archived meanwhile comes back to be copied', async () => {
  const card = await question('contracts');
  await archive();
  const back = await teams.formBack(alex, card, 'Enregistrer et revenir', { impact: 'Un contrat.' });
  expect(back.plain).toContain('Ce que vous aviez écrit\nUn contrat.');
});

test('a question of an archived file is put to nobody', async () => {
  await archive();
  const card = await teams.mustPress(alex, 'needs.chooseColleague', { file, question: 'contracts' });
  expect(card.inputs).toEqual([]);
});
