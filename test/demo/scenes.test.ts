import { expect, test } from '@jest/globals';
import { client } from '../../src/demo/cast.ts';
import { SCENES } from '../../src/demo/scenes.ts';
import { CATALOGUE_FOLDER, readFiches } from '../../src/features/catalogue/index.ts';
import { days } from '../support/catalogue.ts';
import { fakeTeams } from '../support/fake-teams.ts';

const teams = fakeTeams();

const samples = () =>
  teams.services.catalogue.publication.publish(readFiches(CATALOGUE_FOLDER, days), 'sample');

test('a scene prepared a second time changes nothing', async () => {
  await samples();
  for (let n = 0; n < 2; n++) for (const scene of Object.values(SCENES)) await scene.prepare(teams.services);
  expect((await teams.services.kickoffs.page(1, 5)).total).toBe(1);
  expect((await teams.services.campaigns.campaignsPage(1, 5)).total).toBe(1);
});

test.each([
  ['rencontre', 'rencontre', 'Rencontre fixée'],
  ['évaluation', 'évaluations', 'À remplir'],
] as const)('the scene « %s » is seen by whoever writes « %s »', async (scene, words, shows) => {
  await samples();
  await SCENES[scene].prepare(teams.services);
  expect((await teams.asks(client, words)).plain).toContain(shows);
});

test('without a fiche in force, each says so in a sentence', async () => {
  for (const { prepare } of Object.values(SCENES))
    await expect(prepare(teams.services)).rejects.toThrow('essayez une date plus tardive');
});
