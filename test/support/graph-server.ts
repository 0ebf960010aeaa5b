import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Identity } from '../../src/core/ports/directory.ts';

export interface GraphCall {
  readonly method: string;
  /** Without the host and the version. */
  readonly path: string;
  readonly body: { readonly [key: string]: unknown } | undefined;
  readonly authorization: string;
}

export interface GraphAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: object;
}

/** What a test makes the server do in place of its own rules: answer so, or do the work and then answer so. */
export type GraphFault = GraphAnswer | { readonly doneThen: number } | 'reset';

export const graphError = (status: number, code: string, headers = {}): GraphAnswer => ({
  status,
  headers,
  body: { error: { code, message: 'x' } },
});

/** Microsoft Graph on the loopback. `serve` is what it does; the next faults come first, in their order. */
export async function openGraphServer(serve: (call: GraphCall) => GraphAnswer) {
  const calls: GraphCall[] = [];
  const faults: GraphFault[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const call: GraphCall = {
      method: request.method ?? '',
      path: (request.url ?? '').replace(/^\/v1\.0/, ''),
      body: text ? JSON.parse(text) : undefined,
      authorization: request.headers.authorization ?? '',
    };
    calls.push(call);
    const fault = faults.shift();
    if (fault === 'reset') return void response.destroy();
    const done = !fault || 'doneThen' in fault ? serve(call) : fault;
    const { status, headers, body } =
      fault && 'doneThen' in fault ? graphError(fault.doneThen, 'generalException') : done;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body ? JSON.stringify(body) : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    faults,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** An identity whose tokens are counted: `token-1`, `token-2`… */
export function countedIdentity(): Identity {
  let n = 0;
  return { getToken: async () => ({ token: `token-${++n}`, expiresOnTimestamp: Date.now() + 3_600_000 }) };
}
