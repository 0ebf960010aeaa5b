import { fold } from '../../../core/text/text.ts';
import { stemOf } from '../search/stems.ts';
import { quantitiesOf } from './quantities.ts';

/** What a message may want to be told of a thing, and what an answer that tells it says: a form, a tool, a sanction… */
const ASPECTS: readonly (readonly [asks: RegExp, tells: RegExp])[] = [
  [
    /\b(?:modeles?|gabarits?|canevas|formulaires?|templates?|lettres? types?|exemples? d(?:e |'))/,
    /\b(?:modeles?|gabarits?|formulaires?|aide-memoire|grilles?|fiche d'autorisation)\b/,
  ],
  [
    /\b(?:en|sous|de) quel format\b|\bformats? (?:pdf|word|excel|edi|pst|papier|ouvert|exige)|\b(?:en|un) (?:pdf|word|excel)\b|\bversion papier\b/,
    /\b(?:formats?|pdf|papier)\b/,
  ],
  [
    /\b(?:quels?|quelles?) (?:logiciels?|outils?|applications?|plateformes?|systemes?)\b/,
    /\b(?:logiciels?|outils?|portail|plateformes?|systemes?|seao|extranet)\b/,
  ],
  [
    /\b(?:amendes?|sanctions?|penalites?|punitions?|punis?|consequences?|dedommage\w*|que risque|penalty|penalties|fined?)\b/,
    /\b(?:amendes?|sanctions?|penalites?|consequences?|risques?)\b/,
  ],
  [
    /\b(?:en (?:francais|anglais)|(?:quelle|autre) langue|in (?:english|french))\b/,
    /\b(?:francais|anglais|langues?)\b/,
  ],
  [
    /\b(?:a quelle date|quels? mois|date limite|date de fin|echeance|expire\w*|perime\w*|deadline)\b/,
    /\b(?:jours?|date|echeanc\w*|mois|trimestr\w*|ans?|avant|des que|aussitot)\b/,
  ],
  [/\b(?:enregistr(?:er|ee?s?)|filmer)\b/, /\benregistr/],
  [
    /\b(?:certifi\w*|iso \d+|soc ?2|attestations?|accredit\w*)\b/,
    /\b(?:certifi|iso|soc|attestation|accredit)/,
  ],
];

/** « Combien d'exemplaires », « le nombre maximal d'avenants ». */
const HOW_MANY =
  /\b(?:combien (?:de |d')|nombre (?:maximal |minimal |maximum |minimum |exact )?(?:de |d')|how many )(?:autres? |vrais? |nouve\w+ )?([a-z-]{3,})/;
/** What is counted in a measure of its own, and what is not counted at all. */
const MEASURED =
  /^(?:temps|jours?|semaines?|mois|annees?|ans?|heures?|minutes?|dollars?|piasses?|pour|pourcent\w*|fois|chances?|euros?|argent|days?|weeks?|months?|years?)$/;
const NUMBER =
  /\b(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|trente|soixante|aucune?|plusieurs|nombre)\b/;
const NEAR = 3;

/** Whether a text says how many of something there are: a number, and the thing close behind it. */
function counts(text: string, thing: string): boolean {
  const words = text.match(/[a-z0-9]+/g) ?? [];
  return words.some(
    (word, at) =>
      NUMBER.test(word) && words.slice(at + 1, at + 1 + NEAR).some((next) => stemOf(next) === thing),
  );
}

/** People and what is bought for them are counted as units: an answer that counts some counts them all. */
const countsUnits = (answer: string): boolean =>
  quantitiesOf(answer).some(({ measure }) => measure === 'units');
const isUnit = (noun: string): boolean =>
  quantitiesOf(`trois ${noun}`).some(({ measure }) => measure === 'units');

/** Whether an answer leaves out what a message asks of its subject: a form, a tool, a sanction, how many there are. */
export function leavesOut(answer: string, message: string): boolean {
  const [said, asked] = [fold(answer), fold(message)];
  if (ASPECTS.some(([asks, tells]) => asks.test(asked) && !tells.test(said))) return true;
  const [, noun] = HOW_MANY.exec(asked) ?? [];
  if (noun !== undefined && !MEASURED.test(noun))
    return isUnit(noun) ? !countsUnits(answer) : !counts(said, stemOf(noun));
  const named = (text: string) => quantitiesOf(text).some(({ measure }) => measure === 'percent');
  return named(message) && !/\bpourcentage|\b%/.test(said) && !named(answer);
}
