import { type OwnQuestion, readOwn } from '../../../../core/people/own-things.ts';

const WHETHER =
  '(?:ai je|est ce que j ai|j ai tu|avons nous|est ce qu on a) (?:des|une|combien d|d autres) evaluations?|(?:combien d|quelles) evaluations? (?:ai je|j ai|on a|avons nous|nous avons)|evaluations? (?:a|que j ai a|qu il me reste a) (?:faire|remplir|completer)';

/** « Mes évaluations », « est-ce que j’ai des évaluations à faire »; undefined for anything else. */
export const readOwnEvaluations = (text: string): OwnQuestion | undefined =>
  readOwn(text, { nouns: 'evaluations?(?: (?:de|du|des) fournisseurs?)?', also: WHETHER });
