import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { type EmbeddedOptions, embedded } from '../../src/edges/storage/embedded.ts';
import type { Storage } from '../../src/edges/storage/index.ts';
import { made } from './cache.ts';

/** The real database, in memory, migrated: restored from a data directory that the first test of a machine made. */
export async function database(options: EmbeddedOptions = {}): Promise<Storage> {
  const pglite = await PGlite.create({ loadDataDir: new Blob([readFileSync(await dump())]) });
  return embedded(pglite, options);
}

/** Puts a migrated database in a data directory, for a process that would else take seconds to make one. */
export async function seed(directory: string): Promise<void> {
  const data = join(directory, 'pg');
  mkdirSync(data, { recursive: true });
  execFileSync('tar', ['-xf', await dump(), '-C', data]);
}

/** A data directory with the schema of today, as a file. */
const dump = () =>
  made('pglite.tar', async (path) => {
    const pglite = await PGlite.create();
    const storage = embedded(pglite);
    await storage.migrate();
    const dump = await pglite.dumpDataDir('none');
    await storage.close();
    writeFileSync(path, Buffer.from(await dump.arrayBuffer()));
  });

/** In bytes: what deleted rows leave behind slows whoever reads after them. */
const LARGE = 100_000;

/**
 * An empty database again, for the next test. What holds few rows is emptied by deletion, and what is empty is left: to
 * truncate every table takes ten times as long.
 */
export async function empty({ db }: Storage): Promise<void> {
  await db.execute(
    sql.raw(`
    do $$ declare name text; held boolean;
    begin
      set local session_replication_role = replica;
      for name in select tablename from pg_tables where schemaname = 'public' loop
        if pg_relation_size(name::regclass) > ${LARGE} then
          execute format('truncate %I cascade', name);
        else
          execute format('select exists (select from %I)', name) into held;
          if held then execute format('delete from %I', name); end if;
        end if;
      end loop;
      perform setval(seqrelid, seqstart, false) from pg_sequence s
        join pg_class c on c.oid = s.seqrelid where c.relnamespace = 'public'::regnamespace;
    end $$`),
  );
}
