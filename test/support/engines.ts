import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../src/edges/storage/embedded.ts';
import type { Storage } from '../../src/edges/storage/index.ts';
import { openPostgres } from '../../src/edges/storage/postgres.ts';
import { silent } from './delivery.ts';
import { postgres } from './postgres.ts';

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
      const storage = await openEmbedded(directory);
      await storage.migrate();
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
      const server = await postgres();
      const storage = openPostgres(server.url, silent);
      await storage.migrate();
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
