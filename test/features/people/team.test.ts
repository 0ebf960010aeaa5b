import { beforeEach, expect, test } from '@jest/globals';
import { fakeTeams } from '../../support/fake-teams.ts';
import { staffed } from '../../support/organization.ts';
import { admin, diane, samuel, staffRoom } from '../../support/people.ts';

// Who is of the broker's office, where their role comes from, what is in force there.

const teams = fakeTeams({ shortGuide: true });

beforeEach(async () => {
  for (const person of [admin, diane, samuel]) await teams.services.people.see(person);
  await staffed(teams, diane);
});

const team = () => teams.asks(admin, 'équipe');

test('the team is everybody who may act for the broker, with where their role comes from', async () => {
  const { plain } = await team();
  expect(plain).toContain('Diane Tremblay\néquipe du Courtier');
  expect(plain).toContain('Odile Fortin\nadministration, par la configuration');
  expect(plain).not.toContain('Samuel Roy\n');
});

test('the rules of the office are there to be read: closed days, prices, hours, approval', async () => {
  const { plain } = await team();
  expect(plain).toContain('Les prochains : 24 décembre 2026, 25 décembre 2026, 28 décembre 2026');
  expect(plain).toContain('le prochain jour où ils peuvent changer est le 1er décembre 2026');
  expect(plain).toContain('part sans l’accord d’une deuxième personne');
});

test('the journal of the team shows who gave and withdrew which role', async () => {
  await teams.press(admin, 'people.changeRole', { member: diane.objectId, role: 'admin' });
  const journal = await teams.mustClick(admin, await team(), 'Journal de l’équipe');
  expect(journal.plain).toContain('a donné un rôle d’administration');
  expect(journal.plain).not.toContain('Canal de l’équipe');
});

test('in a channel, where others read, the journal is not offered', async () => {
  const card = await teams.asks(admin, 'équipe', staffRoom);
  expect(card.offers('Journal de l’équipe')).toBe(false);
});
