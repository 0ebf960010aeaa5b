import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { z } from 'zod';
import type { Query } from '../../src/core/ports/db.ts';
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

/** The tables for which a database has the function that empties them. */
const emptied = new WeakMap<Storage, string>();

/**
 * An empty database again, for the next test. What holds few rows is emptied by deletion, and what is empty is left: to
 * truncate every table takes ten times as long. The server keeps how it looks into each table, made once for a schema.
 */
export async function empty(storage: Storage): Promise<void> {
  const ask = await unhindered(storage);
  const [found] = z.array(z.object({ names: z.array(z.string()) })).parse((await ask(TABLES)).rows);
  const names = found?.names ?? [];
  if (emptied.get(storage) !== names.join()) await ask(emptying(names));
  emptied.set(storage, names.join());
  await ask('select test_empty()');
}

const TABLES = `select array_agg(format('%I', tablename) order by tablename) as names
  from pg_tables where schemaname = 'public'`;

const emptying = (names: readonly string[]): string => `
  create or replace function test_empty() returns void language plpgsql as $$ begin
    ${names
      .map(
        (name) => `
    if pg_relation_size('${name}') > ${LARGE} then truncate ${name} cascade;
    elsif exists (select from ${name}) then delete from ${name};
    end if;`,
      )
      .join('')}
    perform setval(seqrelid, seqstart, false) from pg_sequence s
      join pg_class c on c.oid = s.seqrelid and c.relnamespace = 'public'::regnamespace
      where pg_sequence_last_value(seqrelid) is not null;
  end $$`;

/** Connections that neither references nor triggers hinder, each to a database. */
const connections = new Map<string, Promise<Query>>();

/**
 * A way to a database that neither references nor triggers hinder. Of a server it is a connection of its own, kept for
 * the next test: whoever changes that on a connection makes the server forget how it answers all statements of it.
 */
async function unhindered({ engine }: Storage): Promise<Query> {
  if (engine.kind === 'pglite')
    return (text) =>
      engine.pglite.transaction(async (tx) => {
        await tx.exec('set local session_replication_role = replica');
        return tx.query(text);
      });
  const { connection } = engine;
  const to = `${connection.host}:${connection.port}/${connection.database}`;
  const kept = connections.get(to) ?? connect(connection, () => connections.delete(to));
  connections.set(to, kept);
  return kept;
}

async function connect(to: pg.ClientConfig, lost: () => void): Promise<Query> {
  const client = new pg.Client({ ...to, options: '-c session_replication_role=replica' });
  client.on('error', lost);
  client.on('end', lost);
  await client.connect().catch((error: unknown) => {
    lost();
    throw error;
  });
  // Nothing waits for it.
  (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream.unref();
  return (text) => client.query(text);
}
