import { listed } from '../../../../core/text/text.ts';
import { money } from '../../texts.ts';
import type { ChoiceStanding } from './standing.ts';

/** A supplier's name by its id. */
type NameOf = (supplier: string) => string;

/** What article 48 asks now of a choice that the Catalogue moved (guide 3.4.3). */
function consequenceOf({ demand, figures }: ChoiceStanding, wasAuthorized: boolean): string {
  if (!figures) return 'Choisissez de nouveau avant la rencontre et la signature.';
  if (demand === 'answer')
    return 'Dites si l’article 48 du RCTI s’applique à votre organisation : si oui, l’autorisation du dirigeant sera nécessaire avant la signature.';
  if (demand === 'authorization')
    return wasAuthorized
      ? 'L’autorisation du dirigeant vaut pour votre choix tel qu’il était : confirmez-le, puis faites-la renouveler avant la signature.'
      : 'L’autorisation du dirigeant est nécessaire avant la signature (article 48 du RCTI).';
  return figures.lowest
    ? 'Votre choix est le prix le plus bas : aucune autorisation du dirigeant n’est nécessaire.'
    : 'L’article 48 du RCTI ne s’applique pas à votre organisation : aucune autorisation du dirigeant n’est nécessaire.';
}

const priceText = (before: bigint, now: bigint): string =>
  before === now ? `${money(now)}, comme avant` : `${money(before)} → ${money(now)}`;

/** What the Catalogue did to a choice: its price, the lowest one, and what follows for the authorization. */
export function choiceLines(
  choice: { readonly name: string; readonly priceCents: string },
  standing: ChoiceStanding,
  wasAuthorized: boolean,
  nameOf: NameOf,
): string[] {
  const { figures } = standing;
  return [
    ...(figures
      ? [
          `Votre choix, ${choice.name} : ${priceText(BigInt(choice.priceCents), figures.priceCents)}.`,
          `Le plus bas maintenant : ${listed(figures.cheapest.map(nameOf))}, ${money(figures.priceCents - figures.gapCents)}.`,
        ]
      : []),
    consequenceOf(standing, wasAuthorized),
  ];
}

/** What the Catalogue did to a comparison that led to no choice yet. */
export function comparisonLines(
  seen: { readonly supplier: string; readonly priceCents: string },
  lowest: { readonly supplier: string; readonly priceCents: bigint } | undefined,
  nameOf: NameOf,
): string[] {
  return [
    `Le plus bas quand vous avez comparé : ${nameOf(seen.supplier)}, ${money(BigInt(seen.priceCents))}.`,
    ...(lowest
      ? [`Le plus bas maintenant : ${nameOf(lowest.supplier)}, ${money(lowest.priceCents)}.`]
      : ['Aucun fournisseur ne couvre plus tous vos besoins à lui seul.']),
    'Rien n’est choisi : choisir le prix le plus bas ne demande aucune autorisation du dirigeant.',
  ];
}
