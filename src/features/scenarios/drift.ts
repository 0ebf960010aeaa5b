import { job } from '../../core/feature.ts';
import type { Db } from '../../core/ports.ts';
import type { Files } from '../acquisitions/index.ts';
import { type CatalogueService, IN_FORCE, InForce } from '../catalogue/index.ts';
import { compare } from './comparison.ts';
import { gapOf } from './figures.ts';
import { readRequest } from './request.ts';
import type { Choice, LastSeal } from './service.ts';
import { money } from './wording.ts';

export interface DriftServices {
  readonly db: Db;
  readonly files: Files;
  readonly catalogue: CatalogueService;
}

/**
 * A fiche took effect: every open file that keeps a sealed comparison is calculated again. Where the choice,
 * or else the cheapest scenario, no longer stands, the file says so with the gap.
 */
export const recheck = job(
  'scenarios.recheck',
  InForce,
  async (_event, { db, files, catalogue }: DriftServices) => {
    const { fiches } = await catalogue.current();
    for (const id of await files.openWith('lastSeal')) {
      await db.transaction(async (tx) => {
        const choice = (await files.fact(tx, id, 'choice')).value as Choice | undefined;
        const last = (await files.fact(tx, id, 'lastSeal')).value as LastSeal;
        const read = readRequest((await files.fact(tx, id, 'request')).value);
        if (read.kind !== 'valid') return;
        const { suppliers } = compare(read.request, fiches);
        const [lowest] = suppliers;
        const kept = choice ?? { ...last, name: 'Le fournisseur le moins cher', lowest: true };
        const own = suppliers.find(({ supplier }) => supplier === kept.supplier);
        await files.setAlert(tx, id, driftOf(kept, own?.priceCents, lowest?.priceCents));
      });
    }
  },
  { on: IN_FORCE },
);

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
