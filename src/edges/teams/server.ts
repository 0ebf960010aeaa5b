import type { AddressInfo } from 'node:net';
import restify from 'restify';
import { CourtierError } from '../../core/errors.ts';
import type { PageAnswer } from '../../core/feature.ts';
import type { Log } from '../../core/ports.ts';
import type { Endpoint } from './endpoint.ts';

export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  readonly body: string | Uint8Array;
}

export interface ServerOptions {
  readonly endpoint: Endpoint;
  /** Why it cannot work now, in a word; undefined when it can. */
  readonly ready: () => Promise<string | undefined>;
  readonly metrics: {
    readonly contentType: string;
    render(): Promise<string>;
    refused(reason: string): void;
  };
  /** The file behind a short-lived link. */
  readonly download: (token: string) => Promise<Download>;
  /** The page behind a signed link; `form` is what was submitted. It refuses by itself. */
  readonly page: (token: string, form: URLSearchParams | undefined) => Promise<PageAnswer>;
  readonly log: Log;
}

export interface Server {
  /** Begins to listen; the port that it got. */
  listen(port: number, host: string): Promise<number>;
  /** From now on each answer is the last one on its connection. */
  draining(): void;
  /** Takes no new connection and resolves when the others are closed, by force after so many milliseconds. */
  close(graceMs?: number): Promise<void>;
}

const LARGEST_BODY = 256 * 1024;
const LARGEST_FORM = 16 * 1024;
const LONGEST_TOKEN = 2_000;
/** What an answer under way needs to reach its client. */
const GRACE_MS = 2_000;
/** A page is words, a style of its own and a form that comes back here: nothing else is loaded or run. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function buildServer({ endpoint, ready, metrics, download, page, log }: ServerOptions): Server {
  const server = restify.createServer({
    name: 'courtier',
    handleUncaughtExceptions: false,
    // A signed link is longer than the hundred characters that the router takes by itself.
    maxParamLength: LONGEST_TOKEN,
  });
  server.server.headersTimeout = 10_000;
  server.server.requestTimeout = 20_000;
  let draining = false;
  server.server.prependListener('request', (_request, response) => {
    if (draining) response.setHeader('Connection', 'close');
  });
  server.pre(restify.plugins.pre.dedupeSlashes());
  server.use((_request, response, next) => {
    response.header('X-Content-Type-Options', 'nosniff');
    response.header('Cache-Control', 'no-store');
    response.header('Referrer-Policy', 'no-referrer');
    return next();
  });

  server.post(
    '/api/messages',
    restify.plugins.bodyReader({ maxBodySize: LARGEST_BODY }),
    restify.plugins.jsonBodyParser({ mapParams: false, bodyReader: true }),
    async (request: restify.Request, response: restify.Response) => {
      const answer = await endpoint.receive(request.headers.authorization ?? '', request.body);
      if (answer.body) response.send(answer.status, answer.body);
      else response.send(answer.status);
    },
  );
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    response.send(200, { status: 'ok' });
  });
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const reason = await ready();
    if (reason === undefined) response.send(200, { status: 'ready' });
    else response.send(503, { status: 'not ready', reason });
  });
  server.get('/metrics', async (_request: restify.Request, response: restify.Response) => {
    const text = await metrics.render();
    response.sendRaw(200, text, { 'Content-Type': metrics.contentType });
  });
  server.get('/telechargements/:token', async (request: restify.Request, response: restify.Response) => {
    try {
      const file = await download(String(request.params.token));
      response.sendRaw(200, typeof file.body === 'string' ? file.body : Buffer.from(file.body), {
        'Content-Type': file.mediaType,
        'Content-Disposition': `attachment; filename="${file.fileName}"`,
      });
    } catch (error) {
      if (!(error instanceof CourtierError)) log.error({ err: error }, 'download failed');
      const sentence =
        error instanceof CourtierError
          ? error.message
          : 'Le fichier n’a pas pu être préparé. Veuillez redemander le lien.';
      response.sendRaw(error instanceof CourtierError ? 404 : 500, sentence, {
        'Content-Type': 'text/plain; charset=utf-8',
      });
    }
  });

  async function answerPage(request: restify.Request, response: restify.Response, form?: URLSearchParams) {
    try {
      const { status, mediaType, body, fileName } = await page(String(request.params.token), form);
      response.sendRaw(status, typeof body === 'string' ? body : Buffer.from(body), {
        'Content-Type': typeof body === 'string' ? `${mediaType}; charset=utf-8` : mediaType,
        'Content-Security-Policy': PAGE_POLICY,
        ...(fileName && { 'Content-Disposition': `attachment; filename="${fileName}"` }),
      });
    } catch (error) {
      log.error({ err: error }, 'page failed');
      response.sendRaw(500, 'La page n’a pas pu être préparée. Veuillez réessayer dans un instant.', {
        'Content-Type': 'text/plain; charset=utf-8',
      });
    }
  }
  server.get('/liens/:token', async (request: restify.Request, response: restify.Response) => {
    await answerPage(request, response);
  });
  server.post(
    '/liens/:token',
    restify.plugins.bodyReader({ maxBodySize: LARGEST_FORM }),
    async (request: restify.Request, response: restify.Response) => {
      await answerPage(request, response, new URLSearchParams(String(request.body ?? '')));
    },
  );

  // Errors of the framework (unknown route, oversized or malformed body) carry no text of ours or of theirs.
  server.on(
    'restifyError',
    (
      _request: restify.Request,
      response: restify.Response,
      error: { statusCode?: number },
      done: () => void,
    ) => {
      const status = error.statusCode ?? 500;
      metrics.refused(String(status));
      if (!response.headersSent) response.sendRaw(status, '');
      return done();
    },
  );

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        // What the server below it meets comes out here.
        server.once('error', reject);
        server.listen(port, host, () => resolve((server.server.address() as AddressInfo).port));
      }),
    draining() {
      draining = true;
    },
    close: (graceMs = GRACE_MS) =>
      new Promise((resolve) => {
        const force = setTimeout(() => server.server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        server.server.closeIdleConnections();
      }),
  };
}
