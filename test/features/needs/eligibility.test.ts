import { beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../../src/core/id.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues, staffed } from '../../support/organization.ts';
import { alex, diane, nadia } from '../../support/people.ts';

const teams = fakeTeams();
let file: string;
beforeEach(async () => {
  await colleagues(teams, [alex, nadia]);
  file = (await teams.services.files.create(alex, 'Courriel du ministère', newId())).id;
});

const form = (person = alex, of = file) => teams.mustPress(person, 'needs.eligibility', { file: of });

test('what an organization does not know yet of article 48 is no answer of its own', async () => {
  for (const bound of ['no', 'unknown']) {
    await teams.mustClick(alex, await form(), 'Enregistrer', { kind: 'municipal', bound });
    const body = await teams.services.belonging.bodyOf(alex);
    expect(body).toMatchObject({ kind: 'municipal', rcti: bound === 'no' ? false : null });
  }
});

test('what a colleague changed since the form was drawn is shown first, then replaced if that is meant', async () => {
  await teams.services.files.share(alex, file, nadia);
  const said = { kind: 'lcop7', condition: 'yes' };
  await teams.mustClick(alex, await form(), 'Enregistrer', { ...said, bound: 'no' });
  const hers = await form(nadia);
  await teams.mustClick(alex, await form(), 'Enregistrer', { ...said, bound: 'yes' });
  const back = await teams.formBack(nadia, hers, 'Enregistrer', { ...said, bound: 'no' });
  expect(back.plain).toContain('Quelqu’un a changé cette réponse entre-temps');
  expect(back.plain).toContain('Assujettie à l’article 48 du RCTI');
  expect(back.valueOf('bound')).toBe('no');
  expect(await teams.services.belonging.bodyOf(alex)).toMatchObject({ rcti: true });
  await teams.mustClick(nadia, back, 'Enregistrer', { ...said, bound: 'no' });
  expect(await teams.services.belonging.bodyOf(alex)).toMatchObject({ rcti: false });
});

test('a card of before, which does not say what it showed, replaces nothing without a word', async () => {
  await teams.mustClick(alex, await form(), 'Enregistrer', { kind: 'cspq8', bound: 'yes' });
  const old = await teams.sentBack(alex, 'needs.setEligibility', { file, kind: 'cspq8', bound: 'no' });
  expect(old.plain).toContain('Quelqu’un a changé cette réponse entre-temps');
});

test('what was not changed in a form leaves what another file said of the body meanwhile', async () => {
  const other = (await teams.services.files.create(nadia, 'Sondages', newId())).id;
  await teams.mustClick(alex, await form(), 'Enregistrer', { kind: 'lcop7', bound: 'no' });
  await teams.mustClick(nadia, await form(nadia, other), 'Enregistrer', { kind: 'lcop4', bound: 'yes' });
  await teams.mustClick(alex, await form(), 'Enregistrer', { kind: 'lcop7', bound: 'no', condition: 'yes' });
  expect(await teams.services.belonging.bodyOf(alex)).toMatchObject({ kind: 'lcop4', rcti: true });
  await teams.mustClick(alex, await form(), 'Enregistrer', { kind: 'lcop7', bound: 'unknown' });
  expect(await teams.services.belonging.bodyOf(alex)).toMatchObject({ kind: 'lcop4', rcti: null });
});

test('a kind that a first form came filled in with, and that was left, does not replace a newer one', async () => {
  await teams.mustClick(alex, await form(), 'Enregistrer', { kind: 'lcop7', bound: 'no' });
  const other = (await teams.services.files.create(nadia, 'Sondages', newId())).id;
  const hers = await form(nadia, other);
  await teams.mustClick(alex, await form(), 'Enregistrer', { kind: 'municipal', bound: 'no' });
  await teams.mustClick(nadia, hers, 'Enregistrer', { kind: 'lcop7', bound: '' });
  expect(await teams.services.belonging.bodyOf(alex)).toMatchObject({ kind: 'municipal', rcti: false });
});

test('the same answer again, from an old card, is taken as it is', async () => {
  const [one, other] = [await form(), await form()];
  const said = { kind: 'cspq8', bound: 'no' };
  await teams.mustClick(alex, one, 'Enregistrer', said);
  expect((await teams.mustClick(alex, other, 'Enregistrer', said)).plain).toContain('C’est noté.');
});

test('what is saved is said to be, and what the staff confirmed stays on the card', async () => {
  const body = await teams.services.belonging.bodyOf(alex);
  await staffed(teams, diane);
  const record = await teams.mustPress(diane, 'people.openBody', { body: body?.id });
  await teams.mustClick(diane, record, 'Confirmer le genre', { kind: 'municipal', rcti: 'no' });
  const saved = await teams.mustPress(alex, 'needs.setEligibility', {
    file,
    kind: 'municipal',
    bound: 'no',
  });
  expect(saved.plain).toContain('C’est noté.');
  expect(saved.plain).toContain('L’équipe du Courtier a confirmé : Organisme municipal');
});
