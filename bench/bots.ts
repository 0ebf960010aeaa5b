import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../test/support/process.ts';

const TICK_MS = 10;

/** A bot that runs, in a process of its own. */
export interface Bot {
  readonly child: ChildProcess;
  readonly port: number;
  /** From its start until `/readyz` said 200: milliseconds of the clock, and of a processor. */
  readonly elapsed: number;
  readonly worked: number;
}

const children = new Set<ChildProcess>();

/** Starts a program of this repository, or of an absolute path; resolves once `/readyz` says 200. */
export async function run(
  file: string,
  env: NodeJS.ProcessEnv,
  options: readonly string[] = [],
): Promise<Bot> {
  const start = performance.now();
  const path = file.startsWith('/') ? file : join(ROOT, file);
  const child = spawn(process.execPath, [...options, path], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  children.add(child);
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
  return { child, port, elapsed: performance.now() - start, worked: processorOf(child) };
}

/** The milliseconds of a processor that a process took so far; NaN where the system does not say it. */
export function processorOf({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}

/** What a process holds of memory now, in megabytes; NaN where the system does not say it. */
export function residentOf({ pid }: ChildProcess): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_000;
  } catch {
    return Number.NaN;
  }
}

export function stop({ child }: Pick<Bot, 'child'>): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.on('exit', () => {
      children.delete(child);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** Ends what is still running: for a measure that failed. */
export function stopAll(): void {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
}

/** One whole turn of somebody: the milliseconds from the post to the reply that the connector has. */
export async function turn(
  port: number,
  connector: Connector,
  n: number | string,
  person = 'bench',
): Promise<number> {
  const start = performance.now();
  const replied = connector.next(`a:${person}`);
  const posted = fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'message',
      id: `m-${n}`,
      channelId: 'msteams',
      serviceUrl: connector.url,
      from: {
        id: `29:${person}`,
        name: 'Banc',
        aadObjectId: `aaaaaaaa-0000-4000-8000-${person.replace(/\D/g, '').padStart(12, '0')}`,
      },
      recipient: { id: '28:bot', name: 'Courtier' },
      conversation: {
        id: `a:${person}`,
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

export interface Connector {
  readonly url: string;
  /** Resolves at the next reply in a conversation. */
  next(conversation: string): Promise<void>;
  close(): void;
}

/** Teams' connector on the loopback, which takes whatever is posted. */
export async function openConnector(): Promise<Connector> {
  const waiting = new Map<string, () => void>();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end('{"id":"reply"}');
      const conversation = decodeURIComponent(/conversations\/([^/]+)/.exec(request.url ?? '')?.[1] ?? '');
      waiting.get(conversation)?.();
      waiting.delete(conversation);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    next: (conversation) => new Promise((resolve) => waiting.set(conversation, resolve)),
    close: () => void server.close(),
  };
}
