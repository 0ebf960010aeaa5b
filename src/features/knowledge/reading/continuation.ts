import { fold } from '../../../core/text/text.ts';

/**
 * How a message goes on from the one before: it cannot be read without it, it varies it, it only names something else
 * (« et le tableur ? »), it says « et », it points at it, it has few words, or it is merely not long.
 */
export type Continuation = 'bare' | 'varied' | 'named' | 'and' | 'pointing' | 'short' | 'near';

const LONGEST = 90;
/** Shorter than what can be asked anew. */
const SHORTEST = 12;
/** A kind of question and nothing that it is about: « combien de temps ? », « pour combien d'utilisateurs ? », « pourquoi ? ». */
const BARE =
  /^(?:(?:et|ok|pis|mais|alors|donc|bon|ah|d'accord)[ ,]+)*(?:(?:pendant |pour |depuis |dans )?(?:combien(?: de temps| de jours| de mois| d'annees| d'ans)?|quand|pourquoi(?: (?:ca|donc|pas))?|comment(?: (?:ca|faire|on fait))?|ou(?: ca)?|(?:c'est |a |avec |par )?qui(?: ca)?|quel (?:delai|montant|prix)|quelle (?:duree|limite|section)|lesquel(?:le)?s|c'est (?:ou|quand|combien|comment)|(?:ca|cela) (?:prend|dure|coute) combien(?: de temps)?|(?:on a|j'ai|on dispose de|il faut|faut|il a|ils ont) (?:droit a )?combien de (?:temps|jours|semaines|mois)|(?:est-ce (?:que c'est )?|c'est )(?:obligatoire|gratuit|payant|long|cher|permis|possible)|gratuit|obligatoire|jusqu'a quand|how long|how many|how much|why|who|when)|pour combien d(?:e |')[a-z']+)[ ?!.]*$/;
/** « Et pour une université ? », « et en France ? », « et si on est 45 ? », « et s'il refuse ? ». */
const VARIED =
  /^(?:(?:et|ok et|pis|mais|alors|sinon|and)[ ,]+(?:meme )?|meme )(?:pour|en|au|aux|dans|si|s'il|s'ils|s'elle|avec|sans|chez|apres|avant|for|in|if|what (?:about|if))\b|^(?:et )?meme (?:les?|la|un|une|des|nos|notre|mes|mon|ma|si|quand) |^(?:et )?meme l'/;
/** « Et » and a thing, without a verb: what is asked of it was said before. */
const NAMED =
  /^(?:et|ok et|pis|puis)[ ,]+(?:(?:pour )?(?:(?:celui|celle|ceux|celles) (?:de|du|des)|les?|la|un|une|des|du|nos|notre|mes|mon|ma|vos|votre|leurs?|ces?|cette) |(?:de |pour )?l'|d'autres )[a-z' -]{2,45}[ ?!.]*$/;
const VERB =
  /\b(?:est|sont|etait|sera|a|ont|ai|avons|avez|peut|peuvent|peux|puis|pouvons|doit|doivent|dois|devons|faut|va|vont|fait|font|se|s'|qui|que|quoi|quand|comment|combien|ou|pourquoi|quels?|quelles?|ne|n'|pas)\b|-(?:t-)?(?:il|elle|on|je|nous|vous|ils|elles|tu)\b/;
const AND = /^(?:et|ok et|pis|puis|and)\b/;
/** What stands for something said before. */
const POINTING =
  /\b(?:tout ca|la-dedans|dedans|ca|cela|celui-(?:ci|la)|celle-(?:ci|la)|ce (?:delai|document|cas|contrat-la|montant)|cette (?:regle|limite|autorisation|rencontre|evaluation|etape|personne)|ces (?:regles|frais|documents|conditions)|la-dessus|dans ce cas|it|that)\b|\b(?:il|elle|ils|elles|on|je|nous|vous|tu|qui) (?:le|la|les|lui|leur|y|en|l')(?:\b|(?<='))|\bs'en \w+er\b|^(?:bon |ok |alors |mais |donc |et )*(?:il|elle|ils|elles) |^(?:bon |ok |alors |mais |donc |et )*(?:est|sont|doit|doivent|peut|peuvent|sera|seront|a-t|ont|va-t|vont)-(?:ils?|elles?)\b(?! (?:possible|permis|obligatoire|necessaire|interdit|vrai|legal|normal))|\b(?:avant|apres|ensuite|alors)[ ?!.]*$/;
/** Stands for something, in a message too short to name it. */
const PRONOUN = /\b(?:ils|elles?|celui|celles?|ceux)\b/;
const FEW_WORDS = 5;
const SOME_WORDS = 9;
/** What says, at the head of a sentence, that something else begins: what comes after it stands by itself. */
const ELSEWHERE =
  /(?:^|[.!?;]\s*)(?:(?:ah|bon|ok|merci|euh|pis|puis|et|mais|j'ai une|j'aurais une|une)[ ,!]+)*(?:en passant|autre (?:affaire|chose|question|sujet)|change(?:ment|r|ons)? de sujet|rien a voir|laisse(?:z|r)? faire|(?:je |j'?)?lache (?:ca|cela)|tant qu'a y etre|pendant que j'y (?:suis|pense)|by the way|btw)\b(?! qu[e'])[\s,.:;!]*/;
/** A message without what says that something else begins; undefined when nothing says so. */
export function anew(text: string): string | undefined {
  const folded = fold(text);
  const found = folded.length === text.length ? ELSEWHERE.exec(folded) : null;
  if (!found) return undefined;
  const rest = text.slice(found.index + found[0].length);
  return rest.length >= SHORTEST ? rest : text;
}

/** Whether and how a message goes on from the one before. */
export function continuationOf(text: string): Continuation | undefined {
  const said = fold(text);
  if (said.length > LONGEST) return undefined;
  if (BARE.test(said)) return 'bare';
  if (VARIED.test(said)) return 'varied';
  if (NAMED.test(said) && !VERB.test(said)) return 'named';
  if (AND.test(said) && !PRONOUN.test(said)) return 'and';
  if (POINTING.test(said)) return 'pointing';
  const words = (said.match(/[\p{L}\p{N}]+/gu) ?? []).length;
  if (words <= SOME_WORDS && PRONOUN.test(said)) return 'pointing';
  return words <= FEW_WORDS ? 'short' : 'near';
}
