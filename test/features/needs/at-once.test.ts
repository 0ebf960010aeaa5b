import { beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../../src/core/id.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues } from '../../support/organization.ts';
import { alex, nadia } from '../../support/people.ts';

const teams = fakeTeams();
const SAVE = 'Enregistrer et revenir';
let file: string;
beforeEach(async () => {
  await colleagues(teams, [alex, nadia]);
  file = (await teams.services.files.create(alex, 'Courriel du ministère', newId())).id;
  await teams.services.files.share(alex, file, nadia);
});

const question = (id: string, person = alex) =>
  teams.mustPress(person, 'needs.question', { file, question: id });
const saves = async (person: typeof alex, id: string, inputs: object) =>
  teams.mustClick(person, await question(id, person), SAVE, inputs);

test('a colleague who answers another question stops nobody', async () => {
  const his = await question('data');
  await saves(nadia, 'impacts', { impacts: 'Le soutien change de forme.' });
  await teams.mustClick(alex, his, SAVE, { confidentiality: 'internal', nature: 'Courriels' });
  const { needs } = await teams.services.needs.needsOf(file, alex);
  expect(Object.keys(needs.answers).sort()).toEqual(['data', 'impacts']);
});

test('two answers to two questions at the very same moment are both kept', async () => {
  const [budget, contracts] = [await question('budget'), await question('contracts', nadia)];
  const after = await Promise.all([
    teams.click(alex, budget, SAVE, { dollars: 10 }),
    teams.click(nadia, contracts, SAVE, { impact: 'Un' }),
  ]);
  expect(after.filter(({ form }) => form)).toEqual([]);
});

test('two answers to one question at the very same moment: one is kept, the other is told', async () => {
  const [his, hers] = [await question('budget'), await question('budget', nadia)];
  const after = await Promise.all([
    teams.click(alex, his, SAVE, { dollars: 10 }),
    teams.click(nadia, hers, SAVE, { dollars: 20 }),
  ]);
  expect(after.filter(({ form }) => form?.plain.includes('Quelqu’un a répondu entre-temps'))).toHaveLength(1);
});

test('whoever answers what stands on an answer that changed meanwhile sees it again first', async () => {
  await saves(alex, 'duration', { months: '24' });
  const his = await question('schedule');
  await saves(nadia, 'duration', { months: '12' });
  const form = await teams.formBack(alex, his, SAVE, { signature: 'juin 2027' });
  expect(form.plain).toContain('Cette réponse, ou une autre dont elle dépend, a changé entre-temps.');
  expect(form.valueOf('signature')).toBe('juin 2027');
  await teams.mustClick(alex, form, SAVE, { signature: 'juin 2027' });
});

test('a card of before, which says nothing of its question, is shown again once anything changed', async () => {
  const { showed: _showed, ...data } = (await question('contracts')).button(SAVE).data ?? {};
  await saves(nadia, 'budget', { dollars: 10 });
  const form = await teams.sentBack(alex, 'needs.answer', { ...data, impact: 'Un' });
  expect(form.plain).toContain('Quelqu’un a répondu entre-temps');
  await teams.mustClick(alex, form, SAVE, { impact: 'Un' });
});
