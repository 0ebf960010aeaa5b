import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { buildInboxAlone } from '../../../src/edges/inbox/alone.ts';
import {
  buildAuthentication,
  buildEndpoint,
  buildServer,
  type Server,
} from '../../../src/edges/teams/index.ts';
import { activity, BOT_ID, openChannel, TENANT } from '../../support/channel.ts';
import { heldHeap } from '../../support/heap.ts';

let channel: Awaited<ReturnType<typeof openChannel>>;
let server: Server;
let url: string;
let handled = 0;
const logged: string[] = [];

beforeAll(async () => {
  channel = await openChannel();
  // The Bot Framework writes there by itself; Jest would keep each line with its stack until the end.
  jest.spyOn(console, 'error').mockImplementation((...parts) => void logged.push(parts.join(' ')));
  const quiet = {
    info: () => {},
    warn: (data: object, message: string) => void logged.push(JSON.stringify(data) + message),
    error: () => {},
  };
  const metrics = { contentType: 'text/plain', render: async () => '', refused: () => {}, turn: () => {} };
  const endpoint = buildEndpoint({
    authentication: buildAuthentication({
      id: BOT_ID,
      tenantId: TENANT,
      type: 'SingleTenant',
      keysUrl: channel.keysUrl,
    }),
    gate: { botId: BOT_ID, tenants: [TENANT], serviceHosts: ['smba.trafficmanager.net'] },
    inbox: buildInboxAlone(Date.now),
    run: async () => void handled++,
    log: quiet,
    metrics,
    now: Date.now,
  });
  server = buildServer({
    endpoint,
    metrics,
    log: quiet,
    ready: async () => undefined,
    page: async () => ({ status: 404, mediaType: 'text/html', body: '' }),
    reading: () => ({ status: 404, mediaType: 'text/html', body: '' }),
    download: async () => Promise.reject(new Error('none')),
  });
  url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}/api/messages`;
});
beforeEach(() => {
  handled = 0;
});
afterAll(async () => {
  await server.close();
  await channel.close();
});

const post = (body: unknown, authorization?: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** Refused with a bare status: no handler has run, and the answer says nothing. */
async function expectRefusal(response: Response, status = 401): Promise<void> {
  expect(response.status).toBe(status);
  expect((await response.text()).length).toBeLessThanOrEqual(2);
  expect(handled).toBe(0);
}

test('what Teams signs is handled', async () => {
  const response = await post(activity(), channel.token());
  expect(response.status).toBe(200);
  expect(handled).toBe(1);
});

test('a request without a token is refused', async () => expectRefusal(await post(activity())));
test('a token that is no token is refused', async () => expectRefusal(await post(activity(), 'Bearer abc')));
test('a token of another scheme is refused', async () =>
  expectRefusal(await post(activity(), channel.token().replace('Bearer', 'Basic'))));

test('a token without signature (alg none) is refused', async () => {
  const [header, payload] = channel.token({}, { alg: 'none' }).slice(7).split('.');
  await expectRefusal(await post(activity(), `Bearer ${header}.${payload}.`));
});

test.each(['none', 'HS256', 'ES256'])('a token whose algorithm is %s is refused', async (alg) =>
  expectRefusal(await post(activity(), channel.token({}, { alg }))),
);
test('a token signed with another key is refused', async () =>
  expectRefusal(await post(activity(), channel.token({}, {}, channel.forgedKey))));
test('a token with an unknown key id is refused', async () =>
  expectRefusal(await post(activity(), channel.token({}, { kid: 'key-2' }))));

test.each([
  ['another issuer', { iss: `https://sts.windows.net/${TENANT}/` }],
  ['an Entra issuer of version 2', { iss: `https://login.microsoftonline.com/${TENANT}/v2.0` }],
  ['another audience', { aud: '88888888-8888-4888-8888-888888888888' }],
  ['no expiry', { exp: undefined }],
  ['an expiry that is past', { exp: 1_700_000_000 }],
  ['no service address', { serviceurl: undefined }],
  ['a foreign service address', { serviceurl: 'https://attacker.example/' }],
])('a token with %s is refused', async (_what, claims) =>
  expectRefusal(await post(activity(), channel.token(claims))),
);

test.each([
  ['from another channel', { channelId: 'directline' }],
  ['from the emulator', { channelId: 'emulator' }],
  [
    'from a foreign tenant',
    { conversation: { id: 'a:chat', tenantId: '22222222-2222-4222-8222-222222222222' } },
  ],
  [
    'with two tenants that disagree',
    { channelData: { tenant: { id: '22222222-2222-4222-8222-222222222222' } } },
  ],
  ['without any tenant', { conversation: { id: 'a:chat' }, channelData: {} }],
  ['with null for a sender', { from: null }],
  ['without a conversation', { conversation: undefined }],
])('an activity %s is refused', async (_what, changes) =>
  expectRefusal(await post(activity(changes), channel.token())),
);

test('a foreign service address is refused, even when token and activity agree', async () => {
  const serviceUrl = 'https://attacker.example/';
  await expectRefusal(await post(activity({ serviceUrl }), channel.token({ serviceurl: serviceUrl })));
});

test('a service address without encryption is refused', async () => {
  const serviceUrl = 'http://smba.trafficmanager.net/teams/';
  await expectRefusal(await post(activity({ serviceUrl }), channel.token({ serviceurl: serviceUrl })));
});

test('a service address that only looks allowed is refused', async () => {
  const serviceUrl = 'https://smba.trafficmanager.net.attacker.example/';
  await expectRefusal(await post(activity({ serviceUrl }), channel.token({ serviceurl: serviceUrl })));
});

test.each([
  ['an array', '[]'],
  ['a number', '12'],
  ['null', 'null'],
  ['an empty object', '{}'],
])('%s for a body is refused', async (_what, body) => {
  const response = await post(body, channel.token());
  expect([400, 401]).toContain(response.status);
  expect(handled).toBe(0);
});

test('broken JSON is refused', async () => expectRefusal(await post('{"type":', channel.token()), 400));
test('a body of more than 256 KB is refused', async () =>
  expectRefusal(await post(activity({ text: 'x'.repeat(300_000) }), channel.token()), 413));

test('a GET is refused', async () => expectRefusal(await fetch(url), 405));

test('the same activity five times at once runs once', async () => {
  const one = activity();
  const responses = await Promise.all(Array.from({ length: 5 }, () => post(one, channel.token())));
  expect(responses.map((response) => response.status)).toEqual([200, 200, 200, 200, 200]);
  expect(handled).toBe(1);
});

test('a redelivery under a new id, of the same moment and words, runs once', async () => {
  const localTimestamp = '2026-11-23T10:00:00.000-05:00';
  await post(activity({ localTimestamp }), channel.token());
  await post(activity({ localTimestamp }), channel.token());
  expect(handled).toBe(1);
});

test('two thousand forged requests run nothing, and memory stays flat', async () => {
  const before = heldHeap();
  for (let batch = 0; batch < 40; batch++) {
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => {
        const tenantId = crypto.randomUUID();
        const foreign = activity({
          conversation: { id: 'a:chat', tenantId },
          channelData: { tenant: { id: tenantId } },
        });
        return post(
          n % 2 ? foreign : activity(),
          channel.token({ iss: `https://sts.windows.net/${tenantId}/` }).slice(0, -5),
        ).then((response) => response.text());
      }),
    );
  }
  expect(handled).toBe(0);
  expect(heldHeap() - before).toBeLessThan(20_000_000);
});

test('no token reaches the log', () => {
  expect(logged.join('\n')).not.toMatch(/eyJ|Bearer/);
});
