import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, row } from './figures.ts';

const ROOT = join(import.meta.dirname, '..');
const STARTS = 5;
const WARM_UP = 100;
const TURNS = 400;

const children: ChildProcess[] = [];

/** One whole turn, from POST to the reply received by the connector, and the time from start to ready, beside a bare echo bot. */
export async function benchTurn(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'courtier-bench-'));
  const connector = await openConnector();
  const env = { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'info', DRAIN_SECONDS: '0' };
  const courtier = () => run('src/main.ts', env);
  const echo = () => run('bench/echo.ts', env);
  try {
    await courtier().then(({ child }) => stop(child));
    const starts = { courtier: [] as number[], echo: [] as number[] };
    for (let n = 0; n < STARTS; n++) {
      for (const [name, launch] of [
        ['echo', echo],
        ['courtier', courtier],
      ] as const) {
        const { child, elapsed } = await launch();
        starts[name].push(elapsed);
        await stop(child);
      }
    }
    const [bot, peer] = [await courtier(), await echo()];
    const times = { courtier: [] as number[], echo: [] as number[] };
    for (let n = 0; n < WARM_UP + TURNS; n++) {
      for (const [name, { port }] of [
        ['echo', peer],
        ['courtier', bot],
      ] as const) {
        const elapsed = await turn(port, connector, n);
        if (n >= WARM_UP) times[name].push(elapsed);
      }
    }
    await Promise.all([stop(bot.child), stop(peer.child)]);

    console.log('\nWhole turns, on the embedded database, one at a time');
    row('', 'Courtier', 'echo bot', 'ratio');
    const compare = (label: string, ours: number, theirs: number) => row(label, ours, theirs, ours / theirs);
    compare('median turn, POST to reply (ms)', median(times.courtier), median(times.echo));
    compare('start to ready (ms)', median(starts.courtier), median(starts.echo));
  } finally {
    for (const child of children) child.kill('SIGKILL');
    connector.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts a program; resolves with its port and the milliseconds until `/readyz` says 200. */
async function run(
  file: string,
  env: NodeJS.ProcessEnv,
): Promise<{ child: ChildProcess; port: number; elapsed: number }> {
  const start = performance.now();
  const child = spawn(process.execPath, [join(ROOT, file)], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  let log = '';
  const port = await new Promise<number>((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      log += chunk;
      const found = /"port":(\d+)/.exec(log);
      if (found) resolve(Number(found[1]));
    });
    child.on('exit', () => reject(new Error(log)));
  });
  while (!(await fetch(`http://127.0.0.1:${port}/readyz`)).ok);
  return { child, port, elapsed: performance.now() - start };
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.on('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

async function turn(port: number, connector: Connector, n: number): Promise<number> {
  const start = performance.now();
  const replied = connector.next();
  const posted = fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'message',
      id: `m-${n}`,
      channelId: 'msteams',
      serviceUrl: connector.url,
      from: { id: '29:bench', name: 'Banc', aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001' },
      recipient: { id: '28:bot', name: 'Courtier' },
      conversation: {
        id: 'a:bench',
        conversationType: 'personal',
        tenantId: '11111111-1111-4111-8111-111111111111',
      },
      text: "Quelle est la durée maximale d'un contrat ?",
    }),
  });
  await replied;
  const elapsed = performance.now() - start;
  await posted.then((response) => response.text());
  return elapsed;
}

interface Connector {
  readonly url: string;
  /** Resolves at the next reply. */
  next(): Promise<void>;
  close(): void;
}

async function openConnector(): Promise<Connector> {
  let waiting = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end('{"id":"reply"}');
      waiting.resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    next() {
      waiting = Promise.withResolvers();
      return waiting.promise;
    },
    close: () => void server.close(),
  };
}
