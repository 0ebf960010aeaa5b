import type { DeliveryReason } from '../../../../core/errors.ts';
import type { DeliveryState } from '../../../../core/ports/delivery.ts';
import { REASONS, STATE_NAMES } from '../../texts.ts';

/** What became of a notice for one of its recipients. */
export interface ResultRow {
  readonly id: string;
  readonly tenantId: string;
  /** '' for a channel. */
  readonly objectId: string;
  readonly conversationId: string;
  readonly name: string | null;
  /** The body for which a person acts now. */
  readonly organization: string | null;
  readonly state: DeliveryState;
  readonly reason: DeliveryReason | null;
  readonly changedAt: Date;
  readonly attempts: number;
  readonly acknowledgedAt: Date | null;
}

/** Which of those whom a notice is for. `told`: it was sent to them; `unread`: and they did not acknowledge it. */
export const RESULT_FILTERS = ['all', 'told', 'read', 'unread', 'waiting', 'failed'] as const;
export type ResultFilter = (typeof RESULT_FILTERS)[number];

/** The states of the ledger that each filter shows. */
export const STATES_OF: Record<ResultFilter, readonly DeliveryState[]> = {
  all: ['pending', 'sending', 'sent', 'unreachable', 'unknown', 'dead', 'cancelled'],
  told: ['sent'],
  read: ['sent', 'unknown'],
  unread: ['sent'],
  waiting: ['pending', 'sending'],
  failed: ['unreachable', 'unknown', 'dead', 'cancelled'],
};

export const FILTER_NAMES: Record<ResultFilter, string> = {
  all: 'Tous',
  told: 'Avis reçu',
  read: 'Pris connaissance',
  unread: 'Reçu, sans prise de connaissance',
  waiting: 'En attente',
  failed: 'Non reçu',
};

/** What became of a notice for somebody, and why where it failed. */
export function outcomeText({ state, reason, acknowledgedAt }: ResultRow): string {
  if (acknowledgedAt) return 'Pris connaissance';
  const why = reason && state !== 'sent' ? ` : ${REASONS[reason]}` : '';
  return `${STATE_NAMES[state]}${why}`;
}
