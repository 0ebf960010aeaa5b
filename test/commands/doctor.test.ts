import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { examineAll, type Surroundings } from '../../src/commands/doctor/index.ts';
import { type Database, migratedPostgres, postgres } from '../support/postgres.ts';
import { runOn } from '../support/postgres-server.ts';

let migrated: Database;
let empty: Database;
let folder: string;
beforeAll(async () => {
  [migrated, empty] = await Promise.all([migratedPostgres(), postgres()]);
  folder = mkdtempSync(join(tmpdir(), 'courtier-doctor-'));
});
afterAll(async () => {
  await Promise.all([migrated.stop(), empty.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

const GUID = '99999999-9999-4999-8999-999999999999';
const bot = {
  BOT_ID: GUID,
  BOT_PASSWORD: 'secret',
  BOT_TENANT_ID: GUID,
  PUBLIC_URL: 'https://courtier.example.org',
  BOT_PASSWORD_EXPIRES: '2999-01-01',
};
const answering: Surroundings = { reach: async () => true, nowMs: Date.now };

/** What is amiss, by what was looked at. */
async function amiss(env: Record<string, string>, around = answering) {
  const findings = await examineAll({ DATABASE_URL: migrated.url, ...env }, around);
  return findings.filter(({ ok }) => !ok);
}

test('of an installation that lacks nothing, each thing is said to be well', async () => {
  const findings = await examineAll({ DATABASE_URL: migrated.url, ...bot }, answering);
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  expect(new Set(findings.map(({ check }) => check))).toEqual(
    new Set(['configuration', 'base', 'schéma', 'droits', 'horloge', 'adresses', 'secret', 'paquet']),
  );
});

test('a malformed configuration is told by the name of its variable, and nothing else is looked at', async () => {
  const findings = await examineAll({ PORT: 'abc' }, answering);
  expect(findings).toEqual([
    expect.objectContaining({ check: 'configuration', ok: false, sentence: expect.stringContaining('PORT') }),
  ]);
});

test('a database that is not there is told, and how it is named', async () => {
  const url = Object.assign(new URL(migrated.url), { pathname: '/nowhere' }).toString();
  expect(await amiss({ DATABASE_URL: url })).toEqual([
    expect.objectContaining({ check: 'base', sentence: expect.stringContaining('nowhere') }),
  ]);
});

test('an empty database is to be brought up to date, and is not', async () => {
  const [finding, ...others] = await amiss({ DATABASE_URL: empty.url });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ check: 'schéma', remedy: expect.stringContaining('npx courtier migrate') });
  expect(await amiss({ DATABASE_URL: empty.url })).toHaveLength(1);
});

test('a database that a newer version has changed is told', async () => {
  await runOn(
    migrated.url,
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('next', 99999999999999)`,
  );
  expect(await amiss({})).toEqual([
    expect.objectContaining({ check: 'schéma', sentence: expect.stringContaining('plus récente') }),
  ]);
  await runOn(migrated.url, `delete from drizzle.__drizzle_migrations where hash = 'next'`);
});

test('a user who may not create is told', async () => {
  const name = new URL(migrated.url).pathname.slice(1);
  await runOn(migrated.url, `create role ${name}_guest login password 'guest'`);
  await runOn(migrated.url, `grant usage on schema drizzle to ${name}_guest`);
  await runOn(migrated.url, `grant select on all tables in schema drizzle to ${name}_guest`);
  const url = Object.assign(new URL(migrated.url), {
    username: `${name}_guest`,
    password: 'guest',
  }).toString();
  expect(await amiss({ DATABASE_URL: url })).toEqual([
    expect.objectContaining({ check: 'droits', remedy: expect.stringContaining('grant create') }),
  ]);
  await runOn(migrated.url, `drop owned by ${name}_guest`);
  await runOn(migrated.url, `drop role ${name}_guest`);
});

test.each([
  [5 * 60_000, 'avance de 300 secondes'],
  [-5 * 60_000, 'retarde de 300 secondes'],
])('a clock that is %d ms off is told', async (off, words) => {
  const [finding] = await amiss({}, { ...answering, nowMs: () => Date.now() + off });
  expect(finding).toMatchObject({ check: 'horloge', sentence: expect.stringContaining(words) });
});

test('hosts that do not answer are named', async () => {
  const reach = async (url: string) => !url.includes('smba') && !url.includes('courtier.example.org');
  const found = await amiss(bot, { ...answering, reach });
  expect(found.map(({ sentence }) => sentence)).toEqual([
    'Pas de réponse de smba.trafficmanager.net.',
    'Pas de réponse à PUBLIC_URL.',
  ]);
});

test.each([
  ['', 'Personne n’a dit'],
  ['2001-01-01', 'a expiré'],
])('a secret whose last day is « %s » is told', async (day, words) => {
  const [finding] = await amiss({ ...bot, BOT_PASSWORD_EXPIRES: day });
  expect(finding).toMatchObject({ check: 'secret', sentence: expect.stringContaining(words) });
});

test('the embedded database is looked at as well, and each thing amiss has its remedy', async () => {
  const found = await amiss({ DATABASE_URL: '', DATA_DIR: join(folder, 'data') });
  expect(found).toEqual([expect.objectContaining({ check: 'schéma', remedy: expect.stringMatching(/\S/) })]);
});
