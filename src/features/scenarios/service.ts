import { and, desc, eq } from 'drizzle-orm';
import { brokerDate } from '../../core/business-days.ts';
import { asDate, type Clock } from '../../core/clock.ts';
import { CourtierError, notFound } from '../../core/errors.ts';
import { type Id, newId } from '../../core/id.ts';
import type { Db, Tx } from '../../core/ports.ts';
import type { Person } from '../../core/turn.ts';
import {
  type AcquisitionFile,
  type Choice,
  choiceFact,
  eligibilityFact,
  type Files,
  requestFact,
  STEP_FACTS,
} from '../acquisitions/index.ts';
import type { CatalogueService, Fiche } from '../catalogue/index.ts';
import type { PersonKey } from '../people/index.ts';
import { type Comparison, compare, type Scenario } from './comparison.ts';
import { type Authorization, authorizationFact, lastSealFact } from './facts.ts';
import { gapOf } from './figures.ts';
import { type PricingRequest, readRequest } from './request.ts';
import { seal } from './sealed-record.ts';
import { scenarioSeals } from './tables.ts';

/** The comparison of a file's needs with the fiches in force. */
export interface FileComparison {
  readonly file: AcquisitionFile;
  readonly request: PricingRequest;
  /** Of the request: what is decided on the comparison holds while it is the same. */
  readonly requestRevision: number;
  readonly comparison: Comparison;
  readonly fiches: readonly Fiche[];
  readonly samples: boolean;
  readonly choice: Choice | undefined;
  readonly authorization: Authorization | undefined;
  readonly rcti: boolean | undefined;
}

export type SealRow = typeof scenarioSeals.$inferSelect;

/** Whether a choice needs the authorization of the head of the body: never asked of the person (article 48 of the RCTI). */
export const needsAuthorization = (choice: Choice, rcti: boolean | undefined): boolean =>
  !choice.lowest && rcti === true;

async function choiceFacts(files: Files, db: Db, id: string) {
  const { choice, authorization, eligibility } = await files.readFacts(db, id, {
    choice: choiceFact,
    authorization: authorizationFact,
    eligibility: eligibilityFact,
  });
  return { choice: choice.value, authorization: authorization.value, rcti: eligibility.value?.rcti };
}

/** Says how far the fourth step is, and takes back what a change of the catalogue had done to the choice. */
async function reportChoice(files: Files, tx: Tx, id: string): Promise<void> {
  const { choice, authorization, rcti } = await choiceFacts(files, tx, id);
  const missing = [
    ...(choice ? [] : ['Comparez les scénarios et choisissez un fournisseur.']),
    ...(choice && needsAuthorization(choice, rcti) && !authorization
      ? ['Obtenez l’autorisation du dirigeant, puis notez sa référence et sa date.']
      : []),
  ];
  await files.report(tx, id, 'choice', { done: missing.length === 0, missing });
  await files.setAlert(tx, id, undefined);
}

export interface ScenarioPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly files: Files;
  readonly catalogue: CatalogueService;
}

