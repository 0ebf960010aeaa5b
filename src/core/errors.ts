/**
 * What went wrong, in two voices: `message` is the French sentence that the person reads,
 * `cause` is what the log keeps.
 */
export class CourtierError extends Error {
  readonly kind: 'refused' | 'notFound' | 'invalid' | 'unavailable';

  constructor(kind: CourtierError['kind'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CourtierError';
    this.kind = kind;
  }
}

/** One sentence for absence and for lack of right, so that neither can be told from the other. */
export const notFound = (): CourtierError =>
  new CourtierError(
    'notFound',
    'Cet élément est introuvable. Il a peut-être été supprimé, ou il ne vous est pas destiné.',
  );

/** The sentence of what is refused, to show where there is room for it; anything else goes on. */
export function refusalOf(error: unknown): string {
  if (error instanceof CourtierError && error.kind === 'refused') return error.message;
  throw error;
}

/** Why a sending did not succeed: what may be done about it, and what staff are told. */
export type DeliveryReason =
  | 'refused'
  | 'tooLarge'
  | 'unsupported'
  | 'suspended'
  | 'removed'
  | 'gone'
  | 'notInstalled'
  | 'throttled'
  | 'unavailable'
  /** A relay before Teams answered in its place: it may have been received. */
  | 'gateway'
  | 'noConnection'
  | 'noAnswer'
  | 'failed';

/** A sending that did not succeed, sorted by what may be done about it (reliability: errors of proactive sending). */
export class DeliveryError extends Error {
  readonly outcome: 'retry' | 'unreachable' | 'unknown' | 'dead';
  readonly reason: DeliveryReason;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    outcome: DeliveryError['outcome'],
    reason: DeliveryReason,
    options: { cause?: unknown; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(`delivery: ${reason}`, { cause: options.cause });
    this.name = 'DeliveryError';
    this.outcome = outcome;
    this.reason = reason;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
