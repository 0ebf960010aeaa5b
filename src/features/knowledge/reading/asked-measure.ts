import { fold } from '../../../core/text/text.ts';
import { type Measure, quantitiesOf } from './quantities.ts';

/** What a message may want to be told exactly. */
export type Exactly = Measure | 'law' | 'date';

/** Ways to ask for it. */
const ASKED: readonly [Exactly, RegExp][] = [
  ['law', /\bquels? (?:est l')?articles?\b|\bquelles? (?:est la )?lois?\b/],
  [
    'date',
    /\ba quelle date\b|\bquel jour\b|\bquand (?:a lieu|aura lieu|est|sera|sort|parait)\b.*\bprochaine?s?\b/,
  ],
  [
    'duration',
    /\bcombien de (?:temps|jours?|semaines?|mois|annees|ans|heures?)\b|\bquels? (?:est (?:le|la|votre) )?(?:delais?|duree|preavis)\b|\bquelle (?:est la )?duree\b|\bdelai (?:de|d'|pour|moyen|maximum|minimum)\b|\bhow long\b|\bca prend(?:-tu)? (?:combien|longtemps)\b|\b(?:c'est|est-ce|ca prend)(?:-tu)? long\b/,
  ],
  [
    'money',
    /\bcombien (?:ca |est-ce que (?:ca )?)?(?:coute|vaut|chargez|charge)\w*\b|\bca coute(?:-tu)? combien\b|\bquels? (?:est (?:le|la) )?(?:montant|prix|cout|seuil|tarif)s?\b|\bpartir de (?:quel|combien)\b|\bhow much\b|\bcombien de (?:dollars|piasses|\$)/,
  ],
  [
    'percent',
    /\b(?:quel|quels) (?:est le )?(?:pourcentage|taux)\b|\bcombien (?:de|en) (?:%|pour ?cent|pourcentage)\b|\bc'est combien de (?:%|pour ?cent)/,
  ],
];
/** An answer that says itself that it gives none, or that there is none. */
const OPEN =
  /\bne (?:fixe|donne|precise|dit|tranche)\b|\bni (?:plancher|montant|delai)\b|\baucun (?:cout|frais|delai|montant)\b|\bgratuit|\bsans frais\b|\bne coutent rien\b|\bpas le nombre\b/;

/** What a message wants to be told exactly, if it does. */
export const askedMeasure = (text: string): Exactly | undefined => {
  const said = fold(text);
  return ASKED.find(([, pattern]) => pattern.test(said))?.[0];
};

/** Whether an answer tells it, or says that there is none. */
export const tells = (answer: string, measure: Exactly): boolean => {
  const said = fold(answer);
  if (measure === 'law') return /\barticles? \d|\bdecret\b|\bloi\b/.test(said);
  if (measure === 'date')
    return /\bjour ouvrable\b|\b(?:1er|\d{1,2}) (?:janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec)/.test(
      said,
    );
  return OPEN.test(said) || quantitiesOf(answer).some((quantity) => quantity.measure === measure);
};
