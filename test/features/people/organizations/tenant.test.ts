import { beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../../../src/core/id.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { MINISTRY, staffed } from '../../../support/organization.ts';
import { alex, diane, nadia, samuel, staffRoom } from '../../../support/people.ts';
import { traces } from '../../../support/together.ts';

const teams = fakeTeams({ shortGuide: true });
const CITY = 'Ville de Lévis';
const ELSEWHERE = { ...samuel, tenantId: '11111111-2222-4333-8444-555555555555' };
beforeEach(() => staffed(teams, diane));

const asks = async (person: typeof alex, name = MINISTRY) => {
  teams.clock.advance({ minutes: 1 });
  return teams.services.organizations.requestMembership(person, name, newId());
};
const heldBy = (person: typeof alex) => teams.services.organizations.findMembership(person);
const stateOf = async (person: typeof alex) => (await heldBy(person))?.state;
const listed = () => teams.asks(diane, 'adhésions', staffRoom);
const confirmsTenant = async () =>
  teams.mustClick(diane, await listed(), 'Oui, associer le locataire', {}, staffRoom);

test('a tenant that leads to one body is given to another by no request', async () => {
  await asks(alex, CITY);
  const before = await listed();
  await asks(nadia);
  const { id = '' } = (await heldBy(nadia)) ?? {};
  await teams.services.organizations.decideMembership(diane, id, 1, 'confirmTenant');
  const after = await teams.formBack(diane, before, 'Oui, associer le locataire', {}, staffRoom);
  expect(after.plain).toContain(`Ce locataire est associé à « ${MINISTRY.replace("'", '’')} »`);
  expect(after.offers('Oui, associer le locataire')).toBe(false);
  expect(await stateOf(alex)).toBe('pending');
  expect((await asks(samuel)).state).toBe('confirmed');
});

test('once a tenant leads to a body, those of it who wait for that body are confirmed and told', async () => {
  await teams.install(nadia);
  for (const person of [alex, nadia, ELSEWHERE]) await asks(person);
  await asks(samuel, CITY);
  expect((await listed()).plain).toContain(
    'L’autre demande de ce locataire pour cet organisme sera confirmée',
  );
  expect((await confirmsTenant()).plain).toContain('1 autre personne est confirmée aussi');
  expect(await Promise.all([alex, nadia, ELSEWHERE, samuel].map(stateOf))).toEqual([
    'confirmed',
    'confirmed',
    'pending',
    'pending',
  ]);
  expect(await traces(teams, 'membership.confirm')).toBe(1);
  await teams.runJobs();
  expect(teams.newest(nadia).plain).toContain('Confirmée');
});

test('those whom the staff refused for a body are not confirmed with their tenant', async () => {
  await asks(nadia);
  const { id = '' } = (await heldBy(nadia)) ?? {};
  await teams.services.organizations.decideMembership(diane, id, 1, 'refuse');
  await asks(alex);
  await asks(nadia);
  expect((await listed()).plain.match(/autre demande de ce locataire/g)).toHaveLength(1);
  await confirmsTenant();
  expect([await stateOf(alex), await stateOf(nadia)]).toEqual(['confirmed', 'pending']);
});

test('a register that maps a tenant confirms those of it who wait for that body', async () => {
  await asks(alex);
  await asks(nadia, CITY);
  await teams.drops(diane, {
    'organismes.csv': `Nom;Autres noms;Genre;RCTI;Locataires;Contacts\r\n${MINISTRY};;;;${alex.tenantId};`,
  });
  await teams.mustClick(diane, teams.lastCard(), 'Écrire au registre');
  expect([await stateOf(alex), await stateOf(nadia)]).toEqual(['confirmed', 'pending']);
});

test('after the last decision of a page, the nearest page is shown', async () => {
  for (let n = 0; n < 6; n++)
    await asks({ ...alex, objectId: `cccccccc-0000-4000-8000-00000000000${n}` }, `Organisme numéro ${n}`);
  const second = await teams.mustClick(diane, await listed(), 'Suivante', {}, staffRoom);
  const after = await teams.mustClick(diane, second, 'Confirmer', {}, staffRoom);
  expect(after.plain).toContain('Organisme numéro 0');
  expect(after.plain).not.toContain('Page 2');
});

test('a page of bodies that is no more shows the nearest one', async () => {
  await asks(alex);
  await confirmsTenant();
  expect(await teams.services.organizations.bodiesPage('', 7)).toMatchObject({ page: 1, total: 1 });
});
