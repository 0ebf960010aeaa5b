import { expect, test } from '@jest/globals';
import { readConfig } from '../src/config.ts';

const GUID = '99999999-9999-4999-8999-999999999999';
const production = {
  BOT_ID: GUID,
  BOT_PASSWORD: 'secret',
  BOT_TENANT_ID: GUID,
  PUBLIC_URL: 'https://courtier.example.org',
};

test('without anything, the assistant is local: loopback, embedded database', () => {
  expect(readConfig({})).toMatchObject({
    port: 3978,
    adminPort: undefined,
    host: '127.0.0.1',
    databaseUrl: undefined,
    dataDir: '.data',
    bot: undefined,
    timeZone: 'America/Toronto',
  });
});

test('with a bot id, it listens to the world, and knows its tenant and the hosts of Teams', () => {
  expect(readConfig(production)).toMatchObject({
    host: '0.0.0.0',
    tenants: [GUID],
    serviceHosts: ['smba.trafficmanager.net'],
    bot: { id: GUID, type: 'SingleTenant' },
  });
});

test('administrators are compared without regard to case', () => {
  expect(readConfig({ BROKER_ADMINS: ' AAAA , bbbb,' }).admins).toEqual(['aaaa', 'bbbb']);
});

test.each([
  ['PORT', { PORT: 'abc' }],
  ['PORT', { PORT: '70000' }],
  ['ADMIN_PORT', { ADMIN_PORT: '0' }],
  ['ADMIN_PORT', { PORT: '4000', ADMIN_PORT: '4000' }],
  ['ADMIN_PORTS', { ADMIN_PORTS: '4000' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://x' }],
  ['DATABASE_AUTH', { DATABASE_AUTH: 'kerberos' }],
  ['DATABASE_URL', { DATABASE_AUTH: 'entra' }],
  ['DATABASE_URL', { DATABASE_AUTH: 'entra', DATABASE_URL: 'postgres://moi:secret@serveur/courtier' }],
  ['DATABASE_IDENTITY', { DATABASE_IDENTITY: 'moi' }],
  ['FIGURES_SECONDS', { FIGURES_SECONDS: '-1' }],
  ['BOT_ID', { ...production, BOT_ID: 'not-a-guid' }],
  ['BOT_PASSWORD', { ...production, BOT_PASSWORD: undefined }],
  ['BOT_TENANT_ID', { ...production, BOT_TENANT_ID: undefined }],
  ['ALLOWED_TENANTS', { ...production, BOT_TYPE: 'MultiTenant' }],
  ['BOT_TYPE', { ...production, BOT_TYPE: 'Other' }],
  ['PUBLIC_URL', { ...production, PUBLIC_URL: 'http://courtier.example.org' }],
  ['TIME_ZONE', { TIME_ZONE: 'Quebec/Levis' }],
  ['FEE_PERCENT', { FEE_PERCENT: '101' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['LISTEN_HOST', { LISTEN_HOST: '0.0.0.0' }],
  ['BOT_PASWORD', { BOT_PASWORD: 'x' }],
  ['BROKER_ADMIN', { BROKER_ADMIN: 'x' }],
])('%s is refused by name when it is wrong', (name, env) => {
  expect(() => readConfig(env)).toThrow(new RegExp(`La variable d'environnement ${name} `));
});

test('a refusal never shows a value', () => {
  expect(() => readConfig({ DATABASE_URL: 'oops://user:s3cret@host' })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('s3cret') }),
  );
});
