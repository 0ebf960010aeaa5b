import { beforeEach, expect, test } from '@jest/globals';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, clientChooses, people, proposed, requested } from '../../support/kickoff.ts';
import { traces } from '../../support/together.ts';

// What a client does of a meeting is in the journal, as what the staff do is.

const teams = fakeTeams();

beforeEach(async () => people(teams));

test('a meeting that is asked for leaves a trace, once', async () => {
  await requested(teams, await aFile(teams));
  expect(await traces(teams, 'kickoff.request')).toBe(1);
});

test('a request that is said otherwise leaves one too, and the same one again none', async () => {
  const file = await aFile(teams);
  await requested(teams, file);
  await requested(teams, file, { project: 'Remplacer le courriel et l’agenda' });
  await requested(teams, file, { project: 'Remplacer le courriel et l’agenda' });
  expect(await traces(teams, 'kickoff.answer')).toBe(1);
});

test('the moments that a client chooses leave one, and the same again none', async () => {
  const all = await proposed(teams, await aFile(teams));
  await clientChooses(teams, all, all.slots.slice(0, 1));
  await clientChooses(teams, all, all.slots.slice(0, 1));
  expect(await traces(teams, 'kickoff.choose')).toBe(1);
});
