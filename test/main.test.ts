import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { freePort } from '../src/playground.ts';
import { activity, openConnector } from './support/channel.ts';
import { seed } from './support/database.ts';
import { type Launched, launch, until } from './support/process.ts';

let folder: string;
const launched: Launched[] = [];
let connector: Awaited<ReturnType<typeof openConnector>> | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-main-'));
  await seed(folder);
});
afterEach(async () => {
  await connector?.close();
  connector = undefined;
  for (const { child } of launched.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** The assistant on this test's folder. */
function start(env: Record<string, string> = {}, command?: readonly [string, ...string[]]): Launched {
  const running = launch({ DATA_DIR: folder, ...env }, command);
  launched.push(running);
  return running;
}

/** Asks a question, as Teams posts it. */
const asks = (port: number, teams: { readonly url: string }, id: string) =>
  fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...activity({ serviceUrl: teams.url, text: 'Quels documents faut-il conserver ?' }),
      id,
    }),
  });

/** What it says when it cannot start: one sentence, and a status. */
async function refusal(running: Launched): Promise<string> {
  expect(await running.exited).toBe(1);
  const said = running.log().trim();
  expect(said.split('\n')).toHaveLength(1);
  expect(said).not.toContain('    at ');
  return said;
}

test('it starts, says that it lives and is ready, and stops cleanly at SIGTERM', async () => {
  const running = start({ DRAIN_SECONDS: '1' });
  const url = `http://127.0.0.1:${await running.port}`;
  for (const path of ['/healthz', '/readyz', '/metrics']) expect((await fetch(url + path)).status).toBe(200);
  running.child.kill('SIGTERM');
  expect(await running.exited).toBe(0);
});

test('SIGTERM lets the turn under way end', async () => {
  const teams = await openConnector();
  connector = teams;
  const running = start();
  const port = await running.port;
  // The first turn loads what later ones find loaded: it may be acknowledged before it ends.
  await asks(port, teams, 'first');
  await until(() => teams.calls.length >= 1);
  const turn = asks(port, teams, 'second');
  await until(() => teams.calls.length >= 2);
  running.child.kill('SIGTERM');
  expect((await turn).status).toBe(200);
  expect(await running.exited).toBe(0);
});

test('at SIGTERM it is not ready any more, and takes turns as long as it was told, the last on their connection', async () => {
  const teams = await openConnector();
  connector = teams;
  const running = start({ DRAIN_SECONDS: '20' });
  const port = await running.port;
  await asks(port, teams, 'first');
  running.child.kill('SIGTERM');
  await until(() => running.log().includes('"stopping"'));
  const probe = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect(probe.status).toBe(503);
  expect(await probe.json()).toEqual({ status: 'not ready', reason: 'stopping' });
  const turn = await asks(port, teams, 'while draining');
  expect(turn.ok).toBe(true);
  expect(turn.headers.get('connection')).toBe('close');
  await until(() => teams.calls.length >= 2);
  // As long as it was told, or until it is told again.
  running.child.kill('SIGTERM');
  expect(await running.exited).toBe(143);
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
});

test('it ends whatever clients hold', async () => {
  const running = start();
  const port = await running.port;
  // A request that never ends, and a connection that never begins one.
  const [slow, silent] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  for (const socket of [slow, silent]) socket.on('error', () => {});
  slow.write(
    'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  );
  await fetch(`http://127.0.0.1:${port}/healthz`);
  const before = performance.now();
  running.child.kill('SIGTERM');
  expect(await running.exited).toBe(0);
  expect(performance.now() - before).toBeLessThan(25_000);
  for (const socket of [slow, silent]) socket.destroy();
});

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('a second %s ends it at once', async (signal, status) => {
  const running = start({ DRAIN_SECONDS: '20' });
  await running.port;
  running.child.kill(signal);
  await until(() => running.log().includes('"stopping"'));
  running.child.kill(signal);
  expect(await running.exited).toBe(status);
});

test('npm start passes the signal on', async () => {
  const running = start({}, ['npm', 'start']);
  const port = await running.port;
  running.child.kill('SIGTERM');
  await running.exited;
  expect(running.log()).toContain('"stopping"');
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
});

test('a second process on the same data is refused with a sentence', async () => {
  const first = start();
  await first.port;
  expect(await refusal(start())).toContain('déjà utilisé par un autre processus');
});

test('after a kill -9 it starts again on the same data', async () => {
  const first = start();
  await first.port;
  first.child.kill('SIGKILL');
  await first.exited;
  const second = start();
  expect((await fetch(`http://127.0.0.1:${await second.port}/readyz`)).status).toBe(200);
});

test('a malformed configuration stops the start with one sentence, and no stack', async () => {
  expect(await refusal(start({ PORT: 'abc' }))).toContain('PORT');
});

test('a port that is taken stops the start with one sentence', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const taken = typeof address === 'object' ? String(address?.port) : '';
  expect(await refusal(start({ PORT: taken }))).toContain(`Le port ${taken} est déjà utilisé`);
  await new Promise((resolve) => other.close(resolve));
});

test('a port of health and figures that is taken is named as such', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const taken = typeof address === 'object' ? String(address?.port) : '';
  const said = await refusal(start({ ADMIN_PORT: taken }));
  expect(said).toContain(`Le port ${taken} est déjà utilisé`);
  expect(said).toContain('ADMIN_PORT');
  await new Promise((resolve) => other.close(resolve));
});

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('%s while it waits for its database ends it at once', async (signal, status) => {
  const running = start({ DATABASE_URL: `postgres://u:p@127.0.0.1:${await freePort()}/courtier` });
  await until(() => running.log().includes('database'));
  running.child.kill(signal);
  expect(await running.exited).toBe(status);
});

test('a data directory that is a file stops the start with one sentence', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(await refusal(start({ DATA_DIR: file }))).toContain(`« ${file} » ne peut pas être utilisé`);
});

test('with ADMIN_PORT, health and metrics are answered there, and no longer beside the messages', async () => {
  const adminPort = await freePort(39_780);
  const port = await start({ ADMIN_PORT: String(adminPort) }).port;
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    expect((await fetch(`http://127.0.0.1:${adminPort}${path}`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404);
  }
});
