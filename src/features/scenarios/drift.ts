import { job } from '../../core/feature.ts';
import type { Db } from '../../core/ports.ts';
import type { Files } from '../acquisitions/index.ts';
import { type CatalogueService, IN_FORCE, InForce } from '../catalogue/index.ts';
import { compare } from './comparison.ts';
import { gapOf } from './figures.ts';
import { readRequest } from './request.ts';
import { type Choice, reportChoice } from './service.ts';
import { money } from './wording.ts';

export interface DriftServices {
  readonly db: Db;
  readonly files: Files;
  readonly catalogue: CatalogueService;
}

/**
 * A fiche took effect: every open file that has made a choice is calculated again. Where the choice is no
 * longer the cheapest, or its price moved, the file says so, with the gap.
 */
export const recheck = job(
  'scenarios.recheck',
  InForce,
  async (_event, { db, files, catalogue }: DriftServices) => {
    const { fiches } = await catalogue.current();
    for (const id of await files.openWith('choice')) {
      await db.transaction(async (tx) => {
        const choice = (await files.fact(tx, id, 'choice')).value as Choice;
        const read = readRequest((await files.fact(tx, id, 'request')).value);
        if (read.kind !== 'valid') return;
        const { suppliers } = compare(read.request, fiches);
        const [lowest] = suppliers;
        const own = suppliers.find(({ supplier }) => supplier === choice.supplier);
        await reportChoice(files, tx, id, driftOf(choice, own?.priceCents, lowest?.priceCents));
      });
    }
  },
  { on: IN_FORCE },
);

/** What became of a choice, in one sentence; undefined when it stands. */
export function driftOf(
  choice: Choice,
  own: bigint | undefined,
  lowest: bigint | undefined,
): string | undefined {
  if (own === undefined || lowest === undefined)
    return `${choice.name} ne couvre plus tous vos besoins, d’après les fiches en vigueur. Recalculez.`;
  const gap = gapOf(own, lowest).cents;
  if (choice.lowest && gap > 0n)
    return `Votre scénario n’est plus le moins cher : écart de ${money(gap)}. Recalculez.`;
  if (own !== BigInt(choice.priceCents))
    return `Le prix de votre scénario a changé : ${money(choice.priceCents)} → ${money(own)}. Recalculez.`;
  return undefined;
}
