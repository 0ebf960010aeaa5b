import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { hasBody, METHODS, refusedHead } from './admission.ts';
import { buildConnections } from './connections.ts';
import type { Limits } from './limits.ts';

export interface Doors {
  /** Begins to listen; the port that it got. Rejects when it cannot, as when the port is taken. */
  listen(port: number, host: string): Promise<number>;
  /** Answers a bare status, reads no more, and closes the connection. `allowed` are the methods that the address takes. */
  refuse(request: IncomingMessage, status: number, allowed?: string): void;
  /** From now on each answer closes its connection, so that clients go elsewhere; new ones are still served. */
  windDown(): void;
  /** Stops listening and waits for the answers under way, for a while; what is still held then is destroyed. */
  close(patienceMs?: number): Promise<void>;
}

export interface DoorsOptions {
  readonly limits: Limits;
  /** Headers of every answer, refusals included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly refused: (reason: string) => void;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
}

const listenOn = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

/** Node's server, with the limits that it can keep by itself. */
function serverWithin(limits: Limits): Server {
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    // The body's own limit is kept where it is read; this one is for who is not yet there.
    requestTimeout: limits.headersMs + limits.bodyMs + limits.checkMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: limits.checkMs,
    // Asked for by our own rules: the server's refusal would lack the headers of ours.
    requireHostHeader: false,
    insecureHTTPParser: false,
  });
  server.maxHeadersCount = limits.headers + 1;
  return server;
}

/** An HTTP server that hands on only what is harmless in form, and holds nobody's connection for ever. */
export function buildDoors({ limits, headers, refused, handle }: DoorsOptions): Doors {
  const connections = buildConnections(limits.connections);
  let leaving = false;
  let closing = false;
  const server = serverWithin(limits);

  /** The whole answer to what is refused, on the bare socket: no body of ours, and nothing read of theirs. */
  function turnAway(socket: Duplex, status: number, unread: boolean, allowed = ANY_METHOD): void {
    refused(String(status));
    connections.become(socket, 'refused');
    const lines = Object.entries({
      ...headers,
      ...(status === 405 && { Allow: allowed }),
      Date: new Date().toUTCString(),
      'Content-Length': '0',
      Connection: 'close',
    });
    // Closed with bytes unread, the socket would be reset and the answer lost: it lingers, without reading.
    if (unread) socket.pause();
    const timer = setTimeout(() => socket.destroy(), limits.lingerMs).unref();
    socket.once('close', () => clearTimeout(timer));
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    );
  }

  function admit(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const state = connections.state(socket);
    // A second request before the first is answered: nobody honest does so, and a smuggled one looks like that.
    if (state !== 'fresh' && state !== 'idle') return void socket.destroy();
    const status = refusedHead(request, limits);
    if (status !== undefined) {
      turnAway(socket, status, hasBody(request));
      return;
    }
    begin(request, response);
    // The router would build an address of it, and throw at one that is none.
    request.headers.host = 'localhost';
    handle(request, response);
  }

  /** Keeps account of a request from here to the last byte of its answer. */
  function begin(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    connections.become(socket, hasBody(request) ? 'reading' : 'answering');
    request.once('end', () => {
      if (connections.state(socket) === 'reading') connections.become(socket, 'answering');
    });
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (leaving) response.setHeader('Connection', 'close');
    const deadline = performance.now() + limits.makingMs;
    // An answer that is still being made is not one that is read slowly.
    const tooSlow = () => {
      if (response.headersSent || performance.now() >= deadline) socket.destroy();
      else timer = setTimeout(tooSlow, limits.answerMs).unref();
    };
    let timer = setTimeout(tooSlow, limits.answerMs).unref();
    response.once('close', () => {
      clearTimeout(timer);
      if (connections.state(socket) !== 'refused') connections.become(socket, 'idle');
      if (closing) socket.destroySoon();
    });
  }

  // A connection that could not be taken is not the end of the others.
  server.on('error', () => refused('connection'));
  server.on('connection', (socket) => connections.add(socket));
  server.on('request', admit);
  server.on('checkContinue', admit);
  server.on('checkExpectation', admit);
  server.on('upgrade', (_request, socket) => refuseTunnel(socket, 400));
  server.on('connect', (_request, socket) => refuseTunnel(socket, 405));
  function refuseTunnel(socket: Duplex, status: number): void {
    socket.on('error', () => socket.destroy());
    turnAway(socket, status, true);
  }
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const state = connections.state(socket);
    if (!socket.writable || state === 'refused' || state === 'answering' || error.code === 'ECONNRESET')
      socket.destroy();
    else turnAway(socket, PARSER_STATUSES[error.code ?? ''] ?? 400, true);
  });

  return {
    listen: (port, host) => listenOn(server, port, host),
    refuse(request, status, allowed) {
      if (request.socket.destroyed || connections.state(request.socket) === 'refused') return;
      turnAway(request.socket, status, !request.complete, allowed);
    },
    windDown() {
      leaving = true;
    },
    close(patienceMs = limits.closeMs) {
      leaving = true;
      closing = true;
      return new Promise((resolve) => {
        const timer = setTimeout(() => connections.destroy(), patienceMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        connections.dismiss();
      });
    },
  };
}

const ANY_METHOD = [...METHODS].join(', ');

const PARSER_STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
