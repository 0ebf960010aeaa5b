import { randomUUID } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { drizzle } from 'drizzle-orm/node-postgres';
import { connectionOf } from '../../src/edges/storage/connection.ts';
import type { Storage } from '../../src/edges/storage/index.ts';
import { buildPool, type Patience } from '../../src/edges/storage/pool.ts';
import { openPostgres } from '../../src/edges/storage/postgres.ts';
import { silent } from './delivery.ts';
import { MIGRATED, runOn, SERVER_OF_RUN, startPostgres } from './postgres-server.ts';

export interface Database {
  readonly url: string;
  stop(): Promise<void>;
}

/** An empty database on a real PostgreSQL: on the server of the run, or without a run on one of its own. */
export const postgres = (): Promise<Database> => onServerOfRun('template0');

/** The same, with the schema of today. */
export const migratedPostgres = (): Promise<Database> => onServerOfRun(MIGRATED);

let ofWorker: Promise<Database> | undefined;

/** All of a schema that a test could change, beside what the tests themselves add: their queue, and what empties. */
const SCHEMA = `
  select md5(string_agg(said, ',' order by said)) as schema from (
    select relname || relkind::text as said from pg_class where relnamespace = 'public'::regnamespace
    union all select conname from pg_constraint where connamespace = 'public'::regnamespace
    union all select proname from pg_proc where pronamespace = 'public'::regnamespace
    union all select tgname || tgenabled::text from pg_trigger where not tgisinternal
  ) everything where said not like 'test_jobs%' and said <> 'test_empty'`;

/**
 * A migrated database that the suites of a worker use one after the other, each after having emptied it: to copy one and
 * to drop it takes a second. A suite that leaves another schema behind leaves it to nobody.
 */
export async function postgresOfWorker(): Promise<Database> {
  ofWorker ??= migratedPostgres();
  const { url } = await ofWorker;
  const before = await runOn(url, SCHEMA);
  return {
    url,
    async stop() {
      if (JSON.stringify(await runOn(url, SCHEMA)) !== JSON.stringify(before)) ofWorker = undefined;
    },
  };
}

async function onServerOfRun(template: string): Promise<Database> {
  const ofRun = process.env[SERVER_OF_RUN];
  const own = ofRun ? undefined : await startPostgres();
  const server = ofRun ?? own?.url ?? '';
  const name = `suite_${randomUUID().replaceAll('-', '')}`;
  // Its files are copied: to write each of their pages in the log takes four times as long.
  await runOn(server, `create database ${name} template ${template} strategy file_copy`);
  return {
    url: Object.assign(new URL(server), { pathname: name }).toString(),
    async stop() {
      await runOn(server, `drop database ${name} with (force)`);
      await own?.stop();
    },
  };
}

const WAITING: Omit<Patience, 'most'> = { connectMs: 60_000, lockMs: 60_000, statementMs: 60_000 };

/**
 * A server's storage of which nobody gives up: for tests of what many do at once, on a machine that is slow. With one
 * connection it is as the embedded database: what asks the connection for something in the middle of its own
 * transaction waits for itself, and fails.
 */
export function openPatiently(url: string, connections: number): Storage {
  const storage = openPostgres(url, silent);
  const pool = buildPool(connectionOf(url), { most: connections, ...WAITING }, silent, () => {});
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
