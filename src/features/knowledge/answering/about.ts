import { plainOf } from '../search/index.ts';

/** What people ask of the assistant itself. `tour`: how to begin; `person`: somebody to speak to. */
export type AboutTopic = 'tour' | 'person' | 'sources' | 'edition' | 'english' | 'robot' | 'kept' | 'maker';

const HELLO = "(?:(?:bonjour|bonsoir|salut|allo|hello|hi|svp|s'il vous plait|stp|ok|oui|non|mais|et) )*";
const PLEASE =
  "(?: (?:svp|stp|s'il (?:vous|te) plait|please|merci|courtier|au juste|exactement|donc|toi|vous|ici|la))*";
const SOMEBODY =
  "(?:quelqu'un(?: de (?:l'equipe|vrai|reel|votre equipe))?|une? (?:vraie? )?(?:personne|humaine?|etre humain|agente?|conseillere?|conseiller|preposee?|representante?|employee?)(?: (?:reelle?|de l'equipe|du courtier|humaine?|en chair et en os))?|l'equipe(?: du courtier)?|du vrai monde|un collegue du courtier)";
const SPEAK = "(?:parler|jaser|discuter|m'adresser|communiquer|echanger|causer)(?: directement)? (?:a|avec)";
const REACH = '(?:joindre|rejoindre|contacter|avoir|appeler)(?: directement)?';
const MAY =
  "(?:(?:est ce que )?(?:je peux|on peut|puis je|peut on|pourrais je|je pourrais|pourrait on|c'est possible de|est il possible de|y a t il moyen de|comment|je (?:veux|voudrais|souhaite|desire|prefere|prefererais|aimerais|dois)|j'aimerais(?: mieux)?|j'ai besoin de|il faut que je puisse|laissez moi|passez moi a|how (?:can|do) i) ?)";
const YOUR = '(?:tes|vos|les|ses|tons?|votre)';
const ABOUT_ME = '(?:sur|de|a propos de|concernant) (?:moi|nous|mon compte|ma personne|mes conversations)';

