import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { secretEnds } from '../../src/app/watching.ts';

const folder = mkdtempSync(join(tmpdir(), 'courtier-secret-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ofFile = (passwordFile: string) =>
  secretEnds({
    bot: {
      id: '11111111-1111-4111-8111-111111111111',
      password: '',
      passwordFile,
      federatedIdentity: undefined,
      tenantId: undefined,
      type: 'MultiTenant',
    },
    secretExpires: undefined,
  });

test('the last day of the secret is the one that its file says now', () => {
  const file = join(folder, 'secrets');
  writeFileSync(file, 'un 2026-12-01\n');
  expect(ofFile(file)).toBe('2026-12-01');
  writeFileSync(file, 'un 2026-12-01\ndeux 2027-06-01\n');
  expect(ofFile(file)).toBe('2027-06-01');
});

test('a file that went away leaves the figures and the lists of the staff without that day, and whole', () => {
  expect(ofFile(join(folder, 'absent'))).toBeUndefined();
});
