import type { Choice } from '../../../acquisitions/index.ts';
import { money } from '../../texts.ts';
import { gapOf } from './figures.ts';

/** What became of a scenario, in one sentence; undefined when it stands. */
export function driftOf(
  kept: Pick<Choice, 'name' | 'priceCents' | 'lowest'>,
  own: bigint | undefined,
  lowest: bigint | undefined,
): string | undefined {
  if (own === undefined || lowest === undefined)
    return `${kept.name} ne couvre plus tous vos besoins, d’après les fiches en vigueur.`;
  const gap = gapOf(own, lowest).cents;
  if (kept.lowest && gap > 0n) return `Votre scénario n’est plus le moins cher : écart de ${money(gap)}.`;
  if (own !== BigInt(kept.priceCents))
    return `Le prix de votre scénario a changé : ${money(kept.priceCents)} → ${money(own)}.`;
  return undefined;
}
