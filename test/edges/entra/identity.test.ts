import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { lastDayOf } from '../../../src/core/process/bot-secret.ts';
import { type BotIdentity, buildIdentity, type Make } from '../../../src/edges/entra/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'courtier-secret-'));
const file = join(folder, 'bot-password');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TENANT = '11111111-1111-4111-8111-111111111111';
const bot: BotIdentity = {
  id: 'bot',
  password: '',
  passwordFile: file,
  federatedIdentity: undefined,
  tenantId: TENANT,
  type: 'SingleTenant',
};

/** Entra: the secrets that it takes now. What it gives says who asked, where. */
const taken = new Set<string>();
const answer = (token: string) => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 });
const entra: Make = {
  managed: (clientId) => ({ getToken: async () => answer(`managed ${clientId}`) }),
  bySecret: (tenantId, clientId, secret) => ({
    async getToken() {
      if (!taken.has(secret)) throw new Error('AADSTS7000215');
      return answer(`${clientId} in ${tenantId} by ${secret}`);
    },
  }),
  byAssertion: (tenantId, clientId, assertion) => ({
    getToken: async () => answer(`${clientId} in ${tenantId} for « ${await assertion()} »`),
  }),
};
const said = async (changes: Partial<BotIdentity> = {}, tenantId?: string) =>
  (await buildIdentity({ ...bot, ...changes }, entra).getToken('s', tenantId))?.token;

beforeEach(() => taken.clear());

test('of two secrets that overlap, the one that Entra takes is used; what is written is read without a restart', async () => {
  const identity = buildIdentity(bot, entra);
  const token = async () => (await identity.getToken('s'))?.token;
  writeFileSync(file, 'old 2026-12-01\n');
  taken.add('old').add('new');
  expect(await token()).toBe(`bot in ${TENANT} by old`);
  writeFileSync(file, '# its successor\nnew 2027-12-01\nold 2026-12-01\n');
  expect(await token()).toBe(`bot in ${TENANT} by new`);
  taken.delete('new');
  expect(await token()).toBe(`bot in ${TENANT} by old`);
  taken.delete('old');
  await expect(token()).rejects.toThrow('AADSTS7000215');
});

test('the last day is the one of the secret that lasts the longest, as its file says it now', () => {
  writeFileSync(file, 'old 2026-12-01\nnew 2027-12-01\n');
  expect(lastDayOf(bot, undefined)).toBe('2027-12-01');
  writeFileSync(file, 'old\n');
  expect(lastDayOf(bot, '2026-12-15')).toBe('2026-12-15');
  expect(lastDayOf(bot, undefined)).toBeUndefined();
});

test('a file that is empty or is not there is refused with a sentence that names no secret', async () => {
  writeFileSync(file, '\n');
  await expect(said()).rejects.toThrow('BOT_PASSWORD_FILE');
  await expect(said({ passwordFile: join(folder, 'none') })).rejects.toThrow('ne se lit pas');
});

test('a managed identity speaks for itself, or stands for the application without any secret', async () => {
  expect(await said({ type: 'UserAssignedMSI' })).toBe('managed bot');
  expect(await said({ federatedIdentity: 'identity' })).toBe(`bot in ${TENANT} for « managed identity »`);
});

test('a tenant that let it in is asked for a token of its own', async () => {
  taken.add('one');
  expect(await said({ passwordFile: undefined, password: 'one' }, 'other')).toBe('bot in other by one');
});
