import { fold } from '../../../core/text/text.ts';

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

/** Where a second question may begin, whatever its first words: « …, et un banc d'essai, ça dure combien ? ». */
const JOINT = /\?\s+(?:(?:et|pis|puis|aussi)\s+)?|;\s*|,\s*(?:et|pis|puis|mais)\s+|\s(?:et|pis|puis)\s+/g;
/** What a question has somewhere: a word that asks, or a verb turned round. */
const ASKS_SOMEWHERE =
  /-(?:tu|t-|il|elle|on|ils|elles)\b|\btu\b|\b(?:peut|peuvent|faut|doit|quoi|quel\w*|qui|combien|comment|quand|ou|ca|cb|can|do|who|how|when)\b/;
const SHORTEST_HALF = 12;

/** The ways to cut a message in two, the second of which asks something: what neither says by itself is cut elsewhere, or not. */
export function halvesOf(text: string): (readonly [string, string])[] {
  return [...text.matchAll(JOINT)]
    .map(({ index, 0: joint }) => [text.slice(0, index), text.slice(index + joint.length)] as const)
    .filter(
      ([first, second]) =>
        first.length >= SHORTEST_HALF && second.length >= SHORTEST_HALF && ASKS_SOMEWHERE.test(fold(second)),
    );
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
