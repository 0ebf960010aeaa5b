import type { Request, Response, Server as Router } from 'restify';

export interface OperationsOptions {
  /** Resolves when the database and the queue can work. */
  readonly ready: () => Promise<void>;
  readonly metrics: { readonly contentType: string; render(): Promise<string> };
}

/** What probes and supervision ask: does the process live, can it work, what has it counted. */
export function mountOperations(router: Router, { ready, metrics }: OperationsOptions): void {
  let asking: Promise<boolean> | undefined;

  /** However many ask at once, the database is asked once. */
  function isReady(): Promise<boolean> {
    asking ??= ready()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        asking = undefined;
      });
    return asking;
  }

  router.get('/healthz', async (_request: Request, response: Response) => {
    sendJson(response, 200, { status: 'ok' });
  });
  router.get('/readyz', async (_request: Request, response: Response) => {
    if (await isReady()) sendJson(response, 200, { status: 'ready' });
    else sendJson(response, 503, { status: 'not ready' });
  });
  router.get('/metrics', async (_request: Request, response: Response) => {
    response.sendRaw(200, await metrics.render(), { 'Content-Type': metrics.contentType });
  });
}

/** A JSON answer, whatever the client says that it accepts. */
export function sendJson(response: Response, status: number, body: object): void {
  response.sendRaw(status, JSON.stringify(body), { 'Content-Type': 'application/json' });
}
