import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export const BOT_ID = '99999999-9999-4999-8999-999999999999';
export const TENANT = '11111111-1111-4111-8111-111111111111';
export const SERVICE_URL = 'https://smba.trafficmanager.net/teams/';

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The channel's side: it publishes its signing key, as Bot Framework does, and signs what a test asks. */
export async function openChannel() {
  const real = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const forged = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const { port } = server.address() as AddressInfo;
    const body = request.url?.includes('keys')
      ? {
          keys: [
            {
              ...real.publicKey.export({ format: 'jwk' }),
              kid: 'key-1',
              use: 'sig',
              endorsements: ['msteams'],
            },
          ],
        }
      : {
          issuer: 'https://api.botframework.com',
          jwks_uri: `http://127.0.0.1:${port}/keys`,
          id_token_signing_alg_values_supported: ['RS256'],
        };
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function token(claims: object = {}, header: object = {}, key: KeyObject = real.privateKey): string {
    const now = Math.floor(Date.now() / 1_000);
    const payload = {
      iss: 'https://api.botframework.com',
      aud: BOT_ID,
      exp: now + 3_600,
      nbf: now - 60,
      serviceurl: SERVICE_URL,
      ...claims,
    };
    const signed = `${base64url({ alg: 'RS256', typ: 'JWT', kid: 'key-1', ...header })}.${base64url(payload)}`;
    return `Bearer ${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`;
  }

  return {
    keysUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/openid`,
    token,
    forgedKey: forged.privateKey,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** A message as Teams posts it, with defaults. */
export function activity(changes: object = {}) {
  return {
    type: 'message',
    id: crypto.randomUUID(),
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    from: { id: '29:alex', name: 'Alex Gagnon', aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001' },
    recipient: { id: '28:bot', name: 'Courtier' },
    conversation: { id: 'a:chat', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    text: 'bonjour',
    ...changes,
  };
}

export interface ConnectorCall {
  readonly method: string;
  readonly path: string;
  readonly body: {
    readonly type?: string;
    readonly text?: string;
    readonly attachments?: readonly { readonly content: unknown }[];
    readonly channelData?: object;
  };
}

/** Teams' connector on the loopback: it keeps what it receives and answers as a test decides. */
export async function openConnector() {
  const calls: ConnectorCall[] = [];
  const answers: (
    | { status: number; body?: object; headers?: Record<string, string>; afterMs?: number }
    | 'silence'
  )[] = [];
  const server: Server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    calls.push({ method: request.method ?? '', path: request.url ?? '', body: text ? JSON.parse(text) : {} });
    const answer = answers.shift() ?? { status: 201, body: { id: `activity-${calls.length}` } };
    if (answer === 'silence') return;
    if (answer.afterMs) await pause(answer.afterMs);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    calls,
    /** The next answers, in order; afterwards each call succeeds. */
    answers,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
