import { beforeEach, describe, expect, test } from '@jest/globals';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, booked, people, requested } from '../../support/kickoff.ts';
import { alex, channel, group, samuel } from '../../support/people.ts';

// In a channel or a group, what is somebody's own is not shown; whoever takes part in a file may show those around where
// it is: its name, its step and its dates, and nothing else.

const teams = fakeTeams();

beforeEach(async () => people(teams));

const SHARED = [
  ['mon dossier', 'acquisitions.showTeam'],
  ['comparer', 'scenarios.showTeam'],
  ['rencontre', 'kickoff.showTeam'],
] as const;

describe.each([
  ['a channel', channel],
  ['a group', group],
])('in %s', (_name, place) => {
  test.each(SHARED)('« %s » shows nothing, and offers to show its state', async (command, _verb) => {
    await aFile(teams, { name: 'Projet zibeline' });
    await teams.says(alex, command, place);
    const card = teams.lastCard();
    expect(card.template).toBe('welcome/elsewhere');
    expect(card.plain).toContain('personnelle');
    expect(JSON.stringify(card.json)).not.toContain('zibeline');
    expect(card.offers('Montrer l’état à l’équipe')).toBe(true);
  });

  test.each(SHARED)(
    'what « %s » shows has no price, no supplier, no name, and nothing to press',
    async (_c, verb) => {
      const file = await aFile(teams, { name: 'Projet zibeline' });
      await requested(teams, file, { project: 'Secret' });
      const card = await teams.mustPress(alex, verb, {}, place);
      expect(card.template).toBe('acquisitions/team');
      expect(card.plain).toContain('Projet zibeline');
      expect(card.plain).not.toMatch(/airelle|\$|Secret|9 600/i);
      expect(card.plain).not.toContain(alex.name);
      expect(card.buttons).toEqual([]);
      expect(card.inputs).toEqual([]);
    },
  );

  test.each(SHARED)('who has no file shows nothing by what « %s » offers', async (_c, verb) => {
    await aFile(teams, { name: 'Projet zibeline' });
    expect(await teams.refusedPress(samuel, verb, {}, place)).toContain('Ouvrez d’abord le dossier');
  });
});

test('the file is shown with the step that it has reached, the next one, and since when', async () => {
  await aFile(teams, { chosen: '', name: 'Projet zibeline' });
  const { plain } = await teams.mustPress(alex, 'acquisitions.showTeam', {}, channel);
  expect(plain).toContain('Étape Définir ses besoins');
  expect(plain).toContain('Ensuite Consulter le Catalogue');
  expect(plain).toContain('Commencé 23 novembre 2026');
});

test('the comparison is shown by what is done of it', async () => {
  await aFile(teams);
  const { plain } = await teams.mustPress(alex, 'scenarios.showTeam', {}, channel);
  expect(plain).toContain('Offres conformes À confirmer');
  expect(plain).toMatch(/Choix Fait le 23 novembre 2026/);
});

test('the meeting is shown by its moment', async () => {
  await booked(teams, await aFile(teams));
  const { plain } = await teams.mustPress(alex, 'kickoff.showTeam', {}, channel);
  expect(plain).toContain('Rencontre de démarrage Rencontre fixée');
  expect(plain).toContain('Moment Lundi 30 novembre 2026, de 9 h à 10 h');
});

test('a file that is archived is shown no more', async () => {
  const id = await aFile(teams);
  const { revision } = await teams.services.files.findFile(id, alex);
  await teams.services.files.move(alex, id, revision, 'archive');
  expect(await teams.refusedPress(alex, 'acquisitions.showTeam', {}, channel)).toContain('Ouvrez d’abord');
});
