import { fold } from '../../../core/text.ts';

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

/** A whole message, folded and without punctuation, must match: a question behind a greeting is searched. */
const WHO =
  '(?: (?:courtier|toi|vous|la gang|tout le monde|a tous|a toi|a vous|mon ami|monsieur|madame|le bot|robot|bot))?';
const PATTERNS: readonly [SmallTalk, RegExp][] = [
  [
    'thanks',
    /^(?:(?:ok|parfait|super|genial|bon|ah|oh|excellent|cool|d'accord) )?(?:un (?:gros|grand) )?(?:merci|thanks|thank you|thx|mci|gracias)(?! d(?:e (?:me|nous|bien|m')|'))(?: .{0,40})?$/,
  ],
  [
    'goodbye',
    /^(?:ok )?(?:bye|bye bye|au revoir|a (?:bientot|plus|la prochaine|demain)|bonne (?:journee|soiree|fin de journee|semaine|fin de semaine|nuit)|salut la|ciao|tchao|goodbye|see you|a tantot|bonne continuation)(?: .{0,20})?$/,
  ],
  [
    'wellbeing',
    /^(?:(?:bonjour|salut|allo|hey|hello|hi) )?(?:comment )?(?:ca va|ca roule|va tu bien|vas tu bien|comment (?:vas tu|allez vous|tu vas|vous allez)|how are you|tu vas bien|vous allez bien|quoi de neuf|la forme)(?: .{0,30})?$/,
  ],
  [
    'identity',
    /^(?:(?:bonjour|salut|allo) )?(?:(?:mais )?(?:t'?es|tu es|vous etes|etes vous|es tu) (?:qui|quoi|un (?:robot|bot|humain)|une? (?:vraie? )?(?:personne|machine|ia)|humain|reel|vrai).{0,25}|qui (?:es tu|etes vous|t'a (?:cree|fait|programme)|a fait ce bot)(?: .{0,20})?|c'?est qui(?: .{0,10})?|(?:comment tu t'?appelles|comment t'?appelles tu|ton nom|c'?est quoi ton nom|quel est ton nom|comment vous appelez vous|quel est votre nom)|who are you|what are you|are you (?:a )?(?:bot|human|robot|real)|tu sers a quoi|a quoi tu sers|c'?est quoi courtier)$/,
  ],
  [
    'complaint',
    /^(?:non )?(?:(?:ca|ce n'?est|c'?est) (?:ne )?(?:repond|pas ma question|pas ca|pas la bonne|pas bon|faux|inutile|n'?importe quoi|pas clair).{0,40}|(?:ta|votre|cette|la) reponse (?:est|ne|n'?est|m'?aide).{0,40}|tu (?:ne )?(?:comprends?|reponds?|sais|connais) (?:pas|rien|jamais).{0,25}|(?:mauvaise|fausse) reponse|ca (?:ne )?m'?aide pas.{0,20}|(?:ca )?(?:ne )?(?:marche|fonctionne) pas(?: ton (?:bot|affaire|truc))?|t'?as (?:pas compris|rien compris).{0,20}|pas (?:utile|ma question|ca)|rien a voir|hors sujet)$/,
  ],
  [
    'insult',
    /^.{0,25}\b(?:tabarna[ck]|calisse?|crisse|osti|ostie|esti|viarge|merde|marde|fuck|shit|connard|connasse|conne|imbecile|idiote?|niaiseu(?:x|se)|abruti|cretin|moron|ta gueule|ferme la|va chier)\b.{0,25}$/,
  ],
  [
    'insult',
    /^(?:(?:mais |franchement |vraiment )?(?:t'?es|tu es|vous etes|c'?est|quel|maudit|you are|you're|this is) .{0,15})\b(?:con|cave|nul|nulle|poche|pourri|debile|epais|stupide|useless|stupid|dumb|bot)$|^(?:nul|poche|debile|stupide|pourri|useless|stupid)$/,
  ],
  [
    'greeting',
    new RegExp(
      `^(?:re ?)?(?:bonjour|bonsoir|salut|allo|allô|hello|hi|hey|coucou|yo|bon matin|bonne apres midi|good morning|good afternoon|bjr|slt|cc|salutations|bonjour bonjour|hey hey|salut salut|bien le bonjour)${WHO}$`,
    ),
  ],
  [
    'acknowledgement',
    /^(?:(?:ok|okay|oki|d'?accord|parfait|super|genial|excellent|cool|bien|tres bien|c'?est (?:bon|beau|parfait|clair|note)|compris|je (?:comprends?|vois)|bonne reponse|note|oui|non|ouais|yes|no|nice|great|good|top|merveilleux|fantastique|wow|bravo|lol|haha|hihi|mdr|hum|hmm|euh|ah|oh|ah bon|ah ok|bon|k|kk|correct|exact|exactement|tant mieux|dommage|peut etre|test|allons y|go|next|suivant)(?: |$)){1,4}$/,
  ],
];

const KEYBOARD =
  /^([a-z])\1{2,}$|^(?:asdf|qwer|qwerty|azerty|zxcv|hjkl|jkl|sdf|dfg|fgh|ghj|aaa|bbb|xxx|zzz|blabla|bla|test123)[a-z]*$/;
const QUESTION_WORDS = 8;

/** What kind of short human message this is, if it is no question: those get a short human answer. */
export function smallTalk(text: string): SmallTalk | undefined {
  const plain = fold(text)
    .replace(/[^a-z0-9'\s-]+/g, ' ')
    .replace(/[-\s]+/g, ' ')
    .trim();
  if (!/[a-z]/.test(plain)) return text.trim() === '' ? undefined : 'noise';
  const words = plain.split(' ');
  if (words.length > QUESTION_WORDS + 4) return undefined;
  if (
    words.every(
      (word) => KEYBOARD.test(word) || (word.length > 6 && !/[aeiouy]/.test(word)) || word.length === 1,
    ) &&
    plain !== 'k'
  )
    return 'noise';
  return PATTERNS.find(([, pattern]) => pattern.test(plain))?.[0];
}
