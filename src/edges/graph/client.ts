import type { z } from 'zod';
import type { Identity } from '../../core/ports/directory.ts';
import { retryAfterSeconds } from '../../core/text/retry-after.ts';

export interface GraphParts {
  readonly identity: Pick<Identity, 'getToken'>;
  /** Whose tenant the token is of; the bot's own when absent. */
  readonly tenantId?: string;
  /** `https://graph.microsoft.com`, or that of a national cloud. */
  readonly url: string;
  readonly sleep?: (ms: number) => Promise<void>;
}

/** An answer that is no success. `code` is Graph's own word. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(`Graph answered ${status} ${code}`);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
  }
}

export interface GraphRequest<T extends z.ZodType> {
  readonly body?: object;
  /** The shape of the answer; none when nothing is read of it. */
  readonly answer?: T;
  /** Made twice, it does what it does once: it may be tried again though it may have been done. */
  readonly repeatable: boolean;
}

const TIMEOUT_MS = 10_000;
const ATTEMPTS = 4;
/** Longer pauses are left to the job, which is tried again later. */
const LONGEST_PAUSE_S = 30;
/** Nothing was done. */
const REFUSED_FOR_NOW = [429, 503];
const DOUBTFUL = [408, 500, 502, 504];

export type Graph = ReturnType<typeof buildGraph>;

/**
 * Requests to Microsoft Graph: ten seconds each, `Retry-After` honoured, a refused token renewed once, and nothing
 * repeated that may have been done unless it does no harm. Throws `GraphError`, or what the network threw.
 */
export function buildGraph({ identity, tenantId, url, sleep = pause }: GraphParts) {
  const scope = `${url}/.default`;

  async function once(method: string, path: string, body: object | undefined): Promise<Response> {
    const token = await identity.getToken(scope, tenantId);
    if (!token) throw new GraphError(401, 'noToken');
    return fetch(`${url}/v1.0${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token.token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }

  return {
    async request<T extends z.ZodType>(
      method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
      path: string,
      { body, answer, repeatable }: GraphRequest<T>,
    ): Promise<z.output<T>> {
      for (let attempt = 1; ; attempt++) {
        const last = attempt === ATTEMPTS;
        let response: Response;
        try {
          response = await once(method, path, body);
        } catch (error) {
          if (last || !repeatable || error instanceof GraphError) throw error;
          await sleep(1_000 * 2 ** (attempt - 1));
          continue;
        }
        if (response.ok) return answer ? answer.parse(await response.json()) : (undefined as z.output<T>);
        const wait = retryAfterSeconds(response.headers.get('retry-after')) ?? 2 ** (attempt - 1);
        const again =
          REFUSED_FOR_NOW.includes(response.status) ||
          (repeatable && DOUBTFUL.includes(response.status)) ||
          (response.status === 401 && attempt === 1);
        if (last || !again || wait > LONGEST_PAUSE_S)
          throw new GraphError(response.status, await codeOf(response));
        await response.body?.cancel();
        if (response.status !== 401) await sleep(wait * 1_000);
      }
    },
  };
}

/** « ErrorItemNotFound »: a word of Graph's own. */
const GRAPH_CODE = /^[A-Z][A-Za-z]{2,80}$/;

/** The code of an error, never its message: that one may name people. */
async function codeOf(response: Response): Promise<string> {
  try {
    const { error } = (await response.json()) as { error?: { code?: unknown } };
    return typeof error?.code === 'string' && GRAPH_CODE.test(error.code) ? error.code : '';
  } catch {
    return '';
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
