import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectionOf } from '../../../src/edges/storage/connection.ts';
import { entraToken } from '../../../src/edges/storage/entra.ts';
import { openPostgres } from '../../../src/edges/storage/postgres.ts';
import { reach } from '../../../src/edges/storage/reach.ts';
import { silent } from '../../support/delivery.ts';
import { type Database, postgres } from '../../support/postgres.ts';

let database: Database;
beforeAll(async () => {
  database = await postgres();
});
afterAll(() => database.stop());

/** The address of the tests' server, and its password apart. */
function withoutPassword() {
  const url = new URL(database.url);
  const password = decodeURIComponent(url.password);
  url.password = '';
  return { address: url.toString(), password };
}

test('an address is taken apart, its marks read', () => {
  expect(connectionOf('postgres://une%20identit%C3%A9:a%2Fb@serveur.example.org/courtier')).toEqual({
    host: 'serveur.example.org',
    port: 5432,
    user: 'une identité',
    password: 'a/b',
    database: 'courtier',
    ssl: { rejectUnauthorized: true },
  });
});

test('a sign of an address that is not written as it should is named, and nothing of the password', () => {
  const refused = () => connectionOf('postgres://u:100%secret@127.0.0.1/courtier');
  expect(refused).toThrow('%25');
  expect(refused).not.toThrow('secret');
});

test.each(['127.0.0.1', '[::1]', 'localhost'])('on %s nothing is encrypted: it leads nowhere', (host) => {
  expect(connectionOf(`postgres://u@${host}:5433/courtier`)).toMatchObject({ port: 5433, ssl: false });
});

test.each(['sslmode=disable', 'sslmode=require', 'ssl=false', 'sslrootcert=x'])(
  'an address that says %s is refused: it would be believed',
  (parameter) => {
    expect(() => connectionOf(`postgres://u@serveur/courtier?${parameter}`)).toThrow(
      'Retirez les paramètres ssl',
    );
  },
);

test('a server that is elsewhere and does not encrypt is refused at once, with a sentence', async () => {
  // The answer « no » to the question that a client asks first.
  const plain = createServer((socket) => void socket.once('data', () => socket.end('N')));
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.2', resolve));
  const address = plain.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await expect(reach(`postgres://u:p@127.0.0.2:${port}/courtier`, silent, 60_000)).rejects.toThrow(
    'n’offre pas de connexion chiffrée',
  );
  await new Promise((resolve) => plain.close(resolve));
});

test('with Entra, a token is the password, and each new connection has a new one', async () => {
  const { address, password } = withoutPassword();
  let asked = 0;
  const token = entraToken(undefined, {
    async getToken(scope) {
      expect(scope).toBe('https://ossrdbms-aad.database.windows.net/.default');
      asked++;
      return { token: password, expiresOnTimestamp: 0 };
    },
  });
  await reach(address, silent, 0, token);
  const storage = openPostgres(address, silent, { token });
  await Promise.all([storage.ping(), storage.migrate()]);
  await storage.close();
  expect(asked).toBeGreaterThanOrEqual(3);
});

test('without a token it does not start, and the sentence says where to look', async () => {
  const token = entraToken(undefined, { getToken: async () => null });
  await expect(reach(withoutPassword().address, silent, 60_000, token)).rejects.toThrow(
    'Entra n’a pas donné de jeton',
  );
});
