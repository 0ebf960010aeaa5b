import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { lockDirectory } from './lock.ts';
import { migrationsFolder, type Storage } from './storage.ts';

/** The embedded database in a directory that no other process uses. First start takes some seconds. */
export async function openEmbedded(directory: string): Promise<Storage> {
  const release = lockDirectory(directory);
  try {
    return embedded(await PGlite.create(join(directory, 'pg')), release);
  } catch (error) {
    release();
    throw error;
  }
}

/** The embedded database around an instance that exists already: a test's, in memory. */
export function embedded(pglite: PGlite, release: () => void = () => {}): Storage {
  const db = drizzle(pglite);
  return {
    db,
    engine: { kind: 'pglite', pglite },
    migrate: () => migrate(db, { migrationsFolder }),
    ping: async () => void (await db.execute(sql`select 1`)),
    async close() {
      if (!pglite.closed) await pglite.close();
      release();
    },
  };
}
