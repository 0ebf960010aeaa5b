/**
 * What went wrong, in two voices: `message` is the French sentence that the person reads,
 * `cause` is what the log keeps.
 */
export class CourtierError extends Error {
  readonly kind: 'refused' | 'notFound' | 'invalid' | 'unavailable';

  /** Of what a form sent: which input is wrong, and whether it is only asked about. */
  readonly field: string | undefined;
  readonly asked: boolean;

  constructor(
    kind: CourtierError['kind'],
    message: string,
    cause?: unknown,
    { field, asked = false }: { readonly field?: string | undefined; readonly asked?: boolean } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CourtierError';
    this.kind = kind;
    this.field = field;
    this.asked = asked;
  }
}

/** One sentence for absence and for lack of right, so that neither can be told from the other. */
export const notFound = (): CourtierError =>
  new CourtierError(
    'notFound',
    'Cet élément est introuvable. Il a peut-être été supprimé, ou il ne vous est pas destiné.',
  );

/** Why a sending did not succeed: what may be done about it, and what staff are told. */
export const DELIVERY_REASONS = [
  'refused',
  'tooLarge',
  'unsupported',
  'suspended',
  'removed',
  'gone',
  'notInstalled',
  'throttled',
  'unavailable',
  /** A relay before Teams answered in its place: it may have been received. */
  'gateway',
  'noConnection',
  /** Entra did not say who we are: Teams was not asked. */
  'noToken',
  'noAnswer',
  /** The data of an earlier moment were put back: it may have been sent since. */
  'restored',
  'failed',
] as const;
export type DeliveryReason = (typeof DELIVERY_REASONS)[number];

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
