import { beforeEach, expect, test } from '@jest/globals';
import type { Consent, Installer } from '../../../src/core/ports/directory.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { admin, diane } from '../../support/people.ts';
import { traces } from '../../support/together.ts';

const CATALOGUE = '44444444-4444-4444-8444-444444444444';
let granted: Consent;
const installer: Installer = {
  catalogues: new Map([[admin.tenantId, CATALOGUE]]),
  forPerson: async () => 'installed',
  forTeam: async () => 'installed',
  consent: async () => granted,
};
const teams = fakeTeams({ installer });

beforeEach(() => {
  granted = 'given';
});

const check = async () => {
  await teams.asks(admin, 'locataires');
  return teams.mustPress(admin, 'people.checkTenant', { tenant: admin.tenantId });
};

test('an administrator sees a tenant’s catalogue, and that nobody looked at its consent', async () => {
  const { plain } = await teams.asks(admin, 'locataires');
  expect(plain).toContain(admin.tenantId);
  expect(plain).toContain(`Catalogue : ${CATALOGUE}`);
  expect(plain).toContain('Consentement : jamais vérifié');
});

test('what a tenant grants is noted with who looked and when, and stays what was seen last', async () => {
  expect((await check()).plain).toContain(`Consentement : accordé, constaté le 23 novembre 2026`);
  expect((await teams.asks(admin, 'locataires')).plain).toContain(`par ${admin.name}`);
  granted = 'missing';
  const { plain } = await check();
  expect(plain).toContain('Ce locataire n’a pas consenti.');
  expect(plain).toContain('Consentement : non accordé');
  expect([
    await traces(teams, 'tenant.consent.given'),
    await traces(teams, 'tenant.consent.missing'),
  ]).toEqual([1, 1]);
});

test('the staff have nothing of it', async () => {
  const press = ['people.checkTenant', { tenant: admin.tenantId }] as const;
  expect(await teams.reaches(diane, [press])).toEqual([]);
});
