import { z } from 'zod';
import { job, notice } from '../../../core/feature.ts';
import { Id } from '../../../core/id.ts';
import type { Db, Deliveries } from '../../../core/ports.ts';
import { choiceFact, type Files } from '../../acquisitions/index.ts';
import { type CatalogueService, IN_FORCE, InForce } from '../../catalogue/index.ts';
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
 * A fiche took effect: every open file with a choice or a comparison, sealed or not, is calculated again. Where the
 * choice, or else the cheapest scenario, no longer stands, its members are told once.
 */
export const recheck = job(
  'scenarios.recheck',
  InForce,
  async ({ supplier: changed, version, edition, act }, services: DriftServices) => {
    const { db, files, scenarios, deliveries, catalogue } = services;
    // Whoever rests on a fiche that the broker corrected is told of it with what becomes of their files.
    const corrected = edition ? (await catalogue.latestStep(changed, version))?.fiche.offers : undefined;
    const offers = act?.offers ?? corrected?.map(({ id }) => id);
    const told = offers ? await scenarios.relyingFiles(db, { supplier: changed, offers }) : new Set<string>();
    const moment = [version, act?.measure ?? edition, act?.ended && 'end'].filter(Boolean).join('/');
    for (const id of await files.openWith(choiceFact, lastSealFact, comparedFact)) {
      await db.transaction(async (tx) => {
        await files.holdFile(tx, id);
        const { sentence } = await scenarios.drift(tx, id);
        const before = (await files.readFact(tx, id, toldFact)).value?.sentence ?? '';
        await files.writeFact(tx, id, toldFact, { sentence });
        if (sentence === '' || sentence === before || told.has(id)) return;
        await deliveries.address(
          tx,
          {
            kind: 'scenarios.drift',
            key: `drift:${id}:${changed}:${moment}`,
            about: `file:${id}`,
            subject: {
              file: id,
              supplier: changed,
              version,
              ...(act && { measure: act.measure, ended: act.ended }),
            },
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
