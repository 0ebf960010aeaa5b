import { setTimeout } from 'node:timers/promises';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { CourtierError } from '../../core/errors.ts';
import type { Query } from '../../core/ports/db.ts';
import type { Log } from '../../core/ports/log.ts';
import type { SchemaVersions } from '../../core/process/watched.ts';
import { databaseTrouble } from '../../core/rows/database-trouble.ts';

/** The first line of a file that cannot run in a transaction: an index built concurrently. */
const OUTSIDE = /^-- outside a transaction\b/;
/** The first line of a file that takes away what code of two releases ago used. */
const CONTRACTS = /^-- contracts\b/;

interface Migration {
  /** Epoch milliseconds: its place in the order, and its name in the database. */
  readonly when: number;
  readonly hash: string;
  readonly statements: readonly string[];
  readonly outside: boolean;
  /** The oldest newest-known migration of code that can work on a schema that has this one. */
  readonly serves: number;
}

/** The migrations that this code knows, in order. */
export function readMigrations(folder: string): Migration[] {
  let serves = 0;
  let before = 0;
  return readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis, hash, sql }) => {
    const first = sql[0]?.trimStart() ?? '';
    if (CONTRACTS.test(first)) serves = before;
    before = folderMillis;
    return { when: folderMillis, hash, statements: sql, outside: OUTSIDE.test(first), serves };
  });
}

/** The journal is drizzle-kit's; beside it, what the newest schema says of older code. */
const PREPARE = [
  'create schema if not exists drizzle',
  `create table if not exists drizzle.__drizzle_migrations
     (id serial primary key, hash text not null, created_at bigint)`,
  `create table if not exists drizzle.compatibility
     (one boolean primary key default true check (one), newest bigint not null, serves bigint not null)`,
];

const STATE = `select (select max(created_at) from drizzle.__drizzle_migrations) as newest,
  (select array[newest, serves] from drizzle.compatibility) as told`;

/**
 * Whether code can work on the schema as it is: one that it made itself, or a newer one that says so.
 * `migrations` are those that the code knows.
 */
export async function isCompatible(query: Query, migrations: readonly Migration[]): Promise<boolean> {
  const [row] = (await query(STATE)).rows;
  const known = migrations.at(-1)?.when ?? 0;
  const newest = Number(row?.newest ?? 0);
  if (newest <= known) return true;
  const [told, serves] = (Array.isArray(row?.told) ? row.told : []).map(Number);
  return told === newest && serves !== undefined && serves <= known;
}

/** The newest migration that was applied, and the newest that the code knows. */
export async function schemaVersions(
  query: Query,
  migrations: readonly Migration[],
): Promise<SchemaVersions> {
  const [row] = (await query(STATE)).rows;
  return { newest: Number(row?.newest ?? 0), known: migrations.at(-1)?.when ?? 0 };
}

/** How long a statement may queue for a table's lock: turns wait behind it, and they wait two seconds. */
const LOCK_MS = 1_000;
const PAUSE_MS = 2_000;

/** Applies what is missing, each migration in a transaction of its own. Nobody else may do so at the same time. */
export async function applyMigrations(
  query: Query,
  migrations: readonly Migration[],
  log: Log,
): Promise<void> {
  for (const statement of PREPARE) await query(statement);
  if (!(await isCompatible(query, migrations)))
    throw new CourtierError(
      'unavailable',
      'La base de données a été mise à jour par une version plus récente de Courtier, avec laquelle celle-ci ne peut pas travailler. Installez la version récente.',
    );
  const [row] = (await query(STATE)).rows;
  const newest = Number(row?.newest ?? 0);
  if (newest > 0 && newest < (migrations[0]?.when ?? 0))
    throw new CourtierError(
      'unavailable',
      'La base de données date d’avant la première version de Courtier : celle-ci ne sait pas la mettre à jour. Repartez d’une base vide.',
    );
  for (const migration of migrations)
    if (migration.when > newest)
      await (migration.outside ? applyOutside(query, migration) : applyInside(query, migration, log));
}

/** In a transaction, as soon as the tables that it changes are free for a moment. */
async function applyInside(query: Query, migration: Migration, log: Log): Promise<void> {
  await query(`set lock_timeout = ${LOCK_MS}`);
  for (let refused = false; ; refused = true) {
    try {
      await inTransaction(query, async () => {
        for (const statement of migration.statements) await query(statement);
        await record(query, migration);
      });
      return;
    } catch (error) {
      if (databaseTrouble(error) !== 'busy') throw error;
      if (!refused) log.warn({ err: error }, 'a migration waits for a table that is in use');
      await setTimeout(PAUSE_MS);
    }
  }
}

/** Statement by statement, however long each takes; one that was interrupted is run again from the first. */
async function applyOutside(query: Query, migration: Migration): Promise<void> {
  await query('set lock_timeout = 0');
  for (const statement of migration.statements) await query(statement);
  await inTransaction(query, () => record(query, migration));
}

async function record(query: Query, { when, hash, serves }: Migration): Promise<void> {
  await query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [hash, when]);
  await query(
    `insert into drizzle.compatibility (newest, serves) values ($1, $2)
     on conflict (one) do update set newest = excluded.newest, serves = excluded.serves`,
    [when, serves],
  );
}

async function inTransaction(query: Query, work: () => Promise<void>): Promise<void> {
  await query('begin');
  try {
    await work();
    await query('commit');
  } catch (error) {
    await query('rollback').catch(() => {});
    throw error;
  }
}
