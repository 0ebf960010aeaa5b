import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Log } from '../../../src/core/ports/log.ts';
import type { Storage } from '../../../src/edges/storage/index.ts';
import { readMigrations } from '../../../src/edges/storage/migrate.ts';
import { openPostgres } from '../../../src/edges/storage/postgres.ts';
import { migrationsFolder } from '../../../src/edges/storage/storage.ts';
import { verifyChain } from '../../../src/features/people/index.ts';
import { type Assistant, openAssistant } from '../../support/assistant.ts';
import { silent } from '../../support/delivery.ts';
import { alex } from '../../support/people.ts';
import { postgres } from '../../support/postgres.ts';
import { until } from '../../support/process.ts';

const folders: string[] = [];
const assistants: Assistant[] = [];
let server: Awaited<ReturnType<typeof postgres>>;
let database = 0;
let url: string;

beforeAll(async () => {
  server = await postgres();
});
afterAll(async () => {
  await server.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  const name = `migrations_${++database}`;
  await asking(server.url, (client) => client.query(`create database ${name}`));
  url = Object.assign(new URL(server.url), { pathname: `/${name}` }).toString();
});

afterEach(async () => {
  await Promise.all(assistants.splice(0).map((each) => each.close()));
});

async function opened(storage: Storage): Promise<Assistant> {
  const assistant = await openAssistant(storage);
  assistants.push(assistant);
  return assistant;
}

async function asking<T>(where: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: where });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The migrations of a next release: ours, and these. */
function nextRelease(...files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'courtier-migrations-'));
  folders.push(folder);
  cpSync(migrationsFolder, folder, { recursive: true });
  const journalFile = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8'));
  for (const [n, text] of files.entries()) {
    const last = journal.entries.at(-1);
    const tag = `next_${n}`;
    journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1_000, tag });
    writeFileSync(join(folder, `${tag}.sql`), text);
  }
  writeFileSync(journalFile, JSON.stringify(journal));
  return folder;
}

/** The migrations before one of ours. */
function releaseBefore(name: string): string {
  const folder = nextRelease();
  const journalFile = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8'));
  const at = journal.entries.findIndex(({ tag }: { tag: string }) => tag.endsWith(name));
  writeFileSync(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, at) }));
  return folder;
}

const EXPAND = 'alter table questions add column next_release text';
const INDEX = `-- outside a transaction
drop index concurrently if exists questions_next_release;
--> statement-breakpoint
create index concurrently questions_next_release on questions (next_release)`;
const CONTRACT = `-- contracts
alter table questions drop column next_release`;

function logging() {
  const lines: string[] = [];
  const write = (_data: object, message: string) => void lines.push(message);
  const log: Log = { info: write, warn: write, error: write };
  return { lines, log };
}

/** What readiness says, and truly, of a database that takes two seconds to answer on a busy machine. */
const SLOW = 'database';

test('a database of the release before is migrated while its code goes on answering', async () => {
  const before = openPostgres(url, silent);
  const old = await opened(before);
  // A table large enough that an index of it takes its time.
  await asking(url, (client) =>
    client.query(`insert into questions (id, tenant_id, object_id, conversation_id, text, outcome, score, nearest, asked_at)
      select gen_random_uuid(), 't', 'o', 'c', repeat('mot ', 20), 'none', 0, '{}', now() from generate_series(1, 50000)`),
  );
  let migrated = false;
  let asked = 0;
  const keepAsking = (async () => {
    do {
      asked++;
      expect(await old.says(alex, 'Quels documents faut-il conserver ?', `turn-${asked}`)).toBeLessThan(300);
      expect(await old.answerIn(`turn-${asked}`)).toContain('AdaptiveCard');
      expect([undefined, SLOW]).toContain((await old.readiness()).reason);
    } while (!migrated);
  })();
  const after = openPostgres(url, silent, { migrations: nextRelease(EXPAND, INDEX) });
  const young = await opened(after);
  migrated = true;
  await keepAsking;
  expect(asked).toBeGreaterThan(0);
  // Both serve, on the newest schema.
  for (const each of [old, young]) {
    await until(async () => (await each.readiness()).status === 200);
    await each.says(alex, 'Quels documents faut-il conserver ?', 'both');
    expect(await each.answerIn('both')).toContain('AdaptiveCard');
  }
  const { rows } = await asking(url, (client) =>
    client.query(`select indisvalid from pg_index where indexrelid = 'questions_next_release'::regclass`),
  );
  expect(rows).toEqual([{ indisvalid: true }]);
});

