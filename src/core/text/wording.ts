import { editDistance } from './edit-distance.ts';
import { compose, fold } from './text.ts';

/** Beyond, a message tells something: it is no wish that can be read word by word. */
export const LONGEST = 160;

/** Words that say nothing by themselves: articles, prepositions, greetings, what is said before or after a wish. */
const SMALL = new Set(
  `a ai ait allo alors as au aux avec ben bien bon bonjour bonsoir c ca ce ces cette comme d dans de des donc du elle elles en es
  est et etes eu faire fait hey icitte ici il ils j je l la le les leur leurs m ma me merci mes moi mon n ne nos notre nous
  on ont par pis plait pour qu que s sa salut se ses si son sont sous stp suis sur svp t te
  tu un une va vas vers vos votre vous y`
    .trim()
    .split(/\s+/),
);

/** The words of a text: folded, signs dropped, numbers as they are written. */
export const wordsOf = (text: string): string[] =>
  fold(compose(text)).match(/\d+(?:[.,]\d+)?(?![a-z])|[a-z0-9]+/g) ?? [];

/** One or several words in a row; spaces in the source are where words part. */
export const phrase = (source: string): RegExp => new RegExp(` (?:${source})(?= )`);

/** A message that is read piece by piece. It is understood when nothing but small words is left. */
export interface Reading {
  /** What a phrase takes, which is then read; undefined when it is not there. */
  take(what: RegExp): RegExpExecArray | undefined;
  /** Whether it is there, to be read. */
  reads(what: RegExp): boolean;
  /** The words that nothing took, small ones aside. */
  left(): string[];
}

/**
 * Begins to read a message; undefined for one that is empty or too long. `lexicon` are the words that a typing error may
 * have hidden.
 */
export function reading(text: string, lexicon: readonly string[] = []): Reading | undefined {
  const words = text.length > LONGEST ? [] : wordsOf(text).map((word) => corrected(word, lexicon));
  if (words.length === 0) return undefined;
  let left = ` ${words.join(' ')} `;
  const take = (what: RegExp) => {
    const found = what.exec(left) ?? undefined;
    // What stood on both sides does not become neighbours.
    if (found) left = `${left.slice(0, found.index)} ·${left.slice(found.index + found[0].length)}`;
    return found;
  };
  return {
    take,
    reads: (what) => take(what) !== undefined,
    left: () => left.split(' ').filter((word) => word !== '' && word !== '·' && !SMALL.has(word)),
  };
}

/** The word that was meant: one of the lexicon that differs by one error, or the same. */
function corrected(word: string, lexicon: readonly string[]): string {
  if (word.length < 4 || SMALL.has(word) || lexicon.includes(word)) return word;
  return lexicon.find((each) => each[0] === word[0] && editDistance(word, each, 1) === 1) ?? word;
}

/** « Montrez-moi », « je voudrais voir », « pouvez-vous me dire »: what is said before the thing itself. */
export const PLEASE = phrase(
  '(?:(?:(?:est ce que )?(?:tu peux|vous pouvez|je peux|on peut)|peux tu|pouvez vous|pourriez vous|pourrais tu|puis je|peut on|j aimerais|je voudrais|je veux|j veux|on veut|on voudrait|nous voulons|on aimerait|nous aimerions|besoin de) (?:bien )?)?(?:(?:me|nous) )?(?:montrer?|montrez|voir|revoir|afficher?|affichez|donner?|donnez|lister?|listez|liste|consulter|dire|dis|dites|savoir|ouvrir|ouvre|ouvrez|rappeler|rappelle)(?: (?:moi|nous|donc))*',
);
/** « Je cherche », « on a besoin de ». */
export const SEEKING = phrase(
  'je cherche|on cherche|nous cherchons|cherche|chercher|trouve moi|trouvez moi|(?:j ai|on a|nous avons) besoin|il (?:me|nous) faut|je (?:veux|voudrais)|on (?:veut|voudrait)|j aimerais|nous voulons',
);
/** « Avez-vous », « y a-t-il », « qu'est-ce que vous avez ». */
export const HAVE = phrase(
  '(?:est ce que )?(?:avez vous|as tu|vous avez|t as tu|t as|y a t il|y a tu|ya tu|il y a tu|(?:qu )?il y a|existe t il|offrez vous|offres tu|vous offrez|proposez vous|vous proposez|vendez vous|trouve t on|on trouve|avons nous|on a)',
);
/** « Quelles sont », « lesquels », « qu'est-ce que ». */
export const WHICH = phrase(
  'k(?:el|elles?)|quelles?(?: est| sont)?|quels?(?: est| sont)?|lesquels?|lesquelles?|laquelle|qu est ce qu|qu est ce que|quest ce que|c(?: est)? quoi (?:les|vos)',
);
