import { z } from 'zod';
import { Id } from '../../../core/id.ts';
import { recipientOf } from '../../../core/people/recipient.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import type { Deliveries, Notice } from '../../../core/ports/delivery.ts';
import { job } from '../../../core/routes/jobs.ts';
import { notice } from '../../../core/routes/notices.ts';
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

/** So many files are held at a time: whoever works in one does not wait long. */
const TOGETHER = 20;

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
    const open = await files.openWith(choiceFact, lastSealFact, comparedFact);
    for (let at = 0; at < open.length; at += TOGETHER) {
      const some = open.slice(at, at + TOGETHER);
      const done = await db.transaction((tx) => calculateFree(tx, some, changes, told, services));
      // Whoever works in one is waited for with nothing else in hand.
      for (const id of some.filter((each) => !done.includes(each)))
        await db.transaction(async (tx) => {
          await files.holdFile(tx, id);
          await calculateAgain(tx, [id], changes, told, services);
        });
    }
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

/** Those of some files that nobody works in, calculated again; which those are. */
async function calculateFree(
  tx: Tx,
  ids: readonly string[],
  changes: readonly InForce[],
  told: ReadonlySet<string>,
  services: DriftServices,
): Promise<string[]> {
  const free = await services.files.holdFreeFiles(tx, ids);
  await calculateAgain(tx, free, changes, told, services);
  return free;
}

/**
 * Calculates some files that are held; their members are told where what they were told last is not so any more, but of
 * the files of `told`, which they are told of otherwise.
 */
async function calculateAgain(
  tx: Tx,
  ids: readonly string[],
  changes: readonly InForce[],
  told: ReadonlySet<string>,
  { files, scenarios, deliveries }: DriftServices,
): Promise<void> {
  const found = await allOf(
    ids.map(async (id) => {
      const [{ sentence, cause }, last] = await Promise.all([
        scenarios.drift(tx, id),
        files.readFact(tx, id, toldFact),
      ]);
      const isNews = sentence !== '' && sentence !== last.value?.sentence && !told.has(id);
      return { id, sentence, change: isNews ? causeAmong(changes, cause?.supplier) : undefined };
    }),
  );
  await files.writeFacts(tx, toldFact, new Map(found.map(({ id, sentence }) => [id, { sentence }])));
  const news = found.map(async ({ id, change }) =>
    change ? [{ notice: noticeOf(id, change), to: (await files.members(id, tx)).map(recipientOf) }] : [],
  );
  await deliveries.addressEach(tx, (await allOf(news)).flat());
}

/** What all of these come to. One that fails is known once none asks anything of the transaction any more. */
async function allOf<T>(these: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(these);
  return Promise.all(these);
}

const causeAmong = (changes: readonly InForce[], supplier: string | undefined): InForce | undefined =>
  changes.find((change) => change.supplier === supplier) ?? changes[0];

function noticeOf(id: string, { supplier, version, edition, act }: InForce): Notice {
  const moment = [version, act?.measure ?? edition, act?.ended && 'end'].filter(Boolean).join('/');
  return {
    kind: 'scenarios.drift',
    key: `drift:${id}:${supplier}:${moment}`,
    about: `file:${id}`,
    subject: { file: id, supplier, version, ...(act && { measure: act.measure, ended: act.ended }) },
  };
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
