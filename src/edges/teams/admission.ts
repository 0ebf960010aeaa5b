import type { IncomingMessage } from 'node:http';
import type { Limits } from './limits.ts';

/** What RFC 3986 allows in a path and a query; the router may take no other form of a target. */
const TARGET = /^\/[\w\-.~!$&'()*+,;=:@/?%]*$/;
/** A step to the folder above: what a front end lets through by its prefix would become another path. */
const CLIMB = /\/(?:\.|%2e){1,2}(?:[/?]|$)/i;
const HOST = /^(?:[\w\-.]{1,255}|\[[\da-fA-F:.]{2,45}\])(?::\d{1,5})?$/;

/** Those that some address takes. */
export const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

type Head = Pick<
  IncomingMessage,
  'method' | 'url' | 'httpVersion' | 'headers' | 'headersDistinct' | 'rawHeaders'
>;

/**
 * The status that refuses a request by its head alone, before a byte of its body is read; undefined when it may go on
 * to the router.
 */
export function refusedHead(head: Head, limits: Limits): number | undefined {
  const { method, url = '', httpVersion, headers, headersDistinct, rawHeaders } = head;
  if (rawHeaders.length > 2 * limits.headers) return 431;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return 505;
  if (url.length > limits.path) return 414;
  if (!TARGET.test(url) || CLIMB.test(url)) return 400;
  const hosts = headersDistinct.host ?? [];
  if (hosts.length > 1 || !hosts.every((host) => HOST.test(host))) return 400;
  if (hosts.length === 0 && httpVersion === '1.1') return 400;
  if (!METHODS.has(method ?? '')) return 405;
  if (headers.upgrade !== undefined) return 400;
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') return 417;
  return refusedBody(head, limits);
}

function refusedBody({ method, httpVersion, headers }: Head, limits: Limits): number | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') return 415;
  const transfer = headers['transfer-encoding'];
  const length = headers['content-length'];
  if (transfer !== undefined) {
    if (transfer.trim().toLowerCase() !== 'chunked' || httpVersion === '1.0' || length !== undefined)
      return 400;
    return method === 'POST' ? undefined : 400;
  }
  if (length === undefined || length === '0') return undefined;
  if (!/^\d{1,15}$/.test(length)) return 400;
  if (method !== 'POST') return 400;
  return Number(length) > limits.activityBytes ? 413 : undefined;
}

/** Whether a request announces a body. */
export const hasBody = ({ headers }: Pick<Head, 'headers'>): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
