import { fold } from '../../../core/text/text.ts';

export type SmallTalk =
  | 'greeting'
  | 'thanks'
  | 'goodbye'
  | 'identity'
  | 'wellbeing'
  | 'acknowledgement'
  | 'insult'
  | 'complaint'
  | 'noise';

/**
 * What is said of each kind, a pattern an entry: folded, without punctuation. A pattern must match the
 * whole message, so that a question behind a greeting is searched. The first kind that fits wins.
 */
const SAID: readonly [SmallTalk, readonly string[]][] = [
  [
    'thanks',
    [
      "(?:non |ok |oh |ah |bon |super |parfait |genial |excellent |cool |d'accord |c'est (?:bon|gentil|parfait|beau|super) |t'es fine? |vous etes gentil(?:le)?s? )*(?:(?:un (?:gros|grand|immense) |mille |grand )?(?:merci|mercis|marci|mci|thanks|thank you|thx|gracias))(?! d(?:e (?:me|nous|bien|m')|'))(?: .{0,45})?",
      '(?:je (?:te|vous)|on (?:te|vous)|nous vous) remerci(?:e|ons)(?: .{0,30})?',
      "(?:c'est )?(?:bien |tres |vraiment )?(?:gentil|apprecie)",
    ],
  ],
  [
    'goodbye',
    [
      '(?:ok )?(?:bye(?: bye)?|au revoir|adieu|ciao|tchao|goodbye|see (?:you|ya)|bonne continuation)(?: (?:later|toi|vous|tout le monde|courtier|la|et merci|a .{1,15}))?',
      'a (?:bientot|plus|plus tard|la prochaine|demain|tantot|lundi|la semaine prochaine|\\+)|a\\+',
      '(?:bonne (?:journee|soiree|fin de journee|semaine|fin de semaine|nuit)|bon (?:weekend|week end|conge|apres midi la))(?: .{0,20})?',
      'salut la',
    ],
  ],
  [
    'wellbeing',
    [
      "(?:HELLO )?(?:comment )?(?:ca (?:va|roule|file|feel|boume)|tu vas bien|vas tu bien|vous allez bien|allez vous bien|tu files|vas tu|allez vous|tu vas|vous allez)(?: (?:bien|toi|vous|tu|ti|aujourd'hui|ce matin|mon ami|courtier|et toi|et vous)){0,3}",
      "(?:HELLO )?(?:quoi de neuf|la forme|en forme|how are you|how's it going|what's up)(?: (?:today|doing|toi))?",
    ],
  ],
  [
    'insult',
    [
      '.{0,25}\\b(?:tabarna[ck]|tabarnouche|[ck]alisse?|[ck]aliss|crisse|h?ostie?|esti|viarge|merde|marde|fuck|shit|connard|connasse|conne|imbecile|idiote?|niaiseu(?:x|se)|abruti|cretin|moron|ta gueule|ferme la$|va chier|you suck)\\b.{0,25}',
      "(?:(?:mais|franchement|vraiment) )?(?:t'es|tu es|vous etes|c'est|quel|maudit|espece de|you are|you're|this is) (?:.{0,12} )?(?:con|cave|nul|nulle|poche|pourrie?|debile|epais|stupide|useless|stupid|dumb)",
      '(?:maudit|mauvais|stupid|useless|dumb|bad) (?:robot|bot|machine)|(?:robot|bot|machine) (?:inutile|nul|poche|pourri|stupide)|nul|poche|debile|stupide|pourri|useless|stupid',
    ],
  ],
  [
    'identity',
    [
      "(?:HELLO )?(?:mais )?(?:t'?es|tu es|vous etes|etes vous|es tu|t'es tu|c'est) (?:qui|quoi)(?: (?:toi|vous|au juste|exactement|ca|courtier|donc|en fait|la)){0,3}",
      "(?:t'es|tu es|vous etes|etes vous|es tu|t'es tu)(?: tu)? (?:vraiment )?(?:une? (?:vraie? )?(?:robot|bot|humaine?|personne|machine|ia|intelligence artificielle|assistant|programme)|humain|reel|vrai|chatgpt|copilot|siri|alexa)(?: .{0,30})?",
      '(?:est ce que )?(?:je parle|on parle|suis je en train de parler) (?:a|avec) (?:un|une|qui).{0,40}',
      "qui (?:es tu|etes vous|t'a (?:cree|fait|programme)|a fait ce bot)(?: .{0,15})?",
      "(?:comment (?:tu )?t'?appelles(?: tu)?|comment (?:vous )?appelez vous|comment vous vous appelez)|(?:c'est quoi |quel est )?(?:ton|votre) (?:nom|prenom|age)|quel age (?:as tu|avez vous|t'as)",
      "(?:tu (?:sers a quoi|fais quoi|peux faire quoi|sais faire quoi)|a quoi (?:tu sers|sers tu|servez vous)|(?:que|qu'est ce que) (?:peux tu|tu peux|pouvez vous|vous pouvez|sais tu|tu sais) faire|c'?est quoi (?:courtier bot|ce bot|ton role|ta job))(?: .{0,15})?",
      'who are you|what are you|what can you do|what do you do|are you (?:a |an )?(?:bot|human|robot|real|ai|person)(?: .{0,15})?',
    ],
  ],
  [
    'complaint',
    [
      "(?:non )?(?:mais )?(?:ca|ce|c'est|cela) (?:(?:ne )?(?:repond|m'aide|nous aide) (?:pas|aucunement|pas du tout).{0,40}|n'est pas (?:ca|ma question|la bonne reponse|ce que).{0,40}|pas (?:ca|ma question|la bonne reponse|bon|clair|utile|ce que).{0,40}|(?:faux|inutile|n'importe quoi|mauvais|pas rapport)|(?:n')?a (?:pas |aucun )rapport)",
      "(?:non )?ce n'est pas (?:ca|ma question|la bonne reponse|bon|clair|utile|ce que).{0,40}",
      "(?:je (?:ne )?(?:suis pas satisfaite?|comprends (?:pas|rien)|comprend pas) (?:de |a )?)?(?:ta|votre|cette|la|tes|vos) reponses?(?: (?:est|sont|ne|n'est|m'aide|a pas).{0,40})?",
      "tu (?:ne |n'as |m')?(?:comprends?|reponds?|sais|connais|aides?|as) ?(?:pas|rien|jamais|a cote|mal).{0,30}|(?:t'?as|tu n'as|tu as) (?:pas|rien) compris.{0,30}|t'es pas (?:utile|bon|capable).{0,20}|vous (?:ne )?(?:comprenez|repondez) (?:pas|rien).{0,25}",
      '(?:mauvaise|fausse) reponse|reponse (?:incomplete|fausse|inutile|a cote|non pertinente|pas claire)|(?:completement )?a cote de la plaque|(?:(?:ca )?(?:ne )?(?:marche|fonctionne) pas)(?: ton (?:bot|affaire|truc))?',
      "(?:mais )?(?:ce n'etait pas|c'etait pas|pas (?:vraiment|tout a fait|exactement)|je (?:cherch|voul|demand|parl)ais (?:d'|de )?(?:autre chose|pas ca))(?: .{0,30})?",
      "(?:pas (?:utile|ma question|ca|rapport|clair|pertinent|la bonne reponse|ce que je cherche)|aucun rapport|rien a voir|hors sujet|wrong answer|not helpful|(?:that's )?not what i asked.{0,10}|you don't understand.{0,10})",
    ],
  ],
  [
    'greeting',
    [
      '(?:HELLO(?: |$)){1,3}(?:(?:courtier|toi|vous|la gang|tout le monde|a tous|a toutes|a toi|a vous|mon ami|monsieur|madame|le bot|robot|bot|there|et)(?: |$)){0,4}',
      "(?:HELLO )?(?:es tu la|etes vous la|y a (?:tu|t il) quelqu'un|quelqu'un est la|is anybody there)",
    ],
  ],
  [
    'acknowledgement',
    [
      "(?:(?:ok|okay|oki|d'accord|parfait|super|genial|excellent|cool|bien|tres|bien recu|c'est (?:bon|beau|parfait|clair|note|correct|super|compris)|compris|je (?:comprends?|vois)|bonne reponse|note|oui|non|ouais|yes|no|nice|great|good|top|merveilleux|fantastique|wow|bravo|lol|haha|hihi|mdr|hum|hmm|euh|ah|oh|bon|k|kk|correct|exact|exactement|tant mieux|dommage|peut etre|allons y|interessant|nickel|ca marche|ca|en effet|go)(?: |$)){1,4}",
    ],
  ],
];
const HELLO =
  '(?:re ?)?(?:bonjour|bonsoir|salut|allo|hello|hi|hey|coucou|yo|bon matin|bon(?:ne)? apres midi|good (?:morning|afternoon|evening)|bjr|slt|cc|salutations|bien le bonjour)';
