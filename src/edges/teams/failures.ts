import { DeliveryError } from '../../core/errors.ts';
import { retryAfterSeconds } from '../../core/text/retry-after.ts';

const SUSPENDED = /BotDisabledByAdmin|ConversationBlockedByUser|MessageWritesBlocked|"?errorCode"?:\s*209/;

/** Sorts what a connector call threw by what may be done about it. Codes come first: bodies vary. */
export function deliveryError(cause: unknown): DeliveryError {
  if (cause instanceof DeliveryError) return cause;
  const status = statusOf(cause);
  const body = bodyOf(cause);
  switch (status) {
    case 400:
    case 401:
      return new DeliveryError('dead', 'refused', { cause });
    case 413:
      return new DeliveryError('dead', 'tooLarge', { cause });
    case 405:
    case 501:
      return new DeliveryError('dead', 'unsupported', { cause });
    case 403:
      return new DeliveryError('unreachable', SUSPENDED.test(body) ? 'suspended' : 'removed', { cause });
    case 404:
      return new DeliveryError('unreachable', 'gone', { cause });
    case 412:
    case 503:
      return new DeliveryError('retry', 'unavailable', { cause });
    case 502:
    case 504:
      return new DeliveryError('unknown', 'gateway', { cause });
    case 429:
      return new DeliveryError('retry', 'throttled', { cause, retryAfterSeconds: retryAfterOf(cause) });
    case undefined:
      return isNotConnected(cause)
        ? new DeliveryError('retry', 'noConnection', { cause })
        : new DeliveryError('unknown', 'noAnswer', { cause });
    default:
      return new DeliveryError('unknown', 'failed', { cause });
  }
}

/** The status of an answer that was thrown as an error; undefined when there was no answer. */
export const statusOf = (cause: unknown): number | undefined =>
  cause instanceof Error && 'statusCode' in cause && typeof cause.statusCode === 'number'
    ? cause.statusCode
    : undefined;

const bodyOf = (cause: unknown): string =>
  cause instanceof Error ? `${cause.message} ${'body' in cause ? JSON.stringify(cause.body) : ''}` : '';

const NOT_CONNECTED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
] as const;
/** How OpenSSL and Node name a certificate that they do not trust. */
const UNTRUSTED = /^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;

/** Nothing was written on the wire: the connection itself failed. */
const isNotConnected = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  (NOT_CONNECTED.some((code) => code === cause.code) || UNTRUSTED.test(String(cause.code)));

/** A pause that no service asks for in earnest, in seconds: it is asked again then. */
const LONGEST_PAUSE_SECONDS = 3_600;

/** Seconds to wait, an hour at the most, from either form of the header; undefined when it says nothing. */
function retryAfterOf(cause: unknown): number | undefined {
  const response =
    cause instanceof Error && 'response' in cause
      ? (cause.response as { headers?: { get?(name: string): string | undefined } })
      : undefined;
  const seconds = retryAfterSeconds(response?.headers?.get?.('retry-after'));
  return seconds === undefined ? undefined : Math.min(seconds, LONGEST_PAUSE_SECONDS);
}
