import { z } from 'zod';
import { job, notice } from '../../core/feature.ts';
import { Id } from '../../core/id.ts';
import type { Db, Deliveries } from '../../core/ports.ts';
import { type Choice, choiceFact, type Files, requestFact } from '../acquisitions/index.ts';
import { type CatalogueService, IN_FORCE, InForce } from '../catalogue/index.ts';
import { compare } from './comparison.ts';
import { lastSealFact } from './facts.ts';
import { gapOf } from './figures.ts';
import { driftCard } from './reminder-cards.ts';
import { readRequest } from './request.ts';
import { money } from './wording.ts';

export interface DriftServices {
  readonly db: Db;
  readonly deliveries: Deliveries;
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
  async ({ supplier: changed, version }, { db, files, catalogue, deliveries }: DriftServices) => {
    const { fiches } = await catalogue.current();
    for (const id of await files.openWith(lastSealFact)) {
      await db.transaction(async (tx) => {
        await files.hold(tx, id);
        const { choice, last, request } = await files.readFacts(tx, id, {
          choice: choiceFact,
          last: lastSealFact,
          request: requestFact,
        });
        const read = readRequest(request.value);
        if (read.kind !== 'valid' || !last.value) return;
        const { suppliers } = compare(read.request, fiches);
        const [lowest] = suppliers;
        const kept = choice.value ?? { ...last.value, name: 'Le fournisseur le moins cher', lowest: true };
        const own = suppliers.find(({ supplier }) => supplier === kept.supplier);
        const sentence = driftOf(kept, own?.priceCents, lowest?.priceCents);
        const before = await files.alert(id, tx);
        await files.setAlert(tx, id, sentence);
        if (!sentence || sentence === before) return;
        await deliveries.address(
          tx,
          {
            kind: 'scenarios.drift',
            key: `drift:${id}:${changed}:${version}`,
            about: `file:${id}`,
            subject: { file: id, supplier: changed, version },
          },
          (await files.members(id, tx)).map(({ tenantId, objectId }) => ({
            kind: 'person',
            tenantId,
            objectId,
          })),
        );
      });
    }
  },
  { on: IN_FORCE },
);

/** Tells a file's members at once what a fiche did to their scenario; nothing once it stands again. */
export const driftNotice = notice(
  {
    kind: 'scenarios.drift',
    policy: 'surely',
    hours: 'decent',
    pausable: true,
    priority: 1,
    title: 'Votre scénario a changé',
  },
  z.strictObject({ file: Id, supplier: z.string(), version: z.iso.date() }),
  async ({ file: id, supplier, version }, recipient, { files }: DriftServices) => {
    const file = recipient.kind === 'person' ? await files.seen(id, recipient) : undefined;
    const sentence = await files.alert(id);
    return file?.state === 'open' && sentence ? driftCard(file, sentence, supplier, version) : undefined;
  },
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
