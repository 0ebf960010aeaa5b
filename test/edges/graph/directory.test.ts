import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { buildDirectory } from '../../../src/edges/graph/index.ts';
import { countedIdentity, graphError, openGraphServer } from '../../support/graph-server.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const GROUP = '22222222-2222-4222-8222-222222222222';
const idOf = (n: number) => `33333333-3333-4333-8333-${String(n).padStart(12, '0')}`;

let server: Awaited<ReturnType<typeof openGraphServer>>;
/** By their mail; some by their sign-in name only. */
const mails = new Map([['leo@ville.example', idOf(1)]]);
const names = new Map([["o'neil@ville.example", idOf(2)]]);

beforeEach(async () => {
  server = await openGraphServer(({ path }) => {
    const url = new URL(path, 'https://x');
    const filter = url.searchParams.get('$filter') ?? '';
    if (url.pathname === '/users') {
      const asked = [...filter.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = '']) =>
        text.replaceAll("''", "'"),
      );
      const [field = '', known] = filter.startsWith('mail') ? ['mail', mails] : ['userPrincipalName', names];
      const value = asked.flatMap((email) => {
        const id = known.get(email);
        return id ? [{ id, [field]: email.toUpperCase() }] : [];
      });
      return { status: 200, body: { value } };
    }
    if (url.pathname.endsWith('/microsoft.graph.user')) {
      const second = url.searchParams.has('$skiptoken');
      const value = Array.from({ length: second ? 1 : 999 }, (_, n) => ({ id: idOf(second ? 5_000 : n) }));
      const next = { '@odata.nextLink': `${server.url}/v1.0${path}&$skiptoken=x` };
      return { status: 200, body: { value, ...(second ? {} : next) } };
    }
    if (url.pathname === '/groups')
      return { status: 200, body: { value: [{ id: GROUP, displayName: 'Directions' }] } };
    return graphError(404, 'Request_ResourceNotFound');
  });
});
afterEach(() => server.close());

const directory = () =>
  buildDirectory({ identity: countedIdentity(), url: server.url, tenants: [TENANT], sleep: async () => {} });

test('people are found by their mail, or by their sign-in name; others are absent', async () => {
  const found = await directory().findByEmail(['leo@ville.example', "o'neil@ville.example", 'a@b.example']);
  expect([...found]).toEqual([
    ['leo@ville.example', { tenantId: TENANT, objectId: idOf(1) }],
    ["o'neil@ville.example", { tenantId: TENANT, objectId: idOf(2) }],
  ]);
});

test('a thousand addresses are asked about fifteen at a time', async () => {
  await directory().findByEmail(Array.from({ length: 1_000 }, (_, n) => `personne${n}@ville.example`));
  expect(server.calls).toHaveLength(2 * Math.ceil(1_000 / 15));
});

test('the members of a group are read a page after the other, and no more than is asked', async () => {
  expect(await directory().membersOf(TENANT, GROUP, 20_000)).toHaveLength(1_000);
  expect(await directory().membersOf(TENANT, GROUP, 10)).toHaveLength(10);
});

test('a group is found by the beginning of its name; one that is no more is undefined', async () => {
  expect(await directory().groupsNamed("L'équipe", 5)).toEqual([
    { tenantId: TENANT, id: GROUP, name: 'Directions' },
  ]);
  expect(new URL(server.calls[0]?.path ?? '', 'https://x').searchParams.get('$filter')).toBe(
    "startswith(displayName,'L''équipe')",
  );
  expect(await directory().findGroup(TENANT, GROUP)).toBeUndefined();
});

test('a directory that refuses is no empty answer', async () => {
  server.faults.push(graphError(403, 'Authorization_RequestDenied'));
  await expect(directory().findByEmail(['leo@ville.example'])).rejects.toThrow('403');
});
