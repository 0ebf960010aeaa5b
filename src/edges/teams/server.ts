import restify, { type Request, type Response } from 'restify';
import type { Log } from '../../core/ports/log.ts';
import { type BodyRules, Refusal, readBody } from './body.ts';
import { buildDoors } from './doors.ts';
import type { Endpoint } from './endpoint.ts';
import { parseJson } from './json.ts';
import { LIMITS, type Limits } from './limits.ts';
import { mountOperations, type OperationsOptions, sendJson } from './operations.ts';
import { mountPages, type PageOptions } from './pages.ts';

export interface ServerOptions extends Pick<PageOptions, 'download' | 'page' | 'reading'> {
  readonly endpoint: Endpoint;
  readonly ready: OperationsOptions['ready'];
  readonly metrics: OperationsOptions['metrics'] & { refused(reason: string): void };
  readonly log: Log;
  /** Where health and metrics are answered, and then only there. */
  readonly adminPort?: number | undefined;
  /** Where people reach the assistant: with https, browsers are told to keep to it. */
  readonly publicUrl?: string | undefined;
  readonly limits?: Partial<Limits>;
}

export interface Server {
  /** Begins to listen, on the admin port as well if there is one; the port that it got. Rejects when it cannot. */
  listen(port: number, host: string): Promise<number>;
  /** The admin port that it got; undefined without one, or before it listens. */
  adminPort(): number | undefined;
  /** From now on each answer closes its connection, so that clients go elsewhere; new ones are still served. */
  windDown(): void;
  /** Waits for the answers under way, `patienceMs` at the most, then destroys what is still held. */
  close(patienceMs?: number): Promise<void>;
}

const LONGEST_TOKEN = 2_000;
const TWO_YEARS_SECONDS = 63_072_000;

/** The headers of every answer, also of those that refuse. */
const headersFor = (publicUrl: string | undefined) => ({
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  ...(publicUrl?.startsWith('https:') && { 'Strict-Transport-Security': `max-age=${TWO_YEARS_SECONDS}` }),
});

export function buildServer(options: ServerOptions): Server {
  const { endpoint, ready, metrics, download, page, reading, log, adminPort, publicUrl } = options;
  const limits = { ...LIMITS, ...options.limits };
  const headers = headersFor(publicUrl);
  const activityRules: BodyRules = {
    mediaType: 'application/json',
    largest: limits.activityBytes,
    patienceMs: limits.bodyMs,
  };
  const formRules: BodyRules = {
    mediaType: 'application/x-www-form-urlencoded',
    largest: limits.formBytes,
    patienceMs: limits.bodyMs,
  };

  /** A router behind doors of its own. */
  function open(most: Limits) {
    const router = restify.createServer({
      name: 'courtier',
      handleUncaughtExceptions: false,
      // A signed link is longer than the hundred characters that the router takes by itself.
      maxParamLength: LONGEST_TOKEN,
    });
    router.pre(restify.plugins.pre.dedupeSlashes());
    router.pre((request: Request, _response: Response, next: () => void) => {
      request.url = withoutLastSlash(request.url ?? '');
      next();
    });
    // restify's own server never listens: requests come to it through the doors, and nothing else does.
    const doors = buildDoors({
      limits: most,
      headers,
      refused: metrics.refused,
      handle: (request, response) => void router.server.emit('request', request, response),
    });
    router.on('restifyError', (request: Request, response: Response, error: { statusCode?: number }) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) log.error({ err: error }, 'request failed');
      if (response.headersSent) request.socket.destroy();
      else doors.refuse(request, status, response.getHeader('Allow')?.toString());
    });
    return { router, doors };
  }

  const { router, doors } = open(limits);
  const admin = adminPort === undefined ? undefined : open({ ...limits, connections: ADMIN_CONNECTIONS });
  router.post('/api/messages', async (request: Request, response: Response) => {
    const activity = parseJson(await readBody(request, response, activityRules));
    if (!activity) throw new Refusal(400);
    const answer = await endpoint.receive(request.headers.authorization ?? '', activity.value);
    if (answer.body) sendJson(response, answer.status, answer.body);
    else response.sendRaw(answer.status, '');
  });
  mountPages(router, {
    download,
    page,
    reading,
    log,
    form: async (request, response) => (await readBody(request, response, formRules)).toString(),
  });
  mountOperations((admin ?? { router }).router, { ready, metrics });

  let openedAdmin: number | undefined;
  return {
    async listen(port, host) {
      const opened = await doors.listen(port, host);
      openedAdmin = adminPort === undefined ? undefined : await admin?.doors.listen(adminPort, host);
      return opened;
    },
    adminPort: () => openedAdmin,
    windDown() {
      doors.windDown();
      admin?.doors.windDown();
    },
    async close(patienceMs) {
      await Promise.all([doors.close(patienceMs), admin?.doors.close(patienceMs)]);
    },
  };
}

/** The same address, « /api/messages » for « /api/messages/ »: somebody registers the assistant under either. */
function withoutLastSlash(url: string): string {
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) + url.slice(path.length) : url;
}

/** A few probes and one collector of metrics. */
const ADMIN_CONNECTIONS = 32;