/** What is said of each, a pattern an entry: folded, without punctuation. A pattern must match the whole message. */
const SAID: readonly [AboutTopic, readonly string[]][] = [
  [
    'tour',
    [
      "(?:comment (?:est ce que )?(?:ca|tu|vous|courtier|cet assistant|le bot|ce bot|l'assistant) (?:marche|fonctionnes?|fonctionnez|marches|marchez)(?: t il)?|comment (?:ca )?(?:t'utiliser|vous utiliser|utiliser (?:courtier|le bot|ce bot|cet assistant|l'assistant))|mode d'emploi|how (?:does (?:this|it) work|do you work))",
      "par (?:ou|quoi) (?:est ce que )?(?:(?:je|on) )?(?:commencer?|commence|debuter?|commencons nous|dois je commencer|on commence)|par ou (?:je commence|commencer|debuter)|(?:je ne sais|j'sais|je sais) pas (?:par ou commencer|quoi (?:te |vous )?demander)|where do i start",
      "(?:est ce que )?(?:tu (?:peux|pourrais)|vous (?:pouvez|pourriez)|peux tu|pouvez vous|pourrais tu|pourriez vous|can you)(?: tu)? (?:m'aider|nous aider|help(?: me)?)|aide(?:z)? moi|aidez nous|j'ai besoin d'(?:aide|un coup de main)|help me|(?:a l'|de l')aide",
      "(?:c'est quoi|qu'est ce que(?: c'est que)?|c quoi) (?:courtier|ce bot|cet assistant|ce robot|cette application|cette app|ce truc|cet outil)",
      "(?:que|qu'est ce que|quoi) (?:peux tu|tu peux|pouvez vous|vous pouvez|sais tu|tu sais|savez vous|vous savez) faire(?: pour (?:moi|nous))?|quelles sont (?:tes|vos) (?:fonctions|capacites|commandes|possibilites)|qu'est ce que je peux (?:te |vous )?demander|que puis je (?:te |vous )?demander|quelles questions (?:puis je|je peux|peut on) (?:te |vous )?poser|what can (?:you do|i ask)(?: for me)?",
    ],
  ],
  [
    'person',
    [
      `MAY?${SPEAK} SOMEBODY`,
      `MAY${REACH} SOMEBODY`,
      `(?:est ce qu'?)?(?:il )?y a t il SOMEBODY (?:a qui|que je peux|pour) ?(?:je peux |on peut |puis je )?(?:parler|joindre|contacter|m'aider|me repondre|repondre)`,
      `(?:transfere[rz]?|passe[rz]?|mets|mettez)(?: moi)?(?: en contact)? (?:a|avec) SOMEBODY`,
      `(?:je veux |je voudrais )?(?:un (?:vrai )?humain|une vraie personne|un agent)|parler au courtier|talk to (?:a )?(?:human|person|someone|an agent)|speak (?:to|with) (?:a )?(?:human|person|someone|an agent)`,
      `(?:est ce qu'?)?(?:une personne|quelqu'un|un humain|l'equipe)(?: de l'equipe| du courtier)? (?:peut(?: il| elle)?|pourrait) (?:me|nous) (?:repondre|aider|parler)`,
    ],
  ],
  [
    'sources',
    [
      `(?:d'ou|de ou) (?:viennent|proviennent|sortent|tires tu|tirez vous|prends tu|prenez vous|tu (?:prends|sors|tires)|vous (?:prenez|tirez)) ${YOUR} (?:reponses?|informations?|infos?|renseignements?|donnees)`,
      `(?:ou|d'ou) (?:est ce que )?(?:tu (?:prends|trouves|sors|tires)|vous (?:prenez|trouvez|tirez)|prends tu|trouves tu|prenez vous|trouvez vous) (?:ca|${YOUR} (?:reponses?|informations?|infos?|renseignements?))`,
      `(?:quelles sont|c'est quoi|quelle est) (?:tes|vos|ta|votre) (?:sources?|references?)(?: d'information)?`,
      `sur quoi (?:te bases tu|vous basez vous|tu te bases|vous vous basez|s'appuient ${YOUR} reponses|sont (?:basees|fondees) ${YOUR} reponses)`,
      `(?:est ce que )?(?:je peux|on peut|puis je|peut on) (?:te|vous|me|m'y) ?(?:faire confiance|fier a (?:toi|vous|tes reponses|vos reponses)|y fier|fier)|(?:est ce que )?(?:tes|vos) reponses sont(?: elles)? (?:fiables|exactes|bonnes|officielles|vraies|sures)`,
      `qui (?:ecrit|redige|a ecrit|a redige|verifie|valide) (?:tes|vos) reponses|where do your answers come from|what are your sources`,
    ],
  ],
  [
    'edition',
    [
      `(?:de quand|a quand) (?:date|datent|remonte|remontent) (?:le guide|ton guide|votre guide|${YOUR} (?:reponses?|informations?|infos?|renseignements?))`,
      `(?:quelle est|c'est quoi|quel est) (?:la (?:date|version)|l'edition|l'annee) (?:du|de ton|de votre|de ce) guide`,
      `(?:le|ton|votre|ce) guide (?:date|est il|est) (?:de quand|a jour|il a jour|toujours a jour|encore bon|recent|de quelle annee)`,
      `(?:quelle|c'est quelle) (?:edition|version) (?:du guide|de quel guide)?(?: ?(?:utilises tu|utilisez vous|tu utilises|vous utilisez|suis tu))?`,
      `(?:est ce que )?(?:${YOUR} (?:reponses|informations|infos)|tu|vous) (?:sont(?: elles)?|es(?: tu)?|etes(?: vous)?) a jour`,
      "(?:est ce que )?(?:es tu|t'es|tu es|etes vous|vous etes) (?:toujours )?a jour",
    ],
  ],
  [
    'english',
    [
      "(?:est ce que )?(?:tu (?:parles?|comprends|lis|reponds|peux (?:parler|repondre|lire))|vous (?:parlez|comprenez|lisez|repondez|pouvez (?:parler|repondre))|parles tu|parlez vous|comprends tu|comprenez vous|lis tu|lisez vous|reponds tu|repondez vous|peux tu (?:parler|repondre)|pouvez vous (?:parler|repondre)|on peut (?:te |vous )?(?:parler|ecrire)|je peux (?:te |vous )?(?:parler|ecrire|poser (?:mes|ma) questions?)|puis je (?:te |vous )?(?:parler|ecrire|poser (?:mes|ma) questions?))(?: (?:en|l'|aussi|aussi l'|aussi en))? ?(?:anglais|english)",
      '(?:do|can) you (?:speak|understand|read|answer(?: in)?|talk(?: in)?) english|(?:can|may) i (?:ask|write|speak)(?: (?:my questions?|a question|you))? in english|(?:in )?english(?: please)?|en anglais|is there an english version|parlez vous francais ou anglais',
    ],
  ],
  [
    'robot',
    [
      "(?:est ce que )?(?:t'?es|tu es|vous etes|etes vous|es tu|t'es tu|es ce que tu es|c'est)(?: tu)? (?:vraiment |juste )?(?:une? (?:vraie? )?(?:robot|bot|humaine?|personne|machine|ia|intelligence artificielle|programme|chatbot|agent conversationnel)|humain|reel|chatgpt|copilot|gpt)(?: ou (?:une? )?(?:vraie? )?(?:robot|bot|humaine?|personne|machine|ia))?",
      '(?:est ce que )?(?:je parle|on parle|suis je en train de parler) (?:a|avec) (?:un|une|qui) ?(?:robot|bot|humain|machine|personne|vraie personne|ia)?(?: ou (?:a )?(?:un|une) (?:robot|bot|humain|machine|personne|vraie personne|ia))?',
      `(?:est ce que |est ce qu')?(?:tu (?:utilises|emploies|te sers de)|vous (?:utilisez|employez)|utilises tu|utilisez vous|y a t il|il y a|c'est base sur|ca utilise)(?: de)? (?:l'|l |d'|une |de l'|chat)?(?:ia|intelligence artificielle|gpt|chatgpt|copilot|openai)(?: generative)?(?: (?:derriere|la dedans|pour repondre))?`,
      'are you (?:a |an )?(?:bot|human|robot|real(?: person)?|ai|person|machine)(?: or (?:a )?(?:bot|human|robot|person))?|do you use (?:ai|chatgpt)|(?:est ce que )?tes reponses sont (?:ecrites|generees|inventees) par (?:une ia|un robot|chatgpt)',
    ],
  ],
  [
    'kept',
    [
      `(?:qu'est ce que|que|quoi|quelles (?:donnees|informations|infos)(?: est ce que)?) (?:tu (?:gardes|conserves|sais|enregistres|connais|retiens|collectes)|vous (?:gardez|conservez|savez|enregistrez|retenez|collectez|avez)|gardes tu|conserves tu|sais tu|enregistres tu|gardez vous|conservez vous|savez vous|enregistrez vous|collectez vous) ${ABOUT_ME}`,
      `(?:est ce que )?(?:tu (?:gardes|conserves|enregistres|notes)|vous (?:gardez|conservez|enregistrez)|gardes tu|enregistres tu|gardez vous|conservez vous|enregistrez vous) (?:mes|nos|ce que je (?:dis|ecris|demande)|ma|notre|tout ce que) ?(?:questions?|messages?|conversations?|donnees(?: personnelles)?|informations?(?: personnelles)?|j'ecris|je dis)?`,
      `(?:est ce que )?(?:mes|nos) (?:questions?|messages?|conversations?|echanges?) sont(?: (?:ils|elles))? (?:confidentiel(?:le)?s|prive(?:e)?s|garde(?:e)?s|conserve(?:e)?s|enregistre(?:e)?s|lu(?:e)?s)(?: par (?:quelqu'un|l'equipe|mon patron|mon employeur))?`,
      `(?:est ce (?:que c'est )?|c'est )(?:confidentiel|prive)(?: ce que (?:je dis|j'ecris))?|qui (?:lit|voit|peut (?:lire|voir)) (?:mes|nos) (?:questions|messages|conversations)|(?:ou|combien de temps) (?:gardes tu|gardez vous|sont gardees|sont conservees) mes (?:questions|conversations|donnees)`,
      'what do you (?:know|keep|store) about me|do you (?:keep|store|record) my (?:questions|messages|data|conversations)',
    ],
  ],
  [
    'maker',
    [
      "qui (?:t'a|vous a|a) (?:cree|fait|programme|concu|developpe|bati|invente|code)(?: (?:ce bot|cet assistant|courtier|cet outil))?|par qui (?:as tu ete|avez vous ete|es tu|tu as ete|vous avez ete) (?:cree|fait|programme|concu|developpe)|qui est (?:derriere (?:toi|vous|ce bot|cet assistant|courtier)|ton (?:createur|auteur|patron)|responsable de (?:toi|vous|ce bot|cet assistant))|(?:pour qui|a qui) (?:travailles tu|travaillez vous|appartiens tu|tu travailles|vous travaillez)|who (?:made|built|created) you",
    ],
  ],
];

const PATTERNS = SAID.map(([topic, patterns]) => {
  const anyOf = patterns.join('|').replaceAll('SOMEBODY', SOMEBODY).replaceAll('MAY', MAY);
  return { topic, pattern: new RegExp(`^${HELLO}(?:${anyOf})${PLEASE}$`) };
});
const LONGEST = 120;

/**
 * What a message asks of the assistant itself; undefined for any other, which is searched. A pattern must match the
 * whole message: « peux-tu m'aider avec mon contrat » is a question.
 */
export function aboutItself(text: string): AboutTopic | undefined {
  const plain = plainOf(text);
  if (plain.length > LONGEST) return undefined;
  return PATTERNS.find(({ pattern }) => pattern.test(plain))?.topic;
}