test('what was done before the trail was a chain is linked by the migration, and what comes after follows it', async () => {
  const before = openPostgres(url, silent, { migrations: releaseBefore('audit_chain') });
  await before.migrate();
  const act = (n: number) =>
    asking(url, (client) =>
      client.query(
        `insert into audit (at, tenant_id, object_id, action, object)
         select now(), 't', 'o', 'test.act', n::text from generate_series(1, $1::int) n`,
        [n],
      ),
    );
  await act(2_000);
  const after = openPostgres(url, silent);
  await after.migrate();
  // The code of the release before writes on: the database links what it writes.
  await act(1);
  expect(await verifyChain(after.db)).toMatchObject({ links: 2_001, broken: undefined, unlinked: 0 });
  await Promise.all([before, after].map((each) => each.close()));
});

test('code of the release before starts on a newer schema, and refuses one that was contracted twice', async () => {
  const old = openPostgres(url, silent);
  const next = openPostgres(url, silent, { migrations: nextRelease(EXPAND) });
  const contracted = openPostgres(url, silent, { migrations: nextRelease(EXPAND, CONTRACT) });
  await next.migrate();
  await old.migrate();
  expect(await old.trouble()).toBeUndefined();
  await contracted.migrate();
  expect(await next.trouble()).toBeUndefined();
  expect(await old.trouble()).toBe('schema');
  await expect(old.migrate()).rejects.toThrow('par une version plus récente de Courtier');
  await Promise.all([old, next, contracted].map((each) => each.close()));
});

test('a database of before the first release is refused with a sentence, and left as it is', async () => {
  const [first] = readMigrations(migrationsFolder);
  await asking(url, async (client) => {
    await client.query('create schema drizzle');
    await client.query(
      'create table drizzle.__drizzle_migrations (id serial primary key, hash text, created_at bigint)',
    );
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      'old',
      (first?.when ?? 0) - 1,
    ]);
  });
  const storage = openPostgres(url, silent);
  await expect(storage.migrate()).rejects.toThrow('avant la première version');
  const { rows } = await asking(url, (client) =>
    client.query("select tablename from pg_tables where schemaname = 'public'"),
  );
  expect(rows).toEqual([]);
  await storage.close();
});

test('processes that build an index concurrently, together, do it once and without a deadlock', async () => {
  const migrations = nextRelease(EXPAND, INDEX);
  const all = Array.from({ length: 4 }, () => openPostgres(url, silent, { migrations }));
  await Promise.all(all.map((each) => each.migrate()));
  expect(await all[0]?.trouble()).toBeUndefined();
  await Promise.all(all.map((each) => each.close()));
});

test('whoever waits for another’s migration says so, and waits longer than any statement may', async () => {
  const { lines, log } = logging();
  const storage = openPostgres(url, log, { patienceMs: 200 });
  await asking(url, async (client) => {
    await client.query('select pg_advisory_lock(20261123)');
    const migrating = storage.migrate();
    await until(() => lines.length > 0);
    // Six times what a statement has here.
    await client.query('select pg_sleep(1.2)');
    await client.query('select pg_advisory_unlock(20261123)');
    await migrating;
  });
  expect(lines).toEqual([
    'another process migrates the database: waiting for it',
    'the other process is done with the database',
  ]);
  await storage.close();
});

test('a migration that needs a table in use waits for it without holding up its readers', async () => {
  const { lines, log } = logging();
  const ours = openPostgres(url, silent);
  await ours.migrate();
  const next = openPostgres(url, log, { migrations: nextRelease(EXPAND) });
  let migrating: Promise<void> | undefined;
  await asking(url, async (client) => {
    await client.query('begin; select 1 from questions');
    migrating = next.migrate();
    await until(() => lines.length > 0);
    await asking(url, (reader) => reader.query('select 1 from questions'));
    await client.query('commit');
  });
  await migrating;
  expect(lines).toEqual(['a migration waits for a table that is in use']);
  await Promise.all([ours.close(), next.close()]);
});

test('a file that runs outside a transaction bears being run again', () => {
  for (const file of readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql'))) {
    const text = readFileSync(join(migrationsFolder, file), 'utf8');
    if (!text.startsWith('-- outside a transaction')) {
      expect(text).not.toMatch(/\bconcurrently\b/i);
      continue;
    }
    const built = [...text.matchAll(/create (?:unique )?index concurrently (\w+)/gi)].map(([, name]) => name);
    for (const name of built)
      expect(text).toMatch(new RegExp(`drop index concurrently if exists ${name};`, 'i'));
    expect(built.length).toBeGreaterThan(0);
  }
});
