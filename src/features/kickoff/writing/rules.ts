import type { State } from '../meeting/rules/states.ts';

/** What is noted of the e-mails to a supplier. By hand, but for `sent`: from the broker's mailbox. `corrected`: another address. */
export const MAIL_NOTES = ['sent', 'replied', 'refused', 'corrected'] as const;

/** How far an e-mail from the broker's mailbox is. `unknown`: it may have been sent, and is not sent again. */
export const MAIL_STATES = ['pending', 'sending', 'sent', 'unknown', 'failed'] as const;
export type MailState = (typeof MAIL_STATES)[number];

export const MAIL_STATE_NAMES: Record<MailState, string> = {
  pending: 'Courriel demandé',
  sending: 'Courriel en cours d’envoi',
  sent: 'Courriel envoyé',
  unknown: 'Courriel incertain',
  failed: 'Courriel non envoyé',
};

/** What there is to do of an e-mail that did not leave for sure. */
export const MAIL_ADVICE: Partial<Record<MailState, string>> = {
  unknown:
    'La boîte du Courtier n’a pas confirmé l’envoi. Regardez ses éléments envoyés avant d’écrire de nouveau ; il n’est pas renvoyé de lui-même.',
  failed: 'La boîte du Courtier a refusé l’envoi. Vérifiez l’adresse, ou écrivez vous-même.',
};

export const MAIL_NOTE_NAMES: Record<(typeof MAIL_NOTES)[number], string> = {
  sent: 'Courriel',
  replied: 'Réponse reçue',
  refused: 'Adresse refusée',
  corrected: 'Adresse corrigée',
};

interface Meeting {
  readonly details: { readonly contactEmail: string };
  readonly state: State;
}
interface Noted {
  readonly kind: (typeof MAIL_NOTES)[number];
  readonly address: string;
  readonly state: MailState | null;
  /** The day of what is noted, « 2026-11-20 ». */
  readonly on: string;
}

/**
 * The refusal that stands: of the address that the meeting still has, while somebody is still to be written to and no
 * answer came from it since. Notes are in the order in which they were noted.
 */
export const standingRefusal = <N extends Noted>(
  { details, state }: Meeting,
  notes: readonly N[],
): N | undefined => {
  if (state === 'cancelled' || state === 'signed') return undefined;
  const last = notes
    .filter(
      ({ kind, address }) => (kind === 'refused' || kind === 'replied') && address === details.contactEmail,
    )
    .toSorted((a, b) => Temporal.PlainDate.compare(a.on, b.on))
    .at(-1);
  return last?.kind === 'refused' ? last : undefined;
};

/** An e-mail that did not leave for sure, while nothing was noted after it. */
export function standingDoubt<N extends Noted>(
  { state }: Pick<Meeting, 'state'>,
  notes: readonly N[],
): N | undefined {
  const last = notes.at(-1);
  const over = state === 'cancelled' || state === 'signed';
  return !over && (last?.state === 'unknown' || last?.state === 'failed') ? last : undefined;
}
