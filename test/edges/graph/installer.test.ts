import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Identity } from '../../../src/core/ports/directory.ts';
import { buildInstaller } from '../../../src/edges/graph/index.ts';
import { countedIdentity, graphError, openGraphServer } from '../../support/graph-server.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const APP = '22222222-2222-4222-8222-222222222222';
const PERSON = '33333333-3333-4333-8333-333333333333';

let server: Awaited<ReturnType<typeof openGraphServer>>;
let waited: number[];
const installed = new Set<string>();

beforeEach(async () => {
  waited = [];
  installed.clear();
  server = await openGraphServer(({ path }) => {
    if (installed.has(path)) return graphError(409, 'Conflict');
    installed.add(path);
    return { status: 201 };
  });
});
afterEach(() => server.close());

const installer = (identity: Identity = countedIdentity()) =>
  buildInstaller({
    identity,
    url: server.url,
    catalogues: new Map([[TENANT, APP]]),
    sleep: async (ms) => void waited.push(ms),
  });

test('installs for a person, by the id of the organization’s catalogue', async () => {
  expect(await installer().forPerson(TENANT, PERSON)).toBe('installed');
  expect(server.calls).toEqual([
    {
      method: 'POST',
      path: `/users/${PERSON}/teamwork/installedApps`,
      body: { 'teamsApp@odata.bind': `${server.url}/v1.0/appCatalogs/teamsApps/${APP}` },
      authorization: 'Bearer token-1',
    },
  ]);
});

test('installs in a team', async () => {
  expect(await installer().forTeam(TENANT, PERSON)).toBe('installed');
  expect(server.calls[0]?.path).toBe(`/teams/${PERSON}/installedApps`);
});

test('says that it was there', async () => {
  await installer().forPerson(TENANT, PERSON);
  expect(await installer().forPerson(TENANT, PERSON)).toBe('present');
});

test.each([
  [403, 'refused'],
  [404, 'unknown'],
])('a %i is no error: the outcome is « %s »', async (status, outcome) => {
  server.faults.push(graphError(status, 'Forbidden'));
  expect(await installer().forPerson(TENANT, PERSON)).toBe(outcome);
  expect(server.calls).toHaveLength(1);
});

test('waits as long as Graph asks after a 429', async () => {
  server.faults.push(graphError(429, 'TooManyRequests', { 'retry-after': '7' }));
  expect(await installer().forPerson(TENANT, PERSON)).toBe('installed');
  expect(waited).toEqual([7_000]);
});

test('leaves a long wait to the job, which comes back later', async () => {
  server.faults.push(graphError(429, 'TooManyRequests', { 'retry-after': '600' }));
  await expect(installer().forPerson(TENANT, PERSON)).rejects.toThrow('429 TooManyRequests');
  expect(waited).toEqual([]);
});

test('a refused token is renewed once', async () => {
  server.faults.push(graphError(401, 'InvalidAuthenticationToken'));
  expect(await installer().forPerson(TENANT, PERSON)).toBe('installed');
  expect(server.calls.map(({ authorization }) => authorization)).toEqual([
    'Bearer token-1',
    'Bearer token-2',
  ]);
  server.faults.push(graphError(401, 'x'), graphError(401, 'x'));
  await expect(installer().forPerson(TENANT, 'other')).rejects.toThrow('401');
});

test('an answer lost after the installation is asked again, and it was there', async () => {
  server.faults.push({ doneThen: 504 });
  expect(await installer().forPerson(TENANT, PERSON)).toBe('present');
});

test('a connection cut is tried again, four times in all', async () => {
  server.faults.push('reset', 'reset');
  expect(await installer().forPerson(TENANT, PERSON)).toBe('installed');
  server.faults.push('reset', 'reset', 'reset', 'reset');
  await expect(installer().forPerson(TENANT, 'other')).rejects.toThrow('fetch failed');
  expect(server.calls).toHaveLength(7);
});

test('an error names no one: only Graph’s code is kept', async () => {
  server.faults.push({
    status: 418,
    body: { error: { code: 'Teapot', message: 'Camille Canari was not found' } },
  });
  await expect(installer().forPerson(TENANT, PERSON)).rejects.toThrow(/^Graph answered 418 Teapot$/);
});

/** An identity whose tokens say what was granted in each tenant; Entra knows nothing of the others. */
const granting = (granted: Readonly<Record<string, readonly string[]>>): Identity => ({
  async getToken(_scope, tenantId = '') {
    const roles = granted[tenantId];
    if (!roles) throw new Error('AADSTS700016');
    const claims = Buffer.from(JSON.stringify({ roles })).toString('base64url');
    return { token: `x.${claims}.x`, expiresOnTimestamp: Date.now() + 3_600_000 };
  },
});

test('what an organization granted is read of a token of its own tenant', async () => {
  const user = 'TeamsAppInstallation.ReadWriteSelfForUser.All';
  const team = 'TeamsAppInstallation.ReadWriteSelfForTeam.All';
  const { consent } = installer(granting({ all: [user, team], some: [user], none: [] }));
  expect(await Promise.all(['all', 'some', 'none', 'stranger'].map(consent))).toEqual([
    'given',
    'partial',
    'missing',
    'missing',
  ]);
});

test('each tenant has its own token, and one whose catalogue nobody named is asked nothing', async () => {
  const asked: (string | undefined)[] = [];
  const identity: Identity = {
    getToken: async (_scope, tenantId) => {
      asked.push(tenantId);
      return { token: 'x', expiresOnTimestamp: 0 };
    },
  };
  const { forPerson } = installer(identity);
  await forPerson(TENANT, PERSON);
  expect(await forPerson(APP, PERSON)).toBe('refused');
  expect(asked).toEqual([TENANT]);
});
