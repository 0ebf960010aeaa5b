import type { State } from '../meeting/rules/states.ts';

/** What is noted by hand of the e-mails to a supplier. `corrected`: another address. */
export const MAIL_NOTES = ['replied', 'refused', 'corrected'] as const;

export const MAIL_NOTE_NAMES: Record<(typeof MAIL_NOTES)[number], string> = {
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
}

/** The refusal that stands: of the address that the meeting still has, while somebody is still to be written to. */
export const standingRefusal = <N extends Noted>(
  { details, state }: Meeting,
  notes: readonly N[],
): N | undefined =>
  state === 'cancelled' || state === 'signed'
    ? undefined
    : notes.findLast(({ kind, address }) => kind === 'refused' && address === details.contactEmail);
