import { fold } from '../../../core/text.ts';

const SENTENCE = /[^.!?;\n]+(?:[.](?=\d)[^.!?;\n]+)*[.!?;]*/g;
/** Where a second question begins inside a sentence: « … et qui signe ? », « , pis combien ça coûte ». */
const SECOND =
  /(?:,? (?:et|pis|puis|mais|ainsi que)(?: aussi| en plus| ensuite| surtout)?|,) (?=(?:est[- ]ce|qu[ie]\b|qu'|quel|combien|quand|comment|ou (?:est|sont|trouve|puis|peut)|pourquoi|faut|peut|doit|puis-je|a qui|avec qui|par qui|pour combien|pendant combien|c'est (?:qui|quoi|quand|combien)|y a-t|dans quel|de quel|what|who|how|when|can|do we|is there))/g;
const ASKS =
  /\?|^(?:et |pis |mais |puis )?(?:est[- ]ce|qu[ie]\b|qu'|quel|combien|quand|comment|ou (?:est|sont|trouve|puis|peut)|pourquoi|faut|peut|doit|puis-je|a qui|avec qui|par qui|pour combien|pendant combien|c'est (?:qui|quoi|quand|combien|correct)|y a-t|dans quel|de quel|what|who|how|when|can|do we|is there)|\b(?:-tu|savoir (?:si|qui|combien|quand|comment|quel|ou))\b/;
const SHORTEST = 8;

/** The questions of a message, in their order: its sentences that ask, cut where a second question begins. */
export function questionsIn(text: string): string[] {
  return (text.match(SENTENCE) ?? [])
    .flatMap((sentence) => partsOf(sentence.trim().replace(/\s+/g, ' ')))
    .map((part) => part.trim())
    .filter((part) => part.length >= SHORTEST && ASKS.test(fold(part)));
}

/** Folding keeps the length of a text of ours only when no letter is two: the cut is sought where it does. */
function partsOf(sentence: string): string[] {
  const folded = fold(sentence);
  if (folded.length !== sentence.length) return [sentence];
  const parts: string[] = [];
  let from = 0;
  for (const { index, 0: joint } of folded.matchAll(SECOND)) {
    if (index - from < SHORTEST) continue;
    parts.push(sentence.slice(from, index));
    from = index + joint.length;
  }
  parts.push(sentence.slice(from));
  return parts;
}
