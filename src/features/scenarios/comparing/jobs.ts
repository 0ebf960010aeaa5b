import { z } from 'zod';
import { job, notice } from '../../../core/feature.ts';
import { Id } from '../../../core/id.ts';
import type { Db, Deliveries, Tx } from '../../../core/ports.ts';
import { choiceFact, type Files } from '../../acquisitions/index.ts';
import { type CatalogueService, IN_FORCE, type InForce, TookEffect } from '../../catalogue/index.ts';
import { comparedFact, lastSealFact, toldFact } from '../rules/facts.ts';
import { driftCard } from './screens/drift-card.ts';
import type { ScenarioService } from './store/scenarios.ts';

export interface DriftServices {
  readonly catalogue: Pick<CatalogueService, 'latestStep' | 'measuring'>;
  readonly db: Db;
  readonly deliveries: Deliveries;
  readonly files: Files;
  readonly scenarios: ScenarioService;
}

/**
 * Fiches took effect together: every open file with a choice or a comparison, sealed or not, is calculated again, once.
 * Where the choice, or else the cheapest scenario, no longer stands, its members are told once.
 */
export const recheck = job(
  'scenarios.recheck',
  TookEffect,
  async ({ changes }, services: DriftServices) => {
    const { db, files } = services;
    const told = await toldOtherwise(changes, services);
    for (const id of await files.openWith(choiceFact, lastSealFact, comparedFact))
      await db.transaction((tx) => calculateAgain(tx, id, changes, told.has(id), services));
  },
  { on: IN_FORCE },
);

/** The files whose members rest on what the broker corrected or decided: they are told of it with what becomes of them. */
async function toldOtherwise(
  changes: readonly InForce[],
  { catalogue, db, scenarios }: DriftServices,
): Promise<ReadonlySet<string>> {
  const suppliers = new Set<string>();
  const offers = new Set<string>();
  for (const { supplier, version, edition, act } of changes) {
    const corrected = edition ? (await catalogue.latestStep(supplier, version))?.fiche.offers : undefined;
    const concerned = act?.offers ?? corrected?.map(({ id }) => id);
    if (!concerned) continue;
    suppliers.add(supplier);
    for (const id of concerned) offers.add(id);
  }
  return suppliers.size === 0
    ? suppliers
    : scenarios.relyingFiles(db, { suppliers: [...suppliers], offers: [...offers] });
}

async function calculateAgain(
  tx: Tx,
  id: string,
  changes: readonly InForce[],
  isTold: boolean,
  { files, scenarios, deliveries }: DriftServices,
): Promise<void> {
  await files.holdFile(tx, id);
  const { sentence, cause } = await scenarios.drift(tx, id);
  const before = (await files.readFact(tx, id, toldFact)).value?.sentence ?? '';
  await files.writeFact(tx, id, toldFact, { sentence });
  if (sentence === '' || sentence === before || isTold) return;
  const change = changes.find(({ supplier }) => supplier === cause?.supplier) ?? changes[0];
  if (!change) return;
  const { supplier, version, edition, act } = change;
  const moment = [version, act?.measure ?? edition, act?.ended && 'end'].filter(Boolean).join('/');
  const notice = {
    kind: 'scenarios.drift',
    key: `drift:${id}:${supplier}:${moment}`,
    about: `file:${id}`,
    subject: { file: id, supplier, version, ...(act && { measure: act.measure, ended: act.ended }) },
  };
  const members = await files.members(id, tx);
  await deliveries.address(
    tx,
    notice,
    members.map(({ tenantId, objectId }) => ({ kind: 'person', tenantId, objectId })),
  );
}

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
  z.strictObject({
    file: Id,
    supplier: z.string(),
    version: z.iso.date(),
    /** What the broker decided, where that is the cause. */
    measure: Id.optional(),
    ended: z.boolean().optional(),
  }),
  async (
    { file: id, supplier, version, measure, ended = false },
    recipient,
    { db, files, scenarios, catalogue }: DriftServices,
  ) => {
    const file = recipient.kind === 'person' ? await files.seen(id, recipient) : undefined;
    if (file?.state !== 'open') return undefined;
    const drift = await scenarios.drift(db, id);
    if (drift.sentence === '') return undefined;
    // Many fiches may take effect together: the first that was announced is not always the one that matters.
    const said = measure && (await catalogue.measuring.said(measure, ended));
    const moved = said ? { supplier, version } : (drift.cause ?? { supplier, version });
    const cause = await catalogue.latestStep(moved.supplier, moved.version);
    return cause && driftCard(file, drift, cause, said);
  },
);
