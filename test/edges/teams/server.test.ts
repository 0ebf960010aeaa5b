import { connect } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { CourtierError } from '../../../src/core/errors.ts';
import { buildServer, type Server } from '../../../src/edges/teams/index.ts';
import type { ServerOptions } from '../../../src/edges/teams/server.ts';
import { silent } from '../../support/delivery.ts';
import { exchange, request } from '../../support/raw-http.ts';

// What the HTTP server promises whoever runs it: ports, headers, limits, and an end.

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close(0)));
});

async function open(options: Partial<ServerOptions> = {}) {
  const nothing = () => {};
  const server = buildServer({
    endpoint: { receive: async () => ({ status: 200 }), drain: async () => {} },
    metrics: { contentType: 'text/plain', render: async () => 'count 1', refused: nothing },
    log: { info: nothing, warn: nothing, error: nothing },
    ready: async () => {},
    page: async () => ({ status: 200, mediaType: 'text/html', body: '<p>Bonjour</p>' }),
    reading: () => ({ status: 404, mediaType: 'text/html', body: '' }),
    download: async () => ({ fileName: 'a.txt', mediaType: 'text/plain', body: 'a' }),
    ...options,
  });
  servers.push(server);
  const port = await server.listen(0, '127.0.0.1');
  return { server, port, url: `http://127.0.0.1:${port}` };
}
const post = (length: number, body = '') =>
  request(
    'POST /api/messages HTTP/1.1',
    ['Content-Type: application/json', `Content-Length: ${length}`],
    body,
  );
const OPERATIONS = ['/healthz', '/readyz', '/metrics'];

test.each(OPERATIONS)('with an admin port, %s is answered there and nowhere else', async (path) => {
  const { server, url } = await open({ adminPort: 0 });
  expect((await fetch(`http://127.0.0.1:${server.adminPort()}${path}`)).status).toBe(200);
  expect((await fetch(url + path)).status).toBe(404);
});

test.each(['/liens/x', '/telechargements/x'])('the admin port has no %s', async (path) => {
  const { server, url } = await open({ adminPort: 0 });
  expect((await fetch(`http://127.0.0.1:${server.adminPort()}${path}`)).status).toBe(404);
  expect((await fetch(url + path)).status).toBe(200);
});

test.each(OPERATIONS)('without an admin port, %s is answered beside the rest', async (path) => {
  const { server, url } = await open();
  expect(server.adminPort()).toBeUndefined();
  expect((await fetch(url + path)).status).toBe(200);
});

test('what is not ready says so; whoever asks while the database is being asked shares its answer', async () => {
  const answer = Promise.withResolvers<string | undefined>();
  let asked = 0;
  const { url } = await open({
    ready: () => {
      asked++;
      return answer.promise;
    },
  });
  const answers = Array.from({ length: 20 }, () => fetch(`${url}/readyz`));
  // By the time that the process has answered later requests, it has taken the earlier ones in.
  for (let n = 0; n < 20; n++) await fetch(`${url}/healthz`);
  answer.reject(new Error('no database'));
  expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([503]));
  expect(asked).toBeLessThan(20);
});

test.each(['/healthz', '/readyz'])('a probe that asks for the head of %s alone is answered', async (path) => {
  const { url } = await open({});
  const response = await fetch(url + path, { method: 'HEAD' });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('');
});

test.each(['/healthz/', '//healthz', '/healthz/?x=a/b/'])(
  '%s is the address that it looks like',
  async (path) => {
    const { url } = await open({});
    expect((await fetch(url + path)).status).toBe(200);
  },
);

test.each([
  ['GET', '/api/messages/', 'POST'],
  ['GET', '/api/messages', 'POST'],
  ['POST', '/healthz', 'GET, HEAD'],
  ['DELETE', '/liens/x', 'GET, HEAD, POST'],
])('%s %s is refused with the methods that are taken there', async (method, path, allowed) => {
  const { url } = await open({});
  const response = await fetch(url + path, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')?.split(', ').sort().join(', ')).toBe(allowed);
});

test.each(['/liens/x', '/healthz', '/unknown', '/api/messages', '/liens/%', '/liens/../x'])(
  'with https, the answer to %s keeps browsers to it',
  async (path) => {
    const { port } = await open({ publicUrl: 'https://courtier.example.org' });
    const { text } = await exchange({ port, bytes: request(`GET ${path} HTTP/1.1`) });
    expect(text).toMatch(/^strict-transport-security: max-age=\d{7,}\r$/im);
    expect(text).toMatch(/^x-content-type-options: nosniff\r$/im);
  },
);

test('without https, nothing is said of it', async () => {
  const { url } = await open({ publicUrl: 'http://127.0.0.1:3978' });
  expect((await fetch(`${url}/liens/x`)).headers.get('strict-transport-security')).toBeNull();
});

test('a body that dribbles is cut at its time, however steadily it comes', async () => {
  const { port } = await open({ limits: { bodyMs: 200 } });
  const { statuses, open: held } = await exchange({
    port,
    bytes(socket) {
      socket.write(post(1_000));
      const timer = setInterval(() => socket.write(' '), 20);
      socket.on('close', () => clearInterval(timer));
    },
  });
  expect(statuses).toEqual([408]);
  expect(held).toBe(false);
});

test('an answer that nobody reads is given up at its time', async () => {
  const { port } = await open({
    limits: { answerMs: 200 },
    download: async () => ({ fileName: 'a', mediaType: 'text/plain', body: 'x'.repeat(50_000_000) }),
  });
  const socket = connect(port, '127.0.0.1');
  socket.pause();
  socket.write(request('GET /telechargements/x HTTP/1.1'));
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.on('close', resolve));
  setTimeout(() => socket.resume(), 400);
  await closed;
  expect(socket.bytesRead).toBeLessThan(50_000_000);
});

