import { fold } from '../../../core/text/text.ts';

/** Asks for a yes or a no. */
const YES_NO =
  /\best[- ]ce (?:qu|correct|possible|permis|legal|normal|obligatoire|vrai|bon|ok)|\b(?:peut|peux|puis|pouvons|pourrait|pourrions|doit|dois|devons|faut|faudrait|sommes|est|sont|a|ont|ai|avons|y a)(?:-t)?-(?:on|je|nous|il|elle|ils|elles|tu)\b|\b(?:on|je|ca|c'est|y'?a)[ -](?:peut|a|est|faut|doit|va)?-?tu\b|\b(?:peut|faut|doit|est|a|va|compte|passe)-tu\b|\b(?:correct|ok|permis|legal|possible|le droit)\b|\b(?:can|may|must|is|are|do|does|should) (?:we|i|it|there|the|they)\b/;
/** Asks for something else: who, how much, when… */
const OPEN =
  /\b(?:qui|quoi|quel(?:le)?s?|combien|quand|comment|pourquoi|lequel|laquelle|lesquels|what|who|when|how|why|which)\b|\bou (?:est|sont|se|puis|peut|dois|trouver)\b|\bqu'est[- ]ce\b/;
/** Asks the contrary of what is named. */
const CONTRARY =
  /\b(?:pas|plus|jamais|aucune?|rien|ni|interdit\w*|defend\w*|impossible|illegal\w*|exclu\w*|refus\w*|empech\w*|sans|forbidden|not|never|without|prohibited|cannot|can't|prive\w* de)\b/;

/**
 * Whether « Oui » or « Non » may open the answer to a message: it asks for one, and not for the contrary of what the
 * entry's question asks. `turned` are the words that ask the contrary of this entry.
 */
export function mayOpen(text: string, turned: readonly string[] = []): boolean {
  const said = fold(text);
  const words = ` ${said.replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  if (CONTRARY.test(said) || turned.some((each) => words.includes(` ${fold(each)}`))) return false;
  if (YES_NO.test(said)) return true;
  return said.includes('?') && !OPEN.test(said);
}

/** Measures against a limit from its other side: « est-ce trop long ? », « sommes-nous en retard ? ». */
const BEYOND =
  /\b(?:trop|depass\w*|exced\w*|au-dela|au dela|retard|tard|tot|insuffisan\w*|assez|suffi\w*|moins|hors delai|plus (?:de|que)|too|late|early|exceed\w*|enough)\b/;

/**
 * Whether « Oui » or « Non » before a verdict could be read the wrong way round: the message asks the contrary of a
 * permission (« est-ce interdit de… »), or whether a limit is passed.
 */
export const mayTurn = (text: string): boolean => {
  const said = fold(text);
  return CONTRARY.test(said) || BEYOND.test(said);
};
