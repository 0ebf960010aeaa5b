import { PLEASE, phrase, reading } from '../../../core/text/wording.ts';

const SOON =
  '(?:cette semaine|ces jours ci|aujourd hui|demain|maintenant|la semaine prochaine|ce mois ci|bientot|d ici (?:vendredi|la fin de (?:la )?semaine)|en premier|d urgent|de pressant)';
const DO =
  '(?:je dois|on doit|nous devons|j ai a|on a a|nous avons a|dois je|devons nous|j dois|faut il que je|il faut que je)';

/** « Qu’est-ce que je dois faire cette semaine »: what is to do, and by when it is asked. */
const TO_DO = phrase(
  [
    `(?:qu est ce qu|qu est ce que|quest ce que|que|quoi|c est quoi que|c quoi que)?(?: ?)${DO} (?:quoi )?(?:faire )?(?:quoi )?${SOON}`,
    `${SOON} (?:qu est ce que |que |quoi )?${DO}(?: faire)?(?: quoi)?`,
    `(?:j ai|on a|nous avons) quoi a faire(?: ${SOON})?`,
    `qu (?:ai je|avons nous) a faire(?: ${SOON})?`,
    `(?:quoi|que) faire ${SOON}`,
    `(?:qu est ce qu il|qu est ce que j|qu est ce qu on) (?:y )?a a faire ${SOON}`,
    '(?:qu est ce|quest ce|c est quoi) qui (?:presse|urge|est urgent|s en vient|m attend|nous attend|est du|arrive)(?: le plus)?(?: pour (?:moi|nous))?',
    `(?:quelles? (?:est|sont) |voir )?(?:mes|nos|ma|mon) (?:taches?|(?:prochaines? )?echeances?|choses? a faire|a faire|suivis?|prochaines? etapes?|liste(?: de taches)?)(?: ${SOON})?`,
    'ce que (?:j ai|on a|nous avons) a faire|(?:ai je|y a t il|y a tu|est ce qu il y a|est ce que j ai) (?:quelque chose|de quoi|qqch|des choses) (?:d urgent|qui presse|a faire|de pressant)',
  ].join('|'),
);

/** Whether a message asks what its author has to do now; what one must do in general is the guide's to say. */
export function asksAgenda(text: string): true | undefined {
  const words = reading(text);
  if (!words) return undefined;
  words.take(PLEASE);
  return words.reads(TO_DO) && words.left().filter((word) => !SMALL_TOO.has(word)).length === 0
    ? true
    : undefined;
}

const SMALL_TOO = new Set(['faire', 'semaine', 'dossiers', 'contrats']);
