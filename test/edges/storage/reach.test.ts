import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Log } from '../../../src/core/ports/log.ts';
import { openStorage } from '../../../src/edges/storage/index.ts';
import { freePort } from '../../../src/playground.ts';
import { startPostgres } from '../../support/postgres-server.ts';

let server: Awaited<ReturnType<typeof startPostgres>>;
let folder: string;

beforeAll(async () => {
  server = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), 'courtier-reach-'));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function logging() {
  const lines: string[] = [];
  const write = (_data: object, message: string) => void lines.push(message);
  const log: Log = { info: write, warn: write, error: write };
  return { lines, log };
}

const open = (changes: Partial<Record<'password' | 'pathname' | 'port', string>>, waitMs = 60_000) => {
  const url = Object.assign(new URL(server.url), changes);
  const { lines, log } = logging();
  return { lines, opening: openStorage({ databaseUrl: url.toString(), dataDir: '' }, log, { waitMs }) };
};

test('a database that does not exist is told at once', async () => {
  const { opening, lines } = open({ pathname: '/nowhere' });
  await expect(opening).rejects.toThrow('La base de données « nowhere » n’existe pas');
  expect(lines).toEqual([]);
});

test('a password that is wrong is told at once, and not repeated', async () => {
  const { opening } = open({ password: 'faux-mot' });
  await expect(opening).rejects.toThrow('refuse l’utilisateur « courtier » ou son mot de passe');
  await expect(opening).rejects.not.toThrow('faux-mot');
});

test('a server that does not answer is waited for, and told when it does not come', async () => {
  const { opening, lines } = open({ port: String(await freePort()) }, 1_200);
  await expect(opening).rejects.toThrow(/ne répond pas à l’adresse .* après 1 secondes?/);
  expect(lines).toEqual(['the database does not answer: waiting for it']);
});

test('a server that takes connections and says nothing is told, too', async () => {
  const mute = createServer(() => {});
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const address = mute.address();
  const { opening } = open({ port: typeof address === 'object' ? String(address?.port) : '' }, 0);
  await expect(opening).rejects.toThrow('ne répond pas');
  mute.close();
});

test('a server that comes while it is waited for is taken', async () => {
  let opening: ReturnType<typeof open> | undefined;
  await server.restart(async () => {
    opening = open({});
    while (opening.lines.length === 0) await new Promise((done) => setTimeout(done, 20));
  });
  const storage = await opening?.opening;
  await storage?.ping();
  await storage?.close();
  expect(opening?.lines).toEqual(['the database does not answer: waiting for it', 'the database answers']);
});

test('data of another version, or that are none, are refused with a sentence', async () => {
  const other = join(folder, 'other');
  mkdirSync(join(other, 'pg'), { recursive: true });
  writeFileSync(join(other, 'pg', 'PG_VERSION'), '15\n');
  const openAt = (dataDir: string) => openStorage({ databaseUrl: undefined, dataDir }, logging().log);
  await expect(openAt(other)).rejects.toThrow('vient d’une autre version');
  const none = join(folder, 'none');
  mkdirSync(none);
  writeFileSync(join(none, 'pg'), 'no database');
  await expect(openAt(none)).rejects.toThrow('ne contient pas une base que Courtier peut ouvrir');
});
