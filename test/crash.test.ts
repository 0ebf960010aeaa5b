import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { activity, openConnector } from './support/channel.ts';
import { seed } from './support/database.ts';
import { until } from './support/process.ts';

const ROOT = join(import.meta.dirname, '..');
const folders: string[] = [];
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The assistant in a process that throws what it is told. */
async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'courtier-crash-'));
  folders.push(folder);
  await seed(folder);
  const probe = join(ROOT, 'test/support/crash-probe.ts');
  const child = spawn(process.execPath, ['--import', probe, join(ROOT, 'src/main.ts')], {
    env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  children.push(child);
  const lines: string[] = [];
  let rest = '';
  const port = new Promise<number>((resolve) => {
    child.stderr?.on('data', (chunk) => {
      const parts = `${rest}${chunk}`.split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      const found = /"port":(\d+)/.exec(parts.join('\n'));
      if (found) resolve(Number(found[1]));
    });
  });
  return { child, lines, port: await port };
}

test.each([
  ['an exception', 'throw', 'uncaughtException'],
  ['a rejection', 'reject', 'unhandledRejection'],
])(
  '%s that nobody caught is one line without its words, and ends the process with status 1',
  async (_what, how, event) => {
    const { child, lines } = await start();
    child.send(how);
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
    const told = lines.filter((line) => line.includes('unexpected exception'));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0] ?? '')).toMatchObject({
      level: 50,
      event,
      type: 'Error',
      cause: { type: 'TypeError' },
    });
    expect(lines.join('\n')).not.toMatch(/Alex Gagnon|secret/);
  },
);

test('a connection of the database that nobody listens to any more ends nothing', async () => {
  const { child, lines, port } = await start();
  child.send('lose');
  await until(() => lines.some((line) => line.includes('database connection lost')));
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  expect(child.exitCode).toBeNull();
  expect(lines.join('\n')).not.toMatch(/Alex Gagnon/);
});

test('the turn under way still ends', async () => {
  const { child, port } = await start();
  const teams = await openConnector();
  const says = (id: string) =>
    fetch(`http://127.0.0.1:${port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...activity({ serviceUrl: teams.url, text: 'Quels documents faut-il conserver ?' }),
        id,
      }),
    });
  const answered = async (times: number) => {
    while (teams.calls.length < times) await new Promise(setImmediate);
  };
  await says('first');
  await answered(1);
  const turn = says('second');
  await answered(2);
  child.send('throw');
  expect((await turn).status).toBe(200);
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  await teams.close();
});
