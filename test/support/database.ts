import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { embedded } from '../../src/edges/storage/embedded.ts';
import type { Storage } from '../../src/edges/storage/index.ts';

const MIGRATIONS = join(import.meta.dirname, '../../src/edges/storage/migrations');
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/courtier');

/** The real database, in memory, migrated: restored from a data directory that the first test of a machine made. */
export async function database(): Promise<Storage> {
  const migrations = readdirSync(MIGRATIONS)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  const key = createHash('sha256')
    .update(migrations.map((file) => readFileSync(join(MIGRATIONS, file))).join())
    .digest('hex')
    .slice(0, 16);
  const file = join(CACHE, `${key}.tar`);
  if (!existsSync(file)) await make(file);
  return embedded(await PGlite.create({ loadDataDir: new Blob([readFileSync(file)]) }));
}

async function make(file: string): Promise<void> {
  const storage = embedded(await PGlite.create());
  await storage.migrate();
  if (storage.engine.kind !== 'pglite') throw new Error('not embedded');
  const dump = await storage.engine.pglite.dumpDataDir('none');
  await storage.close();
  mkdirSync(CACHE, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, Buffer.from(await dump.arrayBuffer()));
  renameSync(draft, file);
}

/** An empty database again, for the next test. */
export async function empty({ db }: Storage): Promise<void> {
  const { rows } = (await db.execute(
    sql`select tablename from pg_tables where schemaname = 'public'`,
  )) as unknown as { rows: { tablename: string }[] };
  const names = rows.map(({ tablename }) => `"${tablename}"`).join(', ');
  await db.execute(sql.raw(`truncate ${names} restart identity cascade`));
}
