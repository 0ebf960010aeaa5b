import { PLEASE, phrase, reading, WHICH } from '../../../../core/text/wording.ts';

const BODY = '(?:mon|notre|ma) (?:organisation|organisme|ministere|organisme public)';
const WHO = phrase(
  `(?:qui (?:est|sont|d autre est|d autre|fait partie|travaille|y a t il|est inscrit|fait parti)(?: (?:avec moi|les (?:membres|personnes)|rattachee?s?))?|(?:les |quels sont les )?membres|les personnes|quelles personnes sont) (?:a |dans |de |pour )?${BODY}|(?:qui sont )?(?:mes|nos) collegues|dans ${BODY} (?:il y a qui|qui est la)|${BODY} (?:il y a|c est) qui`,
);
const WHICH_BODY = phrase(
  `(?:quelle est |quel est |c est quoi |voir |changer |changer d )?${BODY}(?: (?:c est|est) (?:quoi|laquelle|lequel))?|pour (?:qui|quelle organisation|quel organisme|quel ministere) (?:est ce que )?(?:je travaille|travaille je|j agis)|a quelle organisation (?:suis je|je suis) rattachee?`,
);

/** « Qui est dans mon organisation », « quelle est mon organisation »; undefined for anything else. */
export function readOwnBody(text: string): 'colleagues' | 'body' | undefined {
  const words = reading(text);
  if (!words) return undefined;
  const colleagues = words.reads(WHO);
  const body = !colleagues && words.reads(WHICH_BODY);
  words.take(PLEASE);
  words.take(WHICH);
  if (words.left().length > 0) return undefined;
  return colleagues ? 'colleagues' : body ? 'body' : undefined;
}