/** From the needs of a file to a choice that can be defended (guide 3.4). */
export function buildScenarios({ db, clock, files, catalogue }: ScenarioPorts) {
  const today = (): string => brokerDate(clock.now()).toString();

  const factsOf = (db: Db, id: string) => choiceFacts(files, db, id);

  async function requestOf(
    db: Db,
    id: string,
  ): Promise<{ request: PricingRequest; requestRevision: number }> {
    const { value, revision: requestRevision } = await files.readFact(db, id, requestFact);
    const read = readRequest(value);
    if (read.kind === 'valid') return { request: read.request, requestRevision };
    throw new CourtierError(
      'refused',
      'Pour calculer les scénarios, répondez d’abord aux questions 5, 6 et 7 de vos besoins : les catégories, la durée et les quantités.',
    );
  }

  const report = (tx: Tx, id: string) => reportChoice(files, tx, id);

  /** A choice that a kickoff meeting stands on, or a signed contract, changes no more (guide 3.5). */
  async function mustNotBeUnderWay(db: Db, id: string): Promise<void> {
    const { value: contract } = await files.readFact(db, id, STEP_FACTS.contract);
    if (contract?.done)
      throw new CourtierError('refused', 'Le contrat de ce dossier est signé : son choix ne change plus.');
    if (contract && contract.missing.length > 0)
      throw new CourtierError(
        'refused',
        'Une rencontre de démarrage est en cours pour ce choix. Annulez-la d’abord (« rencontre »), puis choisissez de nouveau.',
      );
  }

  async function of(id: string, person: PersonKey): Promise<FileComparison> {
    const file = await files.find(id, person);
    const { request, requestRevision } = await requestOf(db, id);
    const { fiches, samples } = await catalogue.current();
    const { choice, authorization, rcti } = await factsOf(db, id);
    return {
      file,
      request,
      requestRevision,
      comparison: compare(request, fiches),
      fiches,
      samples,
      choice,
      authorization,
      rcti,
    };
  }

  /** Holds the file of a comparison that somebody works on; refused when its needs are other ones meanwhile. */
  async function holdGround(tx: Tx, person: Person, held: FileComparison): Promise<void> {
    await files.lockOpen(tx, held.file.id, person);
    if ((await files.readFact(tx, held.file.id, requestFact)).revision !== held.requestRevision)
      throw new CourtierError('refused', 'Les besoins ont changé entre-temps : rouvrez la comparaison.');
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
    await files.setAlert(tx, file.id, undefined);
    await files.record(tx, file.id, person, `Comparaison scellée, empreinte ${hash.slice(0, 12)}.`);
    return row;
  }

  return {
    of,

    /** Keeps the comparison as it stands today; the same one twice is one. */
    async seal(person: Person, id: string): Promise<SealRow> {
      const held = await of(id, person);
      return db.transaction(async (tx) => {
        await holdGround(tx, person, held);
        return sealIn(tx, person, held);
      });
    },

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
      const [row] = await db
        .select()
        .from(scenarioSeals)
        .where(and(eq(scenarioSeals.id, sealId), eq(scenarioSeals.acquisitionId, id)));
      if (!row) throw notFound();
      const fiches: Fiche[] = [];
      for (const { supplier, version } of row.record.fiches) {
        const found = await catalogue.difference(supplier, version);
        if (found) fiches.push(found.fiche);
      }
      return { row, same: seal(row.record.request, fiches, row.record.asOf).hash === row.hash };
    },

    /** Chooses a supplier on the comparison of today, which is sealed with the choice. Chosen twice, the first stays. */
    async choose(person: Person, id: string, supplier: string): Promise<void> {
      const held = await of(id, person);
      const scenario = held.comparison.suppliers.find((each) => each.supplier === supplier);
      await db.transaction(async (tx) => {
        await holdGround(tx, person, held);
        const { rcti } = await factsOf(tx, id);
        if (rcti === undefined)
          throw new CourtierError(
            'refused',
            'Dites d’abord quel genre d’organisation vous êtes : la règle d’autorisation en dépend.',
          );
        if (!scenario)
          throw new CourtierError(
            'refused',
            'Ce fournisseur n’a pas de scénario qui couvre tous vos besoins.',
          );
        await mustNotBeUnderWay(tx, id);
        const row = await sealIn(tx, person, held);
        const choice = choiceOf(scenario, held, row, today());
        if (!(await files.writeFact(tx, id, choiceFact, choice))) return report(tx, id);
        await files.concern(tx, id, 'suppliers', [supplier]);
        // An authorization was given for another choice.
        await files.dropFact(tx, id, authorizationFact);
        await files.record(tx, id, person, `Choix : ${choice.name}.`);
        await report(tx, id);
      });
    },

    /** Notes the authorization of the head of the body. Refused where none is needed, or dated in the future. */
    authorize: (person: Person, id: string, authorization: Authorization): Promise<void> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        const { choice, rcti } = await factsOf(tx, id);
        if (!choice || !needsAuthorization(choice, rcti))
          throw new CourtierError('refused', 'Ce choix ne demande pas d’autorisation du dirigeant.');
        if (authorization.date > today())
          throw new CourtierError('refused', 'La date de l’autorisation est dans l’avenir.');
        if (!(await files.writeFact(tx, id, authorizationFact, authorization))) return;
        await files.record(
          tx,
          id,
          person,
          `Autorisation du dirigeant : ${authorization.reference}, ${authorization.date}.`,
        );
        await report(tx, id);
      }),

    /** The shortlist is seen and kept as it is: the second and third steps are done. */
    confirmShortlist: (person: Person, id: string, offers: number, effect: Id): Promise<void> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        if (!(await files.record(tx, id, person, `Liste d’offres conformes confirmée : ${offers}.`, effect)))
          return;
        await files.report(tx, id, 'catalogue', { done: true, missing: [] });
        await files.report(tx, id, 'shortlist', { done: true, missing: [] });
        await report(tx, id);
      }),
  };
}

export type ScenarioService = ReturnType<typeof buildScenarios>;

function choiceOf(
  scenario: Scenario,
  { comparison, fiches }: FileComparison,
  row: SealRow,
  on: string,
): Choice {
  const lowest = comparison.suppliers[0]?.priceCents ?? scenario.priceCents;
  return {
    supplier: scenario.supplier,
    name:
      fiches.find(({ supplier }) => supplier.id === scenario.supplier)?.supplier.name ?? scenario.supplier,
    seal: row.id,
    priceCents: String(scenario.priceCents),
    gapCents: String(gapOf(scenario.priceCents, lowest).cents),
    lowest: scenario.lowest,
    on,
  };
}
