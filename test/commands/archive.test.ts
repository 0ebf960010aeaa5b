import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { fromPglite, PgBoss } from 'pg-boss';
import { runCli } from '../../src/commands/index.ts';
import { listPossiblyTold } from '../../src/edges/delivery/index.ts';
import { prepareEmbeddedQueue, prepareQueue } from '../../src/edges/queue/index.ts';
import { readArchive, writeArchive } from '../../src/edges/storage/archive/index.ts';
import type { Storage } from '../../src/edges/storage/index.ts';
import { openPostgres } from '../../src/edges/storage/postgres.ts';
import { verifyChain } from '../../src/features/people/index.ts';
import { checkSeals } from '../../src/features/scenarios/index.ts';
import { database, seed } from '../support/database.ts';
import { silent } from '../support/delivery.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { aFile, people } from '../support/kickoff.ts';
import { type Database, migratedPostgres, postgresOfWorker } from '../support/postgres.ts';

const teams = fakeTeams();
let folder: string;
let source: Storage;
const opened: Storage[] = [];
const servers: Database[] = [];

beforeAll(async () => {
  source = openPostgres((await postgresOfWorker()).url, silent);
});
afterAll(() => source.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-archive-'));
  await people(teams);
  await aFile(teams, { name: 'Courriel du ministère' });
});
afterEach(async () => {
  for (const storage of opened.splice(0)) await storage.close();
  for (const server of servers.splice(0)) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'courtier.jsonl.gz');
/** Writes the archive, without the table of the tests' own queue; how many rows of each table. */
async function written(): Promise<Readonly<Record<string, number>>> {
  await source.db.execute(sql`create schema if not exists tests`);
  await source.db.execute(sql`alter table public.test_jobs set schema tests`);
  try {
    return (await writeArchive(source, file(), Date.now())).rows;
  } finally {
    await source.db.execute(sql`alter table tests.test_jobs set schema public`);
  }
}

/** A new database, as `courtier import` finds it. */
async function fresh(kind: 'postgres' | 'pglite'): Promise<Storage> {
  if (kind === 'pglite') {
    const storage = await database();
    opened.push(storage);
    if (storage.engine.kind === 'pglite') await prepareEmbeddedQueue(storage.engine.pglite);
    return storage;
  }
  const server = await migratedPostgres();
  servers.push(server);
  const storage = openPostgres(server.url, silent);
  opened.push(storage);
  await storage.migrate(prepareQueue);
  return storage;
}

/** Every row of every table, as text. */
async function contents(storage: Storage): Promise<Record<string, string[]>> {
  const tables = (await storage.db.execute(
    sql`select tablename from pg_tables where schemaname = 'public' and tablename <> 'test_jobs' order by 1`,
  )) as unknown as { rows: { tablename: string }[] };
  const all: Record<string, string[]> = {};
  for (const { tablename } of tables.rows) {
    const { rows } = (await storage.db.execute(
      sql.raw(`select t::text as line from "${tablename}" t order by 1`),
    )) as unknown as { rows: { line: string }[] };
    if (rows.length > 0) all[tablename] = rows.map(({ line }) => line);
  }
  return all;
}

/** The archive with its lines changed, as somebody could. */
function changed(change: (lines: string[]) => string[]): string {
  const path = join(folder, 'changed.jsonl.gz');
  const lines = gunzipSync(readFileSync(file())).toString().split('\n').slice(0, -1);
  writeFileSync(path, gzipSync(`${change(lines).join('\n')}\n`));
  return path;
}

describe.each(['postgres', 'pglite'] as const)('into %s', (kind) => {
  test('an archive brings every row of every table', async () => {
    const rows = await written();
    const target = await fresh(kind);
    expect((await readArchive(target, file())).rows).toEqual(rows);
    const before = await contents(source);
    expect(before).toHaveProperty('acquisitions');
    expect(before).toHaveProperty('audit_chain');
    expect(await contents(target)).toEqual(before);
  });

  test('numbers go on from where they were, and what the database refuses it still refuses', async () => {
    await written();
    const target = await fresh(kind);
    await readArchive(target, file());
    await target.db.execute(
      sql`insert into audit (at, tenant_id, object_id, action, object) values (now(), 't', 'o', 'a', 'b')`,
    );
    await expect(target.db.execute(sql`delete from audit`)).rejects.toThrow();
    await expect(
      target.db.execute(sql`update scenario_seals set acquisition_id = gen_random_uuid()`),
    ).rejects.toThrow();
  });

  test('a database that holds something is not written to', async () => {
    await written();
    const target = await fresh(kind);
    await readArchive(target, file());
    const before = await contents(target);
    await expect(readArchive(target, file())).rejects.toThrow('n’est pas vide');
    expect(await contents(target)).toEqual(before);
  });
});

/** What somebody, or a full disk, can do to an archive. */
const MEDDLED: Record<string, (lines: string[]) => string[]> = {
  'cut short': (lines) => lines.slice(0, -1),
  'a word changed': (lines) => lines.map((line) => line.replace('ministère', 'Ministère')),
  'a row taken out': (lines) => lines.toSpliced(2, 1),
  'more after its end': (lines) => [...lines, lines[2] ?? ''],
  'a column of its own': (lines) =>
    lines.map((line) => line.replace('"columns":["id"', '"columns":["id) select 1 --"')),
  'a table of its own': (lines) => lines.map((line) => line.replace('public.acquisitions"', 'pg_authid"')),
  'something else': () => ['{"hello":"world"}'],
  nothing: () => [''],
};

test('an archive that is not as it was written is refused, and leaves nothing', async () => {
  await written();
  const target = await fresh('postgres');
  for (const [kind, change] of Object.entries(MEDDLED)) {
    const said = await readArchive(target, changed(change)).then(() => 'taken', String);
    expect({ kind, said }).toEqual({ kind, said: expect.stringContaining('pas une archive entière') });
    expect({ kind, left: await contents(target) }).toEqual({ kind, left: {} });
  }
});

test('an archive of another version says so', async () => {
  await written();
  const target = await fresh('pglite');
  const older = changed(([head, ...rest]) => [(head ?? '').replace(/"schema":\d+/, '"schema":1'), ...rest]);
  await expect(readArchive(target, older)).rejects.toThrow('plus ancienne version');
});

test('a file that is not there, or that is no archive, is a sentence', async () => {
  const target = await fresh('pglite');
  await expect(readArchive(target, join(folder, 'nowhere'))).rejects.toThrow('Il n’y a pas de fichier');
  writeFileSync(join(folder, 'notes.txt'), 'bonjour');
  await expect(readArchive(target, join(folder, 'notes.txt'))).rejects.toThrow('pas une archive entière');
});

test('only its owner may read an archive, and what could not be written leaves no file', async () => {
  await written();
  expect(statSync(file()).mode & 0o077).toBe(0);
  const nowhere = join(folder, 'nowhere', 'courtier.jsonl.gz');
  await expect(writeArchive(source, nowhere, Date.now())).rejects.toThrow();
});

test('jobs that wait go along, from the embedded database to a server', async () => {
  const from = await fresh('pglite');
  const into = await fresh('postgres');
  if (from.engine.kind !== 'pglite' || into.engine.kind !== 'postgres') throw new Error('other engines');
  const { pglite } = from.engine;
  const boss = new PgBoss({ db: fromPglite(pglite), backend: 'pglite', supervise: false, schedule: false });
  await boss.start();
  await boss.createQueue('reminders.day', { retryLimit: 5 });
  await boss.send('reminders.day', { file: 'nº 1' }, { startAfter: 3_600 });
  await boss.stop({ graceful: false });
  await writeArchive(from, file(), Date.now());
  await readArchive(into, file());
  const { rows } = (await into.db.execute(
    sql`select name, data, retry_limit from pgboss.job`,
  )) as unknown as { rows: object[] };
  expect(rows).toEqual([{ name: 'reminders.day', data: { file: 'nº 1' }, retry_limit: 5 }]);
});

test('after a restoration, what may have been sent since is listed and not sent', async () => {
  const now = Date.now();
  const deliver = (key: string, state: string, due: number) =>
    source.db.execute(sql`insert into deliveries (notice, about, kind, subject, tenant_id, priority, state, due_at, changed_at)
      values (${key}, 'a', 'k', '{}', 't', 2, ${state}, ${new Date(due).toISOString()}, now())`);
  await source.db.execute(sql`delete from deliveries`);
  await deliver('was due', 'pending', now - 1_000);
  await deliver('was leaving', 'sending', now - 1_000);
  await deliver('was sent', 'sent', now - 1_000);
  await deliver('is due tomorrow', 'pending', now + 86_400_000);
  await written();
  const target = await fresh('pglite');
  let listed = 0;
  await readArchive(target, file(), {
    async afterwards(query) {
      listed = await listPossiblyTold(query, now);
    },
  });
  const { rows } = (await target.db.execute(
    sql`select notice, state, reason from deliveries order by notice`,
  )) as unknown as { rows: object[] };
  expect(listed).toBe(2);
  expect(rows).toEqual([
    { notice: 'is due tomorrow', state: 'pending', reason: null },
    { notice: 'was due', state: 'unknown', reason: 'restored' },
    { notice: 'was leaving', state: 'unknown', reason: 'restored' },
    { notice: 'was sent', state: 'sent', reason: null },
  ]);
});

describe('at the terminal', () => {
  /** A command, and what it wrote on standard output. */
  async function courtier(...args: readonly string[]): Promise<{ code: number; out: string }> {
    let out = '';
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    const refused = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    try {
      return { code: await runCli(['node', 'courtier', ...args], { DATA_DIR: join(folder, 'data') }), out };
    } finally {
      write.mockRestore();
      refused.mockRestore();
    }
  }

  test('what the embedded database holds is written, verified and taken into another', async () => {
    await seed(join(folder, 'data'));
    const exported = await courtier('export', file(), '--json');
    expect(exported.code).toBe(0);
    expect(JSON.parse(exported.out)).toMatchObject({ file: file(), rows: { 'public.people': 0 } });
    const drill = await courtier('backup', 'verify', file(), '--json');
    expect(JSON.parse(drill.out)).toMatchObject({ valid: true, links: 0, seals: 0 });
    expect(await courtier('import', file())).toMatchObject({ code: 0 });
  });

  test('an archive is not written over another file', async () => {
    await seed(join(folder, 'data'));
    writeFileSync(file(), 'bonjour');
    expect((await courtier('export', file())).code).toBe(1);
    expect(readFileSync(file(), 'utf8')).toBe('bonjour');
  });
});

test('what is sealed and chained is recalculated from the rows that were taken', async () => {
  await written();
  const target = await fresh('pglite');
  await readArchive(target, file());
  expect(await verifyChain(target.db)).toMatchObject({ broken: undefined, unlinked: 0 });
  expect(await checkSeals(target.db)).toEqual({ seals: 1, broken: [] });
  await target.db.execute(sql`update scenario_seals set record = '{"changed": true}'`);
  await target.db.execute(sql`alter table audit disable trigger user`);
  await target.db.execute(sql`update audit set action = 'other'`);
  expect(await verifyChain(target.db)).toMatchObject({ broken: { why: 'changed' } });
  expect(await checkSeals(target.db)).toMatchObject({ broken: [expect.any(String)] });
});