test('a file that takes longer to be made than a slow reader may take is given, and not for ever', async () => {
  const slow = (ms: number) => ({
    limits: { answerMs: 50, makingMs: 1_000 },
    download: async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return { fileName: 'a.txt', mediaType: 'text/plain', body: 'fait' };
    },
  });
  const { url } = await open(slow(300));
  expect(await (await fetch(`${url}/telechargements/x`)).text()).toBe('fait');
  const { url: later } = await open(slow(3_000));
  await expect(fetch(`${later}/telechargements/x`)).rejects.toThrow('fetch failed');
});

test('whoever made a file is told that nobody waits for it any more', async () => {
  const asked = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const logged: string[] = [];
  const note = (_data: object, message: string) => void logged.push(message);
  const { url } = await open({
    log: { info: note, warn: note, error: note },
    download: async (_token, gone) => {
      gone.addEventListener('abort', () => left.resolve());
      asked.resolve();
      await left.promise;
      throw gone.reason;
    },
  });
  const client = new AbortController();
  const answer = fetch(`${url}/telechargements/x`, { signal: client.signal });
  await asked.promise;
  client.abort();
  await expect(answer).rejects.toThrow('aborted');
  await left.promise;
  expect((await fetch(`${url}/liens/x`)).status).toBe(200);
  expect(logged).toEqual([]);
});

test('a file that cannot be made now says when to come back', async () => {
  const { url } = await open({
    download: async () => {
      throw new CourtierError('unavailable', 'Veuillez réessayer dans une minute.');
    },
  });
  const response = await fetch(`${url}/telechargements/x`);
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('Veuillez réessayer');
});

test('who is being answered keeps the connection when the limit is reached', async () => {
  const release = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const { port } = await open({
    limits: { connections: 5 },
    endpoint: {
      receive: async () => {
        reached.resolve();
        await release.promise;
        return { status: 200 };
      },
      drain: async () => {},
    },
  });
  const answered = exchange({ port, bytes: post(2, '{}') });
  await reached.promise;
  const idle = Array.from({ length: 20 }, () => exchange({ port, bytes: '', patienceMs: 5_000 }));
  const { statuses } = await exchange({ port, bytes: request('GET /healthz HTTP/1.1') });
  release.resolve();
  expect(statuses).toEqual([200]);
  expect((await answered).statuses).toEqual([200]);
  await servers.splice(0)[0]?.close(0);
  await Promise.all(idle);
});

test('a port that is taken is an error of listening, not of the process', async () => {
  const { port } = await open();
  const second = buildServer({
    endpoint: { receive: async () => ({ status: 200 }), drain: async () => {} },
    metrics: { contentType: 'text/plain', render: async () => '', refused: () => {} },
    log: silent,
    ready: async () => {},
    page: async () => ({ status: 404, mediaType: 'text/html', body: '' }),
    reading: () => ({ status: 404, mediaType: 'text/html', body: '' }),
    download: async () => Promise.reject(new Error('none')),
  });
  await expect(second.listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('while it winds down, each answer closes its connection', async () => {
  const { server, url } = await open();
  expect((await fetch(`${url}/healthz`)).headers.get('connection')).toBe('keep-alive');
  server.windDown();
  const response = await fetch(`${url}/healthz`);
  expect(response.status).toBe(200);
  expect(response.headers.get('connection')).toBe('close');
});

test('closing lets the answer under way end', async () => {
  const release = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const { server, port } = await open({
    page: async () => {
      reached.resolve();
      await release.promise;
      return { status: 200, mediaType: 'text/html', body: 'enfin' };
    },
  });
  const page = exchange({ port, bytes: request('GET /liens/x HTTP/1.1') });
  await reached.promise;
  const closed = server.close();
  release.resolve();
  expect((await page).text).toContain('enfin');
  await closed;
});

test('closing never waits for who holds a connection', async () => {
  const reached = Promise.withResolvers<void>();
  const { server, port } = await open({
    page: () => {
      reached.resolve();
      return new Promise(() => {});
    },
  });
  const held = [
    exchange({ port, bytes: request('GET /liens/x HTTP/1.1') }),
    exchange({ port, bytes: post(100, '{') }),
    exchange({ port, bytes: 'GET /liens' }),
    exchange({ port, bytes: '' }),
    exchange({
      port,
      bytes: 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    }),
  ];
  await reached.promise;
  await server.close(300);
  expect((await Promise.all(held)).map(({ open: stillOpen }) => stillOpen)).toEqual(held.map(() => false));
});
