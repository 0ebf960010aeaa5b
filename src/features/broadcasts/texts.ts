import type { DeliveryReason } from '../../core/errors.ts';
import type { DeliveryState } from '../../core/ports/delivery.ts';
import { count } from '../../core/text/text.ts';

/** Why somebody did not receive a notice, for the staff. */
export const REASONS: Record<DeliveryReason, string> = {
  notInstalled: 'Courtier n’est pas installé',
  suspended: 'Courtier est bloqué par la personne ou par son organisation',
  removed: 'Courtier a été retiré de la conversation',
  gone: 'La conversation n’existe plus',
  throttled: 'Teams demande d’attendre',
  unavailable: 'Teams ne répondait pas',
  gateway: 'Un intermédiaire n’a pas transmis la réponse de Teams',
  noConnection: 'Teams n’était pas joignable',
  noToken: 'L’identité de Courtier n’a pas pu être vérifiée',
  noAnswer: 'Teams n’a pas confirmé la réception',
  restored: 'Peut-être envoyé entre la sauvegarde et sa remise en place',
  failed: 'Teams a répondu par une erreur',
  refused: 'Teams a refusé le message',
  unsupported: 'Teams ne permet pas cette opération ici',
  tooLarge: 'Le message est trop long pour Teams',
};

export const STATE_NAMES: Record<DeliveryState, string> = {
  held: 'Préparé',
  pending: 'En attente',
  sending: 'En cours',
  sent: 'Envoyé',
  unreachable: 'Injoignable',
  unknown: 'Incertain',
  dead: 'Échec',
  cancelled: 'Annulé',
};

/** « 45 secondes », « 3 minutes », « 1 h 10 ». */
export function lasting(seconds: number): string {
  if (seconds < 60) return count(Math.max(1, seconds), 'seconde');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return count(minutes, 'minute');
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${String(rest).padStart(2, '0')}` : ''}`;
}
