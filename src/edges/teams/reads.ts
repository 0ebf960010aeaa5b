import type { Request, Response, Server as Router } from 'restify';

/** Answers at a path, and whoever asks for its head alone: probes, mail scanners and previews do. */
export function mountRead(
  router: Router,
  path: string,
  answer: (request: Request, response: Response) => Promise<void>,
): void {
  // restify takes what is declared `async`, and no other function that gives a promise.
  for (const method of ['get', 'head'] as const)
    router[method](path, async (request: Request, response: Response) => {
      await answer(request, response);
    });
}
