import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { droppedFiles, type FileRules } from '../../../src/edges/teams/files.ts';

let server: Server;
let address: string;
const received: IncomingMessage[] = [];

const answers: Record<string, (response: ServerResponse) => void> = {
  '/fiche.yaml': (response) => response.end('version: 2026-11-02'),
  '/grand.yaml': (response) => response.end(Buffer.alloc(9 * 1024 * 1024, 'a')),
  '/ailleurs.yaml': (response) => {
    response.writeHead(302, { Location: '/fiche.yaml' });
    response.end();
  },
  '/perime.yaml': (response) => {
    response.statusCode = 403;
    response.end('expired');
  },
};

beforeAll(async () => {
  server = createServer((request, response) => {
    received.push(request);
    const answer = answers[request.url?.split('?')[0] ?? ''];
    if (answer) answer(response);
    else response.destroy();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const local: FileRules = { hosts: [], loopback: true };
const teams: FileRules = { hosts: ['.sharepoint.com', 'fichiers.example.org'], loopback: false };
const attachment = (downloadUrl: unknown, name: unknown) => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  name,
  content: { downloadUrl, uniqueId: 'x', fileType: 'yaml' },
});
/** The files of a message, as it came over the wire: whatever it may be. */
const dropped = (attachments: unknown, rules = teams) =>
  droppedFiles(JSON.parse(JSON.stringify({ attachments })), rules);
const read = (url: string, rules: FileRules) => {
  const [file] = dropped([attachment(url, 'bleuet_2026-11-02.yaml')], rules);
  if (!file) throw new Error('no file');
  return file.read();
};

test('a dropped file is read from its own address, without any token of ours', async () => {
  received.length = 0;
  const bytes = await read(`${address}/fiche.yaml?tempauth=secret`, local);
  expect(new TextDecoder().decode(bytes)).toBe('version: 2026-11-02');
  expect(received[0]?.headers.authorization).toBeUndefined();
  expect(received[0]?.headers.cookie).toBeUndefined();
});

test.each([
  ['plain http', 'http://contoso.sharepoint.com/f.yaml'],
  ['a host that is not allowed', 'https://mal.example.org/f.yaml'],
  ['a host that only ends alike', 'https://notsharepoint.com/f.yaml'],
  ['a host below an allowed exact one', 'https://x.fichiers.example.org/f.yaml'],
  ['the allowed host as a user name', 'https://contoso.sharepoint.com@mal.example.org/f.yaml'],
  ['a password in the address', 'https://a:b@contoso.sharepoint.com/f.yaml'],
  ['another port', 'https://contoso.sharepoint.com:8443/f.yaml'],
  ['the loopback, outside local mode', 'http://127.0.0.1:80/f.yaml'],
  ['the cloud’s metadata', 'http://169.254.169.254/latest/meta-data'],
  ['a file of the machine', 'file:///etc/passwd'],
  ['data in the address', 'data:text/plain,version'],
  ['no address at all', 'pas une adresse'],
])('%s is refused before anything is fetched', async (_what, url) => {
  received.length = 0;
  await expect(read(url, teams)).rejects.toThrow("ne vient pas d'un emplacement permis");
  expect(received).toEqual([]);
});

test('in local mode too, only the loopback is added', async () => {
  await expect(read('http://10.0.0.1/f.yaml', local)).rejects.toThrow("ne vient pas d'un emplacement permis");
});

test('a file that is too large is dropped on the way', async () => {
  await expect(read(`${address}/grand.yaml`, local)).rejects.toThrow('dépasse 8 Mio');
});

test.each(['ailleurs', 'perime', 'coupe'])(
  'an address that cannot be read (%s) gives a sentence without the address',
  async (name) => {
    const failure = await read(`${address}/${name}.yaml?tempauth=secret`, local).catch(
      (error: unknown) => error,
    );
    expect(String(failure)).toContain("Je n'ai pas pu lire ce fichier");
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('secret');
  },
);

test('a file’s name is its last part only', () => {
  const names = ['../../etc/passwd', 'C:\\temp\\f.yaml', 'f.yaml'].flatMap((name) =>
    dropped([attachment('https://a.sharepoint.com', name)]),
  );
  expect(names.map(({ name }) => name)).toEqual(['passwd', 'f.yaml', 'f.yaml']);
});

test.each([
  ['no attachment', undefined],
  ['a card', [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }]],
  ['formatted text', [{ contentType: 'text/html', content: '<p>bonjour</p>' }]],
  ['no name', [attachment('https://a.sharepoint.com', undefined)]],
  ['no address', [attachment(undefined, 'f.yaml')]],
  [
    'a picture with an address of its own',
    [{ contentType: 'image/png', contentUrl: 'https://mal.example.org' }],
  ],
])('%s is no dropped file', (_what, attachments) => {
  expect(dropped(attachments)).toEqual([]);
});
