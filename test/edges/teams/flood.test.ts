import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { activity, openConnector } from '../../support/channel.ts';
import { seed } from '../../support/database.ts';
import type { Held } from '../../support/process-probe.ts';
import { exchange, type Outcome, request } from '../../support/raw-http.ts';
import { encodings, sizes, values } from './hostile/bodies.ts';
import { heads, protocols, smuggling, targets } from './hostile/framing.ts';
import type { Kind } from './hostile/kind.ts';
import { slow } from './hostile/slow.ts';

// Every kind of hostile request at once, on a process of its own that may open 600 descriptors, with people who ask
// meanwhile.

const ROOT = join(import.meta.dirname, '../../..');
const QUESTION = 'Quels documents faut-il conserver ?';
/** How often each kind is sent: what a kind leaks is then seen. */
const TIMES = 3;
/** What one connection at a time may leave for the collector of the next. */
const FLAT_BYTES = 20_000_000;
const PATIENCE_MS = 15_000;
/** From its sources a process learns its index at the first question: two seconds of a quiet machine, twelve of a busy one. */
const FIRST_MS = 60_000;

let folder: string;
let child: ChildProcess;
let connector: Awaited<ReturnType<typeof openConnector>>;
let port: number;
let log = '';
let asked = 0;
let before: Held;
const outcomes = new Map<string, Outcome[]>();
const waits: number[] = [];
const kinds = everyKind(JSON.stringify(activity({ serviceUrl: 'http://127.0.0.1:9/', text: 'bonjour' })));
const byName = kinds.map((kind): [string, Kind] => [kind.name, kind]);

function everyKind(valid: string): readonly Kind[] {
  return [
    ...[...encodings(valid), ...sizes(valid), ...values(valid), ...smuggling(valid)],
    ...[...heads(), ...protocols(), ...targets(), ...slow(valid)],
  ];
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-flood-'));
  await seed(folder);
  connector = await openConnector();
  const probe = join(ROOT, 'test/support/process-probe.ts');
  const node = [process.execPath, '--expose-gc', '--import', probe, join(ROOT, 'src/main.ts')];
  child = spawn('sh', ['-c', 'ulimit -n 600; exec "$0" "$@"', ...node], {
    env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  port = await new Promise<number>((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      log += chunk;
      const found = /"port":(\d+)/.exec(log);
      if (found) resolve(Number(found[1]));
    });
    child.once('exit', () => reject(new Error(log)));
  });
  // What the first question loads is no leak, nor what the first errors do.
  await ask(QUESTION, FIRST_MS);
  await Promise.all(kinds.filter(isQuick).map(send));
  before = await held();
  const flood = Array.from({ length: TIMES }).reduce<Promise<unknown>>(
    (waves) => waves.then(() => Promise.all(kinds.filter(isQuick).map(send))),
    Promise.resolve(),
  );
  const patience = Promise.all(
    kinds.filter((kind) => !isQuick(kind)).flatMap((kind) => [send(kind), send(kind)]),
  );
  let flooding = true;
  const all = Promise.all([flood, patience]).finally(() => {
    flooding = false;
  });
  while (flooding) {
    const from = performance.now();
    await ask();
    waits.push(performance.now() - from);
  }
  await all;
});
afterAll(async () => {
  child.kill('SIGKILL');
  await connector.close();
  rmSync(folder, { recursive: true, force: true });
});

const isQuick = ({ statuses }: Kind): boolean => !statuses.includes(408);

async function send(kind: Kind): Promise<void> {
  const outcome = await exchange({ port, ...kind });
  outcomes.set(kind.name, [...(outcomes.get(kind.name) ?? []), outcome]);
}

/** A question as Teams sends it; resolves when its answer is in the conversation. */
async function ask(text = QUESTION, patienceMs = PATIENCE_MS): Promise<void> {
  const answers = connector.calls.length + 1;
  const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify(activity({ serviceUrl: connector.url, text })),
    signal: AbortSignal.timeout(patienceMs),
  });
  asked++;
  expect([200, 202]).toContain(response.status);
  await eventually(() => connector.calls.length >= answers);
}

