import type { Request, Response, Server as Router } from 'restify';
import { CourtierError } from '../../core/errors.ts';
import type { Log } from '../../core/ports/log.ts';
import type { MadeDownload, PageAnswer } from '../../core/routes/pages.ts';
import { sentencePage } from '../../core/text/html.ts';
import { mountRead } from './reads.ts';

export interface PageOptions {
  /** The file behind a short-lived link; nobody waits for it any more once they are `gone`. */
  readonly download: (token: string, gone: AbortSignal) => Promise<MadeDownload>;
  /** The page behind a signed link; `form` is what was submitted. It refuses by itself. */
  readonly page: (token: string, form: URLSearchParams | undefined) => Promise<PageAnswer>;
  /** A passage of the guide, for everybody. Throws where there is none. */
  readonly reading: (place: string) => PageAnswer;
  /** The body of a form. Rejects with a Refusal. */
  readonly form: (request: Request, response: Response) => Promise<string>;
  readonly log: Log;
}

/** A page is words, a style of its own and a form that comes back here: nothing else is loaded or run. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What refuses a file: nobody is told whether it exists. */
const STATUSES = { refused: 404, notFound: 404, invalid: 404, unavailable: 503 } as const;

function say(response: Response, status: number, sentence: string): void {
  response.sendRaw(status, sentencePage(sentence), {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': PAGE_POLICY,
  });
}

/** What people open in a browser: files behind short-lived links, pages behind signed ones. */
export function mountPages(router: Router, { download, page, reading, form, log }: PageOptions): void {
  router.get('/telechargements/:token', async (request: Request, response: Response) => {
    const leaving = new AbortController();
    const { signal: gone } = leaving;
    response.once('close', () => leaving.abort());
    try {
      const file = await download(String(request.params.token), gone);
      response.sendRaw(
        200,
        typeof file.body === 'string'
          ? file.body
          : Buffer.from(file.body.buffer, file.body.byteOffset, file.body.byteLength),
        {
          'Content-Type': file.mediaType,
          'Content-Disposition': `attachment; filename="${file.fileName}"`,
        },
      );
    } catch (error) {
      if (gone.aborted) return;
      if (!(error instanceof CourtierError)) log.error({ err: error }, 'download failed');
      const sentence =
        error instanceof CourtierError
          ? error.message
          : 'Le fichier n’a pas pu être préparé. Veuillez redemander le lien.';
      say(response, error instanceof CourtierError ? STATUSES[error.kind] : 500, sentence);
    }
  });

  async function answerPage(response: Response, made: () => PageAnswer | Promise<PageAnswer>) {
    try {
      const { status, mediaType, body, fileName } = await made();
      response.sendRaw(status, typeof body === 'string' ? body : Buffer.from(body), {
        'Content-Type': typeof body === 'string' ? `${mediaType}; charset=utf-8` : mediaType,
        'Content-Security-Policy': PAGE_POLICY,
        ...(fileName && { 'Content-Disposition': `attachment; filename="${fileName}"` }),
      });
    } catch (error) {
      if (error instanceof CourtierError && error.kind === 'notFound')
        return say(response, 404, 'Rien n’est à cette adresse. Vérifiez que vous l’avez copiée en entier.');
      log.error({ err: error }, 'page failed');
      say(response, 500, 'La page n’a pas pu être préparée. Veuillez réessayer dans un instant.');
    }
  }
  const read = (path: string, made: (request: Request) => PageAnswer | Promise<PageAnswer>): void =>
    mountRead(router, path, (request, response) => answerPage(response, () => made(request)));
  read('/liens/:token', (request) => page(String(request.params.token), undefined));
  router.post('/liens/:token', async (request: Request, response: Response) => {
    const submitted = new URLSearchParams(await form(request, response));
    await answerPage(response, () => page(String(request.params.token), submitted));
  });
  for (const path of ['/guide', '/guide/:place'])
    read(path, (request) => reading(String(request.params.place ?? '')));
}
