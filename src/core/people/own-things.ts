import { PLEASE, phrase, type Reading, reading, WHICH } from '../text/wording.ts';
import type { MessageTurn } from '../turn.ts';

/** Words in which a typing error is understood. */
const LEXICON =
  `dossier dossiers achat contrat contrats rencontre rencontres evaluation evaluations organisation quand combien temps
  reste finit termine signe semaine mois demande`
    .trim()
    .split(/\s+/);

const STEP = '(?:etape|point|stade)';
const STATE = phrase(
  [
    'ou (?:que )?(?:(?:en )?(?:est|sont)(?: (?:on|nous))?|(?:en )?(?:suis je|sommes nous)|(?:on|j|nous) (?:en )?(?:est|suis|sommes)|c est|ca en est)(?: rendue?s?)?(?: (?:avec|dans|pour))?',
    '(?:c est |est ce que c est |est |sont |je suis |on est )?(?:t )?(?:ils? |elles? )?rendue?s? (?:a )?ou(?: (?:avec|dans|pour))?',
    '(?:est ce que )?(?:ca |cela )?(?:avance|progresse)(?:nt)?(?: t ils?| t elles?)?(?: bien)?',
    '(?:quels? est |quels? sont )?(?:l |le |les )?(?:etat|statut|avancement|suivi|progres|nouvelles?)',
    `a quel(?:le)? ${STEP}(?: (?:est|en est|sont|suis je|en suis je|je suis|j en suis|on est|sommes nous))?(?: rendue?s?)?`,
    `(?:quelle est )?(?:la )?prochaine ${STEP}`,
    'suivre',
  ].join('|'),
);
const WHEN = phrase(
  '(?:c est |cest )?quand(?: (?:est ce qu?e?|c est|est|sont|a lieu|ont lieu|aura lieu|auront lieu|commence|debute))*|(?:a )?quelle (?:heure|date)(?: (?:est|a lieu|aura lieu))?|quel jour(?: (?:est|a lieu))?|(?:quelle est )?(?:la )?date(?: et l heure)?|(?:est (?:elle |il )?)?(?:due|dues|attendues?|a rendre|prevues?|fixees?|confirmees?|cedulees?|planifiees?)',
);
const END = phrase(
  '(?:va |vont )?(?:se |s )?(?:finit|finir|finissent|finis|termine|terminent|terminer|acheve|achevent|expire|expirent|prend fin|prennent fin|arrive(?:nt)? a (?:echeance|terme|sa fin)|est (?:il )?fini)(?: t ils?| ils?)?|(?:la |le )?(?:date de )?(?:fin|echeance|expiration)',
);
const LEFT = phrase(
  '(?:il |me |nous |lui |y |en )*reste(?: t il| il)?(?: encore)?(?: (?:combien de (?:temps|jours|mois|semaines)|avant (?:la|le)))?',
);
const HOW_LONG = phrase('combien de (?:temps|jours|mois|semaines)|combien');
const SIGNED = phrase('(?:deja |bien |a ete )*signee?s?');
const TAKES_PLACE = phrase('(?:qu (?:elle|il) )?(?:a|ont|aura|auront|va avoir) lieu');
const TO_DO = phrase(
  'a (?:faire|remplir|completer|terminer|soumettre|repondre)|en (?:attente|retard|cours)|qui (?:attendent|m attendent)|me (?:reste|restent)',
);

/** What is asked of one's own things. */
export interface OwnQuestion {
  /** `when` it is, when it ends, whether it is `signed`, or how it stands. */
  readonly asked: 'when' | 'signed' | 'state' | 'list';
  readonly number: number | undefined;
  /** With whom, as it was typed: « nordet ». */
  readonly whom: string | undefined;
}

interface Sort {
  /** What they are called, as a phrase. */
  readonly nouns: string;
  /** Whether one may ask whom it is with. */
  readonly whom?: true;
  /** Other phrases that ask for them, without « mon » or « mes ». */
  readonly also?: string;
}

/** What is left once the thing itself and small words were taken. */
function askedOf(words: Reading): OwnQuestion['asked'] {
  const state = words.reads(STATE);
  // « Quand finit », « la date de fin », « il reste combien de temps »: in any order.
  const ends = [END, WHEN, LEFT, HOW_LONG, WHEN].map((what) => words.reads(what));
  const when = ends[0] || ends[1] || ends[2] || ends[4];
  const signed = words.reads(SIGNED);
  return signed ? 'signed' : when ? 'when' : state ? 'state' : 'list';
}

/**
 * Reads a message that asks about things of one's own, by « mon » or « nos », and for nothing else: what one may, must or
 * how long such things last is for the guide. Undefined for all that is not understood word for word.
 */
export function readOwn(text: string, { nouns, whom, also }: Sort): OwnQuestion | undefined {
  const words = reading(text, LEXICON);
  if (!words) return undefined;
  const own = words.take(
    phrase(
      `(?:mon|ma|mes|notre|nos) (?:prochaine?s? |derniere?s? |propres? )?(?:${nouns})(?: (?:(?:n|no|numero) )?(\\d{1,9}))?`,
    ),
  );
  const other = own ? undefined : also && words.take(phrase(also));
  if (!own && !other) return undefined;
  const asked = askedOf(words);
  words.take(TAKES_PLACE);
  words.take(TO_DO);
  words.take(PLEASE);
  words.take(WHICH);
  const party = whom && words.take(phrase('(?:avec|chez) ((?:[a-z0-9]+ ){0,2}[a-z0-9]+)'))?.[1];
  if (words.left().length > 0) return undefined;
  return { asked, number: own?.[1] ? Number(own[1]) : undefined, whom: party || undefined };
}

const ELSEWHERE =
  'Cela ne concerne que vous : écrivez-le-moi dans notre conversation personnelle. Rien n’en est montré ici.';

/**
 * Takes the messages that ask about one's own things: answered in the personal chat only; elsewhere, it is said where.
 * `answer` is false for what it has nothing to say to.
 */
export const takesOwn =
  <S, Asked>(
    read: (text: string) => Asked | undefined,
    answer: (turn: MessageTurn, asked: Asked, services: S) => Promise<boolean>,
  ) =>
  async (turn: MessageTurn, services: S): Promise<boolean> => {
    const asked = read(turn.text);
    if (asked === undefined) return false;
    if (turn.conversation.kind === 'personal') return answer(turn, asked, services);
    await turn.reply(ELSEWHERE);
    return true;
  };
