import { fold } from '../../../core/text/text.ts';

const ELISION = /\b(?:[ldjtmnsc]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu)'(?=[a-z0-9])/g;
/** « On peut-tu », « y a-t-il », « faut-il », « est-ce » : marks of a question, not words of it. */
const INVERSION = /-(?:t-)?(?:tu|il|elle|on|ils|elles|vous|nous|je|ce)\b/g;

/** Spellings of one thing: written forms that no stemmer would bring together. */
const UNIFIED: readonly [RegExp, string][] = [
  [/\be-?mails?\b|\bmels?\b|\bcourrier electronique\b|\bcourriels?\b/g, 'courriel'],
  [/\bappels? d'offres?\b|\bappel doffres?\b/g, 'appeldoffres'],
  [/\bproof of concept\b|\bpreuves? de concepts?\b|\bpocs?\b/g, 'preuveconcept'],
  [/\bententes?[- ]cadres?\b/g, 'ententecadre'],
  [/\bbancs? d'essais?\b/g, 'bancessai'],
  [/\bhors[- ]quebec\b/g, 'hors quebec'],
  [/\be\.?-u\b|\betats?[- ]unis\b|\busa\b/g, 'etatsunis'],
  [/\bmin\.? ?max\b/g, 'minimum maximum'],
  [/\bnb\b|\bnbr\b|\bnbre\b/g, 'nombre'],
  [/\bcie\b/g, 'compagnie'],
  [/\bpcq\b/g, 'parce que'],
  [/\bsvp\b|\bstp\b|\bs'il vous plait\b|\bs'il te plait\b/g, ' '],
  [/\brdv\b/g, 'rencontre'],
  [/\bmtl\b/g, 'montreal'],
  [/\bqc\b/g, 'quebec'],
  [/\bctr\b|\bcontr\b/g, 'contrat'],
];

/** Letters and digits of any script; « 3.4.3 » is one word. */
const WORD = /[\p{L}\p{N}]+(?:\.\p{N}+)*/gu;

/** Greetings and courtesies around a question, which say nothing of its subject. */
const WRAPPERS = [
  /^(?:(?:ok|okay|parfait|super|d'accord|bon|excellent|genial|merci(?: (?:beaucoup|bien))?)\b[\s,!.:]+)+(?=\S)/,
  /^(?:(?:bonjour|bonsoir|salut|allo|hello|hi|hey|coucou|bon matin|re)\b[\s,!.]*(?:courtier|a tous|tout le monde|vous|toi|la gang)?[\s,!.]*)+/,
  /^(?:j'aurais|j'ai|jai|g) (?:une|deux|qq|quelques|1) (?:petites? )?questions?[\s,:.!]*(?:pour (?:vous|toi))?[\s,:.!]*/,
  /^(?:petite )?question (?:rapide|vite|vite vite)?[\s,:.!]+/,
  /^(?:pourriez|pouvez|pourrais|peux)-?(?: )?(?:vous|tu)(?: me)? (?:dire|expliquer|indiquer|preciser|confirmer)\b[\s,:]*/,
  /^(?:je (?:voudrais|veux|souhaite|souhaiterais|me demande|me demandais|cherche a)|j'aimerais|on (?:voudrait|se demande|aimerait)|nous (?:voudrions|aimerions|souhaitons)) ?(?:bien )?(?:savoir|comprendre|connaitre)?[\s,:]*/,
  /(?:merci(?: (?:beaucoup|bien|d'avance|pour votre aide|de votre aide|a l'avance|bcp))?|bonne journee|thanks|thank you)[\s,.!]*$/,
];

/**
 * The words of a text: lower-case, without accents, elisions split off, Québec's « -tu » and inversions
 * dropped, spellings unified, courtesies removed. Folding comes first, so that a missing accent costs nothing.
 */
export function wordsOf(text: string): string[] {
  let folded = fold(text);
  for (const wrapper of WRAPPERS) {
    const stripped = folded.replace(wrapper, ' ').trim();
    if (/[\p{L}\p{N}]{2}/u.test(stripped)) folded = stripped;
  }
  folded = folded.replace(INVERSION, ' ');
  for (const [pattern, form] of UNIFIED) folded = folded.replace(pattern, form);
  return folded.replace(ELISION, ' ').match(WORD) ?? [];
}