const PATTERNS = SAID.map(([kind, patterns]) => {
  const anyOf = patterns.join('|').replaceAll('HELLO', HELLO);
  return { kind, pattern: new RegExp(`^(?:${anyOf})$`) };
});

/** Fingers on a keyboard: one letter repeated, neighbouring keys, or letters that no word has in a row. */
const KEYBOARD =
  /^(?:([a-z])\1{2,}|(?:asdf|qwer|azer|zxcv|wxcv|sdf|dfg|fgh|ghj|hjk|jkl|lkj|poiu|uiop)[a-z]*|(?:bla){1,5}|test123|[b-df-hj-np-tv-xz]{7,})$/;
const MOST_WORDS = 12;
const LONGEST = 100;

/** Thanks, and what comes after them. */
const BEHIND_THANKS =
  /^(?:non |ok |oh |ah |bon |super |parfait |c'est (?:bon|gentil) )*(?:(?:un (?:gros|grand) |mille |grand )?(?:merci|mercis|marci|thanks|thank you))(?: (?:beaucoup|bcp|bien|infiniment|quand meme|pareil))?(?: (mais|sauf que|par contre|cependant|toutefois|seulement|et|sinon|maintenant))? (.+)$/;
/** With what a question begins that goes on from the answer: « et pour un hôpital ». */
const GOES_ON =
  /^(?:pour (?:un|une|des|les?|la|l'|combien|quel)|si |qu|comment|combien|quand|ou |est ce|peut|puis|dois|doit|faut|c'est quoi|avec |dans |en |au?x? |chez |pourquoi|lequel|laquelle)/;
/** With what a question begins, whatever it is about: « merci combien de temps garder les factures ». */
const ASKS =
  /^(?:c'est quoi|a quoi|quoi |quel|quand (?!meme)|qu'|qui |comment|combien|pourquoi|est ce|peut|puis|dois|doit|faut|ca (?:veut dire|prend|coute)|y a|what|how|when|who|why)/;
/** For what one thanks. */
const FOR_WHAT =
  /^(?:pour (?:tout|ca|cela|ton|ta|tes|votre|vos|l'aide|l'info|la reponse|les)|de (?:ton|ta|votre|l'))/;

/** Thanks that lead to something else: a complaint, or a question. */
function behindThanks(plain: string, asks: boolean): SmallTalk | 'question' | undefined {
  const [, but, rest] = BEHIND_THANKS.exec(plain) ?? [];
  if (!rest) return undefined;
  const kind = kindOf(rest);
  if (kind === 'complaint') return kind;
  if (kind || FOR_WHAT.test(rest)) return undefined;
  const opposed = but !== undefined && but !== 'et';
  return opposed || asks || ASKS.test(rest) || (but === 'et' && GOES_ON.test(rest)) ? 'question' : undefined;
}

const kindOf = (plain: string): SmallTalk | undefined =>
  PATTERNS.find(({ pattern }) => pattern.test(plain))?.kind;

/** What kind of short human message this is, if it is no question: those get a short human answer. */
export function smallTalk(text: string): SmallTalk | undefined {
  if (text.trim() === '') return undefined;
  const plain = plainOf(text);
  const words = plain.split(' ');
  if (words.length > MOST_WORDS || plain.length > LONGEST) return undefined;
  const behind = behindThanks(plain, text.includes('?'));
  if (behind) return behind === 'question' ? undefined : behind;
  return kindOf(plain) ?? (isNoise(plain, words) ? 'noise' : undefined);
}

/** A message as it is matched: folded, without punctuation. */
export const plainOf = (text: string): string =>
  fold(text)
    .replace(/[^a-z0-9'+\s]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Nothing to read: no letter (but a section or a telephone has a number), one letter, or fingers on a keyboard. */
function isNoise(plain: string, words: readonly string[]): boolean {
  if (/^\d(?: \d{1,2}){1,2}$|(?:\d ?){7}/.test(plain)) return false;
  return !/[a-z]/.test(plain) || words.every((word) => word.length === 1 || KEYBOARD.test(word));
}
