import { request, type Sending } from '../../../support/raw-http.ts';

/** A kind of hostile request, and how it may be answered: by one of some statuses, or not at all. */
export interface Kind {
  readonly name: string;
  readonly bytes: Sending['bytes'];
  readonly half?: boolean;
  /** 0 stands for a connection that is closed without a word. */
  readonly statuses: readonly number[];
}

const JSON_TYPE = 'Content-Type: application/json';
export const FORM_TYPE = 'Content-Type: application/x-www-form-urlencoded';

export const kind = (
  name: string,
  statuses: readonly number[],
  bytes: Sending['bytes'],
  half = false,
): Kind => ({
  name,
  statuses,
  bytes,
  half,
});

/** A POST to the messages, with its true length unless the headers give one. */
export function post(body: string | Buffer, headers: readonly string[] = [], path = '/api/messages'): Buffer {
  const says = (name: string) => headers.some((header) => header.toLowerCase().startsWith(name));
  return request(
    `POST ${path} HTTP/1.1`,
    [
      ...(says('content-type') ? [] : [JSON_TYPE]),
      ...(says('content-length') || says('transfer-encoding')
        ? []
        : [`Content-Length: ${Buffer.byteLength(body)}`]),
      ...headers,
    ],
    body,
  );
}

export const get = (path: string, headers: readonly string[] = []): Buffer =>
  request(`GET ${path} HTTP/1.1`, headers);
export const chunked = (...chunks: readonly string[]): string =>
  `${chunks.map((chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`).join('')}0\r\n\r\n`;
