import { frenchDay } from '../../../../core/clock.ts';
import { ofName } from '../../../../core/text/text.ts';
import { money } from '../../texts.ts';
import { needsDifference } from './needs-difference.ts';
import type { Authorized, Bound, Change, ChoiceStanding } from './standing.ts';

const BOUND: Record<Bound, string> = { yes: 'oui', no: 'non', unknown: 'à dire' };

/** What changed under a choice, in sentences that follow each other. `nameOf` gives the name of a kind of body. */
export function changeTexts(
  change: Change,
  supplier: string,
  nameOf: (kind: string | undefined) => string,
): string[] {
  switch (change.kind) {
    case 'needs':
      return change.now
        ? needsDifference(change.before, change.now)
        : ['Vos besoins sont rouverts : répondez de nouveau aux questions 5, 6 et 7.'];
    case 'scenario':
      return [`${supplier} ne couvre plus tous vos besoins, d’après les fiches en vigueur.`];
    case 'absent':
      return [`${supplier} n’est plus au Catalogue.`];
    case 'fiche':
      return [
        change.before === change.now
          ? `La fiche ${ofName(supplier)} a changé.`
          : `La fiche ${ofName(supplier)} a changé : version du ${frenchDay(change.now)}, au lieu du ${frenchDay(change.before)}.`,
      ];
    case 'price':
      return [`Prix du scénario : ${money(change.before)} → ${money(change.now)}.`];
    case 'gap':
      return [gapText(change)];
    case 'body':
      return [`Genre d’organisation : ${nameOf(change.before)} → ${nameOf(change.now)}.`];
    case 'bound':
      return [`Assujettie à l’article 48 du RCTI : ${BOUND[change.before]} → ${BOUND[change.now]}.`];
  }
}

function gapText({ before, now }: Extract<Change, { kind: 'gap' }>): string {
  if (before === 0n) return `Ce n’est plus le prix le plus bas : écart de ${money(now)}.`;
  if (now === 0n) return `C’est maintenant le prix le plus bas ; l’écart était de ${money(before)}.`;
  return `Écart avec le plus bas : ${money(before)} → ${money(now)}.`;
}

export const CHOOSE = 'Comparez les scénarios et choisissez un fournisseur.';
const CONFIRM =
  'Votre choix est à confirmer : ce sur quoi il repose a changé. Comparez de nouveau, choisissez de nouveau, ou gardez-le.';

/** What is left to do before a choice may lead to a meeting; empty when nothing is. */
export function missingOf({ changes, demand, authorized }: ChoiceStanding): string[] {
  if (changes.length > 0) return [CONFIRM];
  if (demand === 'answer')
    return [
      'Dites si votre organisation est assujettie à l’article 48 du RCTI : votre choix n’est pas le prix le plus bas.',
    ];
  if (demand === 'authorization' && !authorized)
    return ['Obtenez l’autorisation du dirigeant, puis notez sa référence et sa date.'];
  return [];
}

/** Why the contract that was signed on a day cannot be noted (guide 3.4.3). */
export function noteRefusal(
  standing: ChoiceStanding,
  authorization: Authorized | undefined,
  signedOn: string,
): string {
  const [left] = missingOf({ ...standing, changes: [] });
  if (
    standing.demand === 'authorization' &&
    standing.authorized &&
    authorization &&
    authorization.date > signedOn
  )
    return `L’autorisation du dirigeant est datée du ${frenchDay(authorization.date)} : elle s’obtient avant la signature (guide, section 3.4.3).`;
  if (standing.demand === 'authorization' && !standing.authorized)
    return 'Le jour de la signature, ce choix n’était pas le prix le plus bas : l’autorisation du dirigeant s’obtient avant la signature (guide, section 3.4.3).';
  return left ?? CONFIRM;
}
