import { type OwnQuestion, readOwn } from '../../../core/people/own-things.ts';

/** « Quand est ma rencontre », « où en est ma rencontre nº 3 »; undefined for anything else. */
export const readOwnMeeting = (text: string): OwnQuestion | undefined =>
  readOwn(text, { nouns: '(?:rencontres?|reunions?)(?: de (?:demarrage|depart))?|demandes? de rencontre' });

/** « Est-ce que mon contrat est signé », « où en est mon contrat »: of one that is being made, it is its meeting's to say. */
export function readOwnSigning(text: string): OwnQuestion | undefined {
  const own = readOwn(text, { nouns: 'contrats?(?: specifiques?)?' });
  return own && (own.asked === 'signed' || own.asked === 'state') ? own : undefined;
}
