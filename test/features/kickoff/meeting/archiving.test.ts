import { beforeEach, expect, test } from '@jest/globals';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFile, booked, people } from '../../../support/kickoff.ts';
import { alex } from '../../../support/people.ts';

const teams = fakeTeams();
beforeEach(() => people(teams));

test('whoever archives a file whose meeting is booked is asked first, and may mean it', async () => {
  const file = await aFile(teams);
  await booked(teams, file);
  const card = await teams.mustPress(alex, 'acquisitions.open', { file });
  const form = await teams.formBack(alex, card, 'Archiver le dossier', { ended: 'abandoned' });
  expect(form.plain).toContain('l’archiver ne l’annule pas');
  expect((await teams.services.files.findFile(file, alex)).state).toBe('open');
  const { data } = card.button('Archiver le dossier');
  await teams.mustPress(alex, 'acquisitions.archive', { ...data, ended: 'abandoned', sure: 'yes' });
  expect((await teams.services.files.findFile(file, alex)).state).toBe('archived');
});
