import { type OwnQuestion, readOwn } from '../../../core/people/own-things.ts';
import { editDistance } from '../../../core/text/edit-distance.ts';
import { wordsOf } from '../../../core/text/wording.ts';

const WHETHER =
  '(?:ai je|est ce que j ai|avons nous|est ce qu on a) (?:des|combien de) contrats?|(?:combien de|quels) contrats? (?:ai je|j ai|on a|avons nous|nous avons)';

/** « Quand finit mon contrat avec Nordet », « est-ce que mon contrat est signé »; undefined for anything else. */
export const readOwnContract = (text: string): OwnQuestion | undefined =>
  readOwn(text, { nouns: 'contrats?(?: specifiques?)?', whom: true, also: WHETHER });

const NAMES_NOBODY = new Set(
  'inc ltee les des infonuagique solutions services logiciels numerique numeriques'.split(' '),
);

/** Whether a supplier is the one that was typed: a word of the name, one error at most. */
export function isNamed(supplier: string, typed: string): boolean {
  const names = wordsOf(supplier).filter((word) => word.length > 2 && !NAMES_NOBODY.has(word));
  return wordsOf(typed).some((word) =>
    names.some((name) => name === word || (word.length > 4 && editDistance(word, name, 1) <= 1)),
  );
}

interface Term {
  readonly signedOn: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly terminatedOn: string | null;
}

const span = ({ years, months, days }: Temporal.Duration): string =>
  [
    years > 0 ? `${years} an${years > 1 ? 's' : ''}` : '',
    months > 0 ? `${months} mois` : '',
    years === 0 && days > 0 ? `${days} jour${days > 1 ? 's' : ''}` : '',
  ]
    .filter(Boolean)
    .join(' et ');

/** When a contract ends, and how long it lasts still. `dayText` writes an ISO date. */
export function termText(term: Term, today: Temporal.PlainDate, dayText: (day: string) => string): string {
  const end = Temporal.PlainDate.from(term.endsOn);
  const it = term.terminatedOn ? 'Résilié : il' : 'Il';
  const order = Temporal.PlainDate.compare(end, today);
  if (order < 0) return `${it} a fini le ${dayText(term.endsOn)}.`;
  if (order === 0) return `${it} finit aujourd’hui, le ${dayText(term.endsOn)}.`;
  const left = span(today.until(end, { largestUnit: 'years' }));
  return `${it} finit le ${dayText(term.endsOn)} ; il reste ${left}.`;
}

/** Since when a contract is signed. */
export const signedText = ({ signedOn, startsOn }: Term, dayText: (day: string) => string): string =>
  `Il est signé depuis le ${dayText(signedOn)} ; il commence le ${dayText(startsOn)}.`;
