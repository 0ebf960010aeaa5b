import { type OwnQuestion, readOwn } from '../../../core/people/own-things.ts';

const NOUNS =
  'dossiers?(?: d (?:acquisition|achat))?|achats?|acquisitions?|projets?(?: d achat)?|demande(?: d (?:acquisition|achat))?|demarches?';
const WHERE =
  'ou (?:j en suis|en suis je|je suis rendue?s?|en sommes nous|on en est|on est rendus?)(?: rendue?s?)?|(?:je suis|on est) rendue?s? (?:a )?ou|a quelle etape (?:suis je|en suis je|je suis|j en suis|on est|sommes nous)(?: rendue?s?)?';

/** « Où en est mon dossier », « je suis rendu où », « mon dossier nº 3 »; undefined for anything else. */
export const readOwnFile = (text: string): OwnQuestion | undefined =>
  readOwn(text, { nouns: NOUNS, also: WHERE });
