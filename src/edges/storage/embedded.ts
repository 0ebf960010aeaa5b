import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { CourtierError } from '../../core/errors.ts';
import type { Query } from '../../core/ports/db.ts';
import type { Log } from '../../core/ports/log.ts';
import { within } from '../../core/process/within.ts';
import { lockDirectory } from './lock.ts';
import { applyMigrations, isCompatible, readMigrations, schemaVersions } from './migrate.ts';
import { prepareStatements } from './prepared-embedded.ts';
import { migrationsFolder, type Storage, type Unusable } from './storage.ts';

/** With less room than that, what comes next may not be written. */
const LEAST_BYTES = 64 * 1024 * 1024;
/** The major version of PostgreSQL that the embedded database is. */
const VERSION = '18';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

export interface EmbeddedOptions {
  /** The room left where the data are, in bytes. */
  readonly room?: () => Promise<number>;
  readonly release?: () => void;
  readonly migrations?: string;
}

/** The embedded database in a directory that no other process uses. First start takes some seconds. */
export async function openEmbedded(directory: string): Promise<Storage> {
  const release = lockDirectory(directory);
  const data = join(directory, 'pg');
  try {
    checkVersion(data);
    const pglite = await PGlite.create(data).catch((cause: unknown) => {
      throw new CourtierError(
        'unavailable',
        `Le dossier de données « ${directory} » ne contient pas une base que Courtier peut ouvrir. Restaurez-la, ou choisissez un autre DATA_DIR.`,
        cause,
      );
    });
    return embedded(pglite, { release, room: () => roomOf(directory) });
  } catch (error) {
    release();
    throw error;
  }
}

/** The embedded database around an instance that exists already: a test's, in memory. */
export function embedded(
  pglite: PGlite,
  {
    room = async () => Number.POSITIVE_INFINITY,
    release = () => {},
    migrations: folder = migrationsFolder,
  }: EmbeddedOptions = {},
): Storage {
  forgetRowTypes(pglite);
  prepareStatements(pglite);
  const db = drizzle(pglite);
  const migrations = readMigrations(folder);
  const query: Query = (text, values) => pglite.query(text, values);

  async function trouble(): Promise<Unusable | undefined> {
    if ((await room()) < LEAST_BYTES) return 'disk';
    return (await isCompatible(query, migrations)) ? undefined : 'schema';
  }

  return {
    db,
    jobs: db,
    delivery: db,
    inbox: db,
    engine: { kind: 'pglite', pglite },
    migrate: () => applyMigrations(query, migrations, silent),
    alone: (work) => work(query),
    ping: () => within(2_000, async () => void (await db.execute(sql`select 1`))),
    trouble: () => within(2_000, trouble).catch(() => 'database' as const),
    schema: () => schemaVersions(query, migrations),
    pools: () => [],
    async close() {
      if (!pglite.closed) await pglite.close();
      release();
    },
  };
}

/** Types of PostgreSQL itself have smaller numbers: from here on, it gives each table's rows a type. */
const FIRST_ROW_TYPE = 10_000;

/**
 * No statement returns whole rows of a table as one value, but each of drizzle's copies every parser of the database:
 * those of such rows, several hundred, took longer than the statement itself.
 */
function forgetRowTypes(pglite: PGlite): void {
  pglite.parsers = Object.fromEntries(
    Object.entries(pglite.parsers).filter(([type]) => !(Number(type) >= FIRST_ROW_TYPE)),
  );
}

async function roomOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

function checkVersion(data: string): void {
  let version: string;
  try {
    version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  } catch {
    // There is none yet.
    return;
  }
  if (version !== VERSION)
    throw new CourtierError(
      'unavailable',
      `Le dossier de données « ${data} » vient d’une autre version de la base embarquée (${version} plutôt que ${VERSION}). Choisissez un autre DATA_DIR, ou revenez à la version de Courtier qui l’a fait.`,
    );
}
