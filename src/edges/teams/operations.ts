import type { Request, Response, Server as Router } from 'restify';
import { mountRead } from './reads.ts';

export interface OperationsOptions {
  /** Why it cannot work now, in a word; undefined when it can. */
  readonly ready: () => Promise<string | undefined>;
  readonly metrics: { readonly contentType: string; render(): Promise<string> };
}

/** What probes and supervision ask: does the process live, can it work, what has it counted. */
export function mountOperations(router: Router, { ready, metrics }: OperationsOptions): void {
  let asking: Promise<string | undefined> | undefined;

  /** However many ask at once, the database is asked once. */
  function trouble(): Promise<string | undefined> {
    asking ??= ready()
      .catch(() => 'failed')
      .finally(() => {
        asking = undefined;
      });
    return asking;
  }

  async function alive(_request: Request, response: Response): Promise<void> {
    sendJson(response, 200, { status: 'ok' });
  }
  async function able(_request: Request, response: Response): Promise<void> {
    const reason = await trouble();
    if (reason === undefined) sendJson(response, 200, { status: 'ready' });
    else sendJson(response, 503, { status: 'not ready', reason });
  }
  mountRead(router, '/healthz', alive);
  mountRead(router, '/readyz', able);
  router.get('/metrics', async (_request: Request, response: Response) => {
    response.sendRaw(200, await metrics.render(), { 'Content-Type': metrics.contentType });
  });
}

/** A JSON answer, whatever the client says that it accepts. */
export function sendJson(response: Response, status: number, body: object): void {
  response.sendRaw(status, JSON.stringify(body), { 'Content-Type': 'application/json' });
}
