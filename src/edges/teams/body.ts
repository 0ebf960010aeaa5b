import type { IncomingMessage, ServerResponse } from 'node:http';

/** Thrown by a route: the doors answer with this status and close the connection. */
export class Refusal extends Error {
  readonly statusCode: number;

  constructor(statusCode: number) {
    super(`refused with ${statusCode}`);
    this.statusCode = statusCode;
  }
}

export interface BodyRules {
  readonly mediaType: string;
  /** Bytes. */
  readonly largest: number;
  /** Milliseconds in which the whole body must come. */
  readonly patienceMs: number;
}

/**
 * The body of a request, never more nor longer than the rules allow; its encoding was refused before. Rejects with a
 * Refusal: 415 and 413 before a byte is read, 413 and 408 at the limit, 400 (which nobody reads) for who went away.
 */
export async function readBody(
  request: IncomingMessage,
  response: Pick<ServerResponse, 'writeContinue'>,
  { mediaType, largest, patienceMs }: BodyRules,
): Promise<Buffer> {
  if (!isMediaType(request.headers['content-type'] ?? '', mediaType)) throw new Refusal(415);
  if (Number(request.headers['content-length'] ?? 0) > largest) throw new Refusal(413);
  if (request.headers.expect !== undefined) response.writeContinue();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > largest) refuse(413);
      else chunks.push(chunk);
    };
    const whole = () => {
      leave();
      resolve(Buffer.concat(chunks, size));
    };
    const gone = () => refuse(400);
    const timer = setTimeout(() => refuse(408), patienceMs);
    function leave(): void {
      clearTimeout(timer);
      request.off('data', take).off('end', whole).off('close', gone);
    }
    function refuse(status: number): void {
      leave();
      request.pause();
      reject(new Refusal(status));
    }
    request.on('data', take).once('end', whole).once('close', gone);
    // It stays: a connection that breaks later must find a listener.
    request.on('error', gone);
  });
}

/** « type/subtype », alone or with UTF-8 for its charset. */
function isMediaType(header: string, wanted: string): boolean {
  const [type, ...parameters] = header.split(';').map((part) => part.trim().toLowerCase());
  return (
    type === wanted &&
    parameters.every((parameter) => ['', 'charset=utf-8', 'charset="utf-8"'].includes(parameter))
  );
}