async function eventually(holds: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`did not come about; the process said:\n${log.slice(-2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function held(): Promise<Held> {
  const answer = once(child, 'message');
  child.send('held');
  const [message] = await answer;
  return message as Held;
}

/** How many activities reached a handler, by the process's own count. */
async function handled(): Promise<number> {
  const text = await (
    await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close' } })
  ).text();
  const counts = [...text.matchAll(/^courtier_turn_seconds_count\{[^}]*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

test('there are more than a hundred kinds, each by a name of its own', () => {
  expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
  expect(kinds.length).toBeGreaterThan(100);
});

test.each(byName)('%s', (name, { statuses }) => {
  for (const { statuses: given, open, text } of outcomes.get(name) ?? []) {
    expect(statuses).toContain(given[0] ?? 0);
    expect(open).toBe(false);
    for (const answer of text
      .split(/(?=HTTP\/1\.1 [2-5]\d\d )/)
      .filter((part) => /^HTTP\/1\.1 [2-5]/.test(part)))
      expect(answer).toMatch(/^x-content-type-options: nosniff\r$/im);
  }
  expect(outcomes.get(name)?.length).toBeGreaterThan(1);
});

test('the process is the same, and has logged no error', () => {
  expect(child.exitCode).toBeNull();
  expect(log).not.toMatch(/"level":(50|60)/);
});

test('who asked meanwhile was answered, each within five seconds', () => {
  expect(waits.length).toBeGreaterThan(5);
  expect(Math.max(...waits)).toBeLessThan(5_000);
});

test('no handler has run for any of them', async () => {
  expect(await handled()).toBe(asked);
  expect(connector.calls).toHaveLength(asked);
});

test('memory and sockets are as they were', async () => {
  let now = await held();
  await eventually(async () => {
    now = await held();
    return now.sockets <= before.sockets && now.bytes < before.bytes + FLAT_BYTES;
  });
  expect(now.sockets).toBeLessThanOrEqual(before.sockets);
  expect(now.bytes - before.bytes).toBeLessThan(FLAT_BYTES);
});

/** Opens connections that write something and wait for nothing. */
async function occupy(count: number, bytes: string | Buffer): Promise<Socket[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      socket.on('error', () => {});
      await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
      return socket;
    }),
  );
}

test.each([
  [
    '700 upgrades',
    700,
    'GET /api/messages HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  ],
  ['1,000 connections that say nothing', 1_000, ''],
  ['700 connections that keep their last answer', 700, 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'],
  [
    '700 bodies that never come',
    700,
    request('POST /api/messages HTTP/1.1', ['Content-Type: application/json', 'Content-Length: 9']),
  ],
])('%s keep nobody out', async (_what, count, bytes) => {
  const sockets = await occupy(count, bytes);
  await ask();
  for (const socket of sockets) socket.destroy();
  await eventually(async () => (await held()).sockets <= before.sockets);
  expect(await handled()).toBe(asked);
});

test.each(['<at', '<at>', "<at id='", '\u0301\u0323', 'bonjour '])(
  'a message of 240 KB of « %s » keeps nobody waiting',
  async (piece) => {
    const long = fetch(`http://127.0.0.1:${port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify(
        activity({ serviceUrl: connector.url, text: piece.repeat(240_000 / Buffer.byteLength(piece)) }),
      ),
    });
    asked++;
    const from = performance.now();
    await ask();
    expect(performance.now() - from).toBeLessThan(5_000);
    expect((await long).status).toBeLessThan(300);
  },
);

test('it still stops in order, whatever is held', async () => {
  const sockets = await occupy(50, 'POST /api/messages HTTP/1.1\r\nHost: a\r\n');
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  for (const socket of sockets) socket.destroy();
});
