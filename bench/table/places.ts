import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../test/support/bundle.ts';
import { migratedPostgres } from '../../test/support/postgres.ts';
import { type Bot, type Connector, openConnector, run, stop, stopAll } from '../bots.ts';

export const ENGINES = ['PostgreSQL', 'PGlite'] as const;
export type EngineName = (typeof ENGINES)[number];

/** Where bots can be started: a database of each engine, and the connector to which they reply. */
export interface Places {
  readonly connector: Connector;
  readonly env: (engine: EngineName) => NodeJS.ProcessEnv;
  /** The bundle, as `npm start` takes it. */
  readonly bundled: (engine: EngineName) => Promise<Bot>;
  readonly echo: () => Promise<Bot>;
}

/** Works with both engines at hand, which have been migrated; what was started is ended and nothing is left behind. */
export async function withPlaces<T>(work: (places: Places) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'courtier-bench-'));
  const connector = await openConnector();
  const server = await migratedPostgres();
  const main = join(bundle(), 'main.js');
  const env = (engine: EngineName): NodeJS.ProcessEnv => ({
    PATH: process.env.PATH,
    PORT: '0',
    LOG_LEVEL: 'info',
    DRAIN_SECONDS: '0',
    // What a person may do in a day is not what is measured.
    QUOTA_PERCENT: '10000',
    ...(engine === 'PGlite' ? { DATA_DIR: folder } : { DATABASE_URL: server.url }),
  });
  const bundled = (engine: EngineName) => run(main, env(engine));
  try {
    for (const engine of ENGINES) await bundled(engine).then(stop);
    return await work({
      connector,
      env,
      bundled,
      echo: () => run('bench/echo.ts', { PATH: process.env.PATH }),
    });
  } finally {
    stopAll();
    connector.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
