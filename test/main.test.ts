import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { freePort } from '../src/playground.ts';
import { activity, openConnector } from './support/channel.ts';

const ROOT = join(import.meta.dirname, '..');
let folder: string;
const children: ChildProcess[] = [];
let connector: Awaited<ReturnType<typeof openConnector>> | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-main-'));
});
afterEach(async () => {
  await connector?.close();
  connector = undefined;
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** The assistant as `npm start` runs it; resolves when it says that it is ready. */
function start(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts')], {
    env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  let log = '';
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const port = new Promise<number>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      log += chunk;
      const found = /"port":(\d+)/.exec(log);
      if (found) resolve(Number(found[1]));
    });
    exited.then(() => reject(new Error(log)));
  });
  port.catch(() => {});
  return { child, port, exited, log: () => log };
}

test('it starts, says that it lives and is ready, and stops cleanly at SIGTERM', async () => {
  const running = start();
  const url = `http://127.0.0.1:${await running.port}`;
  for (const path of ['/healthz', '/readyz', '/metrics']) expect((await fetch(url + path)).status).toBe(200);
  running.child.kill('SIGTERM');
  expect(await running.exited).toBe(0);
});

test('SIGTERM lets the turn under way end', async () => {
  const teams = await openConnector();
  connector = teams;
  const running = start();
  const url = `http://127.0.0.1:${await running.port}/api/messages`;
  const says = (id: string) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...activity({ serviceUrl: teams.url, text: 'Quels documents faut-il conserver ?' }),
        id,
      }),
    });
  // The first turn loads what later ones find loaded: it may be acknowledged before it ends.
  await says('first');
  const answered = (times: number) =>
    new Promise<void>((resolve) => {
      const look = () => (teams.calls.length >= times ? resolve() : setImmediate(look));
      look();
    });
  await answered(1);
  const turn = says('second');
  await answered(2);
  running.child.kill('SIGTERM');
  expect((await turn).status).toBe(200);
  expect(await running.exited).toBe(0);
});

test('a second process on the same data is refused with a sentence', async () => {
  const first = start();
  await first.port;
  const second = start();
  expect(await second.exited).toBe(1);
  expect(second.log()).toContain('déjà utilisé par un autre processus');
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
  const running = start({ PORT: 'abc' });
  expect(await running.exited).toBe(1);
  expect(running.log().trim().split('\n')).toHaveLength(1);
  expect(running.log()).toContain('PORT');
});

test('with ADMIN_PORT, health and metrics are answered there, and no longer beside the messages', async () => {
  const adminPort = await freePort(39_780);
  const port = await start({ ADMIN_PORT: String(adminPort) }).port;
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    expect((await fetch(`http://127.0.0.1:${adminPort}${path}`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404);
  }
});
