import { beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../../../src/core/id.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { colleagues, MINISTRY, staffed } from '../../../support/organization.ts';
import { alex, diane, nadia, samuel, staffRoom } from '../../../support/people.ts';

const teams = fakeTeams({ shortGuide: true });
const CITY = 'Ville de Lévis';
beforeEach(() => staffed(teams, diane));

const asks = (person: typeof alex, name = MINISTRY) =>
  teams.services.organizations.requestMembership(person, name, newId());
const stateOf = async (person: typeof alex) =>
  (await teams.services.organizations.findMembership(person))?.state;
const listed = () => teams.asks(diane, 'adhésions', staffRoom);
const presses = (title: string) => async () => teams.mustClick(diane, await listed(), title, {}, staffRoom);
const mapped = async (person: typeof alex) => {
  await asks(person);
  await presses('Oui, associer le locataire')();
};
const removed = async (person: typeof alex, revision = 1) => {
  const { id = '' } = (await teams.services.organizations.findMembership(person)) ?? {};
  await teams.services.organizations.revokeMembership(diane, id, revision);
};
const decided = async (person: typeof alex, decision: 'confirm' | 'refuse') => {
  const { id = '' } = (await teams.services.organizations.findMembership(person)) ?? {};
  await teams.services.organizations.decideMembership(diane, id, 1, decision);
};

describe('in a tenant that is mapped to a body', () => {
  beforeEach(() => mapped(nadia));

  test('somebody whom the staff removed waits for the staff when they ask again, who see when it was', async () => {
    await asks(alex);
    expect(await stateOf(alex)).toBe('confirmed');
    await removed(alex);
    teams.clock.advance({ days: 1 });
    expect((await asks(alex)).state).toBe('pending');
    expect((await listed()).plain).toContain('Adhésion retirée par l’équipe le 23 novembre 2026');
  });

  test('asking for another body first, or having one’s data erased, brings a removed person back no sooner', async () => {
    await asks(alex);
    await removed(alex);
    await asks(alex, CITY);
    expect((await asks(alex)).state).toBe('pending');
    await teams.services.privacy.erase(alex);
    await teams.services.people.see(alex);
    expect((await asks(alex)).state).toBe('pending');
  });

  test('somebody refused elsewhere needs nobody for the body of their tenant', async () => {
    await asks(alex, CITY);
    await decided(alex, 'refuse');
    expect((await asks(alex)).state).toBe('confirmed');
  });

  test('once the staff confirmed a removed person again, they may leave and come back as before', async () => {
    await asks(alex);
    await removed(alex);
    await asks(alex);
    await decided(alex, 'confirm');
    await asks(alex, CITY);
    expect((await asks(alex)).state).toBe('confirmed');
  });
});

test('somebody whom the staff refused or removed is in no confirmation of many', async () => {
  await colleagues(teams, [alex]);
  await removed(alex, 2);
  for (const person of [alex, nadia, samuel]) await asks(person);
  const together = await presses('Les voir ensemble')();
  expect(together.plain).toContain('2 demandes');
  expect(together.plain).not.toContain(alex.name);
  expect(together.plain).toContain('Une personne que l’équipe avait retirée ou refusée n’y est pas');
  await teams.mustClick(diane, together, 'Confirmer ces 2 demandes', {}, staffRoom);
  expect([await stateOf(nadia), await stateOf(samuel), await stateOf(alex)]).toEqual([
    'confirmed',
    'confirmed',
    'pending',
  ]);
});

test('a request that was refused before says so', async () => {
  await asks(alex);
  await decided(alex, 'refuse');
  await asks(alex);
  expect((await listed()).plain).toContain('Demande refusée par l’équipe le 23 novembre 2026');
});
