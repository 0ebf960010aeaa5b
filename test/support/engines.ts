import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../src/edges/storage/embedded.ts';
import type { Storage } from '../../src/edges/storage/index.ts';
import { openPostgres } from '../../src/edges/storage/postgres.ts';
import { seed } from './database.ts';
import { silent } from './delivery.ts';
import { migratedPostgres } from './postgres.ts';

export interface Engine {
  readonly storage: Storage;
  close(): Promise<void>;
}

/** Both databases, migrated: for `describe.each`. */
export const engines: readonly { readonly name: string; open(): Promise<Engine> }[] = [
  {
    name: 'PGlite',
    async open() {
      const directory = mkdtempSync(join(tmpdir(), 'courtier-pglite-'));
      await seed(directory);
      const storage = await openEmbedded(directory);
      return {
        storage,
        async close() {
          await storage.close();
          rmSync(directory, { recursive: true, force: true });
        },
      };
    },
  },
  {
    name: 'PostgreSQL',
    async open() {
      const server = await migratedPostgres();
      const storage = openPostgres(server.url, silent);
      return {
        storage,
        async close() {
          await storage.close();
          await server.stop();
        },
      };
    },
  },
];
