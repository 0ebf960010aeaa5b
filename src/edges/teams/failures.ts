import { DeliveryError } from '../../core/errors.ts';

const SUSPENDED = /BotDisabledByAdmin|ConversationBlockedByUser|MessageWritesBlocked|"?errorCode"?:\s*209/;

/** Sorts what a connector call threw by what may be done about it. Codes come first: bodies vary. */
export function deliveryError(cause: unknown): DeliveryError {
  const status = statusOf(cause);
  const body = bodyOf(cause);
  switch (status) {
    case 400:
    case 401:
    case 413:
      return new DeliveryError('dead', `connector refused (${status})`, { cause });
    case 403:
      return new DeliveryError(
        'unreachable',
        SUSPENDED.test(body) ? 'suspended' : 'not in the conversation',
        { cause },
      );
    case 404:
      return new DeliveryError('unreachable', 'conversation gone', { cause });
    case 412:
    case 502:
    case 503:
    case 504:
      return new DeliveryError('retry', `connector unavailable (${status})`, { cause });
    case 429:
      return new DeliveryError('retry', 'throttled', { cause, retryAfterSeconds: retryAfterOf(cause) });
    case undefined:
      return isNotConnected(cause)
        ? new DeliveryError('retry', 'connector unreachable', { cause })
        : new DeliveryError('unknown', 'no answer from the connector', { cause });
    default:
      return new DeliveryError('unknown', `connector failed (${status})`, { cause });
  }
}

const statusOf = (cause: unknown): number | undefined =>
  cause instanceof Error && 'statusCode' in cause && typeof cause.statusCode === 'number'
    ? cause.statusCode
    : undefined;

const bodyOf = (cause: unknown): string =>
  cause instanceof Error ? `${cause.message} ${'body' in cause ? JSON.stringify(cause.body) : ''}` : '';

/** Nothing was written on the wire: the connection itself failed. */
const isNotConnected = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'].includes(String(cause.code));

function retryAfterOf(cause: unknown): number {
  const response =
    cause instanceof Error && 'response' in cause
      ? (cause.response as { headers?: { get?(name: string): string | undefined } })
      : undefined;
  const seconds = Number(response?.headers?.get?.('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 5;
}
