import { expect, test } from '@jest/globals';
import { database } from '../../support/database.ts';

test('the embedded database is in trouble while its disk has no room, and no longer', async () => {
  let room = 1e9;
  const storage = await database({ room: async () => room });
  expect(await storage.trouble()).toBeUndefined();
  room = 1e6;
  expect(await storage.trouble()).toBe('disk');
  room = 1e9;
  expect(await storage.trouble()).toBeUndefined();
  await storage.close();
  expect(await storage.trouble()).toBe('database');
});
