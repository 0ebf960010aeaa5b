import { isDeepStrictEqual } from 'node:util';
import { and, desc, eq } from 'drizzle-orm';
import { brokerDate } from '../../../../core/business-days.ts';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { type Id, newId } from '../../../../core/id.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import {
  type AcquisitionFile,
  boundOf,
  type Choice,
  type Conclusion,
  choiceFact,
  eligibilityFact,
  type Files,
  requestFact,
  type Said,
} from '../../../acquisitions/index.ts';
import type { CatalogueService, Fiche } from '../../../catalogue/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type Comparison, compare } from '../../pricing/rules/comparison.ts';
import { obstaclesOf } from '../../pricing/rules/eligibility.ts';
import { type PricingRequest, readRequest } from '../../pricing/rules/request.ts';
import { lastSealFact, shortlistFact } from '../../rules/facts.ts';
import { scenarioSeals } from '../../tables.ts';
import { seal } from '../rules/sealed-record.ts';

/** The comparison of a file's needs with the fiches in force. */
export interface FileComparison {
  readonly file: AcquisitionFile;
  readonly request: PricingRequest;
  readonly comparison: Comparison;
  readonly fiches: readonly Fiche[];
  readonly samples: boolean;
  readonly choice: Choice | undefined;
  /** Whether article 48 of the RCTI binds the body; undefined before anything was said of it. */
  readonly bound: Said | undefined;
}

export type SealRow = typeof scenarioSeals.$inferSelect;

export interface ComparingPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly files: Files;
  readonly catalogue: CatalogueService;
}

const OPEN =
  'Pour calculer les scénarios, répondez d’abord aux questions 5, 6 et 7 de vos besoins : les catégories, la durée et les quantités.';

/** The offers that meet a request, by id. */
export const meeting = (request: PricingRequest, fiches: readonly Fiche[]): string[] =>
  fiches
    .flatMap(({ offers }) => offers)
    .filter((offer) => obstaclesOf(offer, request).length === 0)
    .map(({ id }) => id)
    .sort();

export type Comparing = ReturnType<typeof buildComparing>;

/** The shortlist, the comparison and its seals (guide 3.3 and 3.4.1). */
export function buildComparing({ db, clock, files, catalogue }: ComparingPorts) {
  const today = (): string => brokerDate(clock.now()).toString();

  /** Within a transaction, pass it on. */
  async function of(id: string, person: PersonKey, from: Db = db): Promise<FileComparison> {
    const file = await files.find(id, person, from);
    const { request, choice, eligibility } = await files.readFacts(from, id, {
      request: requestFact,
      choice: choiceFact,
      eligibility: eligibilityFact,
    });
    const read = readRequest(request.value);
    if (read.kind !== 'valid') throw new CourtierError('refused', OPEN);
    const { fiches, samples } = await catalogue.current(from);
    return {
      file,
      request: read.request,
      comparison: compare(read.request, fiches),
      fiches,
      samples,
      choice: choice.value,
      bound: eligibility.value && boundOf(eligibility.value),
    };
  }

  /** Seals a comparison within a transaction that holds the file; its row. */
  async function sealIn(
    tx: Tx,
    person: Person,
    { file, request, fiches, comparison }: FileComparison,
  ): Promise<SealRow> {
    const { record, hash } = seal(request, fiches, today());
    const [known] = await tx
      .select()
      .from(scenarioSeals)
      .where(and(eq(scenarioSeals.acquisitionId, file.id), eq(scenarioSeals.hash, hash)));
    if (known) return known;
    const row = { id: newId(), acquisitionId: file.id, hash, record, sealedAt: asDate(clock.now()) };
    await tx.insert(scenarioSeals).values(row);
    const [lowest] = comparison.suppliers;
    if (lowest) {
      const { supplier, priceCents } = lowest;
      await files.writeFact(tx, file.id, lastSealFact, { supplier, priceCents: String(priceCents) });
      await files.concern(tx, file.id, 'suppliers', [supplier]);
    }
    await files.record(tx, file.id, person, `Comparaison scellée, empreinte ${hash.slice(0, 12)}.`);
    return row;
  }

  /** A sealed comparison of a file, or its latest one. */
  async function sealed(from: Db, file: string, id?: string): Promise<SealRow | undefined> {
    const ofFile = eq(scenarioSeals.acquisitionId, file);
    const [row] = await from
      .select()
      .from(scenarioSeals)
      .where(id === undefined ? ofFile : and(ofFile, eq(scenarioSeals.id, id)))
      .orderBy(desc(scenarioSeals.sealedAt))
      .limit(1);
    return row;
  }

  /** The second and third steps: done while the offers that meet the needs are those that were confirmed. */
  async function shortlisted(from: Db, id: string): Promise<Conclusion> {
    const { request, shortlist } = await files.readFacts(from, id, {
      request: requestFact,
      shortlist: shortlistFact,
    });
    const read = readRequest(request.value);
    if (read.kind !== 'valid') return { done: false, missing: [OPEN] };
    if (!shortlist.value)
      return { done: false, missing: ['Voyez les offres conformes, puis confirmez la liste.'] };
    const now = meeting(read.request, (await catalogue.current(from)).fiches);
    return isDeepStrictEqual([...shortlist.value.offers].sort(), now)
      ? { done: true, missing: [] }
      : {
          done: false,
          missing: [
            'Les offres conformes ne sont plus celles que vous avez confirmées : voyez la liste de nouveau.',
          ],
        };
  }
  files.concludes('catalogue', shortlisted);
  files.concludes('shortlist', shortlisted);

  return {
    of,
    sealIn,
    sealed,
    today,

    /** Keeps the comparison as it stands today; the same one twice is one. */
    seal: (person: Person, id: string): Promise<SealRow> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        return sealIn(tx, person, await of(id, person, tx));
      }),

    /** A file's sealed comparisons, the latest first. */
    async seals(id: string, person: PersonKey): Promise<SealRow[]> {
      await files.find(id, person);
      return db
        .select()
        .from(scenarioSeals)
        .where(eq(scenarioSeals.acquisitionId, id))
        .orderBy(desc(scenarioSeals.sealedAt));
    },

    /** Calculates a sealed comparison again from the fiches that it names; whether the hash is the same. */
    async verify(id: string, sealId: string, person: PersonKey): Promise<{ row: SealRow; same: boolean }> {
      await files.find(id, person);
      const row = await sealed(db, id, sealId);
      if (!row) throw notFound();
      const fiches: Fiche[] = [];
      for (const { supplier, version } of row.record.fiches) {
        const found = await catalogue.difference(supplier, version);
        if (found) fiches.push(found.fiche);
      }
      return { row, same: seal(row.record.request, fiches, row.record.asOf).hash === row.hash };
    },

    /** The shortlist is seen and kept as it is: the second and third steps are done. */
    confirmShortlist: (person: Person, id: string, effect: Id): Promise<void> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        const { request, fiches } = await of(id, person, tx);
        const offers = meeting(request, fiches);
        const sentence = `Liste d’offres conformes confirmée : ${offers.length}.`;
        if (await files.record(tx, id, person, sentence, { entry: effect }))
          await files.writeFact(tx, id, shortlistFact, { offers });
      }),
  };
}
