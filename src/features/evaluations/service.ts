import { isDeepStrictEqual } from 'node:util';
import { and, asc, count, desc, eq, gte, inArray, lte, ne, notInArray, sql } from 'drizzle-orm';
import { brokerDate } from '../../core/business-days.ts';
import { asDate, type Clock, frenchDay } from '../../core/clock.ts';
import { CourtierError, notFound } from '../../core/errors.ts';
import type { Id } from '../../core/id.ts';
import type { Db, Tx } from '../../core/ports.ts';
import { count as pluralOf } from '../../core/text.ts';
import type { Person } from '../../core/turn.ts';
import type { CatalogueService } from '../catalogue/index.ts';
import { type Contracts, contractTable } from '../contracts/index.ts';
import type { Audit, PersonKey } from '../people/index.ts';
import {
  AGAIN_SCORES,
  type Overall,
  progressOf,
  type SectionAnswers,
  type Snapshot,
  versionOf,
} from './answers.ts';
import { AGAIN, type Form, type Forms, OVERALL } from './form.ts';
import type { CampaignState } from './states.ts';
import { campaigns, type Evaluation, evaluations, events, scores, sections, submissions } from './tables.ts';

export interface EvaluationParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly contracts: Contracts;
  readonly catalogue: CatalogueService;
  readonly forms: Forms;
}

type Contract = typeof contractTable.$inferSelect;
type Section = typeof sections.$inferSelect;
export type ContractEvent = typeof events.$inferSelect;

/** An evaluation as it is being answered. */
export interface Answered {
  readonly evaluation: Evaluation;
  readonly contract: Contract;
  readonly form: Form;
  readonly sections: ReadonlyMap<string, Section>;
  readonly events: readonly ContractEvent[];
  /** Amendments signed, and changes of the supplier's fiche, during the year: a sentence each. */
  readonly changes: readonly string[];
  /** How other bodies may reach the person about this contract; undefined when they may not (guide 4.6). */
  readonly reference: string | undefined;
  readonly campaign: CampaignState;
  /** Whether answers may still be given or changed. */
  readonly writable: boolean;
}

const MOST_EVENTS = 200;

const closed = () =>
  new CourtierError('refused', 'Cette évaluation est fermée : vos réponses ne changent plus.');

const isResponsible = (
  { responsibleTenant, responsibleId }: Evaluation,
  { tenantId, objectId }: PersonKey,
): boolean => responsibleTenant === tenantId && responsibleId === objectId;

export type Evaluations = ReturnType<typeof buildEvaluations>;

/** The evaluations of suppliers by their clients (guide 4.9), and what was noted during the year. */
export function buildEvaluations({ db, clock, audit, contracts, catalogue, forms }: EvaluationParts) {
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now()).toString();

  /** An evaluation, for somebody who sees its contract; for anyone else it does not exist. */
  async function of(id: string, person: PersonKey): Promise<Answered> {
    const [row] = await db
      .select({ evaluation: evaluations, contract: contractTable, campaign: campaigns.state })
      .from(evaluations)
      .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
      .innerJoin(campaigns, eq(campaigns.id, evaluations.campaignId))
      .where(and(eq(evaluations.id, id), await contracts.visible(person)));
    if (!row) throw notFound();
    const { evaluation, contract } = row;
    const given = await db.select().from(sections).where(eq(sections.evaluationId, id));
    const year = Temporal.PlainDate.from(evaluation.opensOn).subtract({ years: 1 }).toString();
    const noted = await db
      .select()
      .from(events)
      .where(and(eq(events.contractId, contract.id), gte(events.on, year)))
      .orderBy(asc(events.on));
    return {
      evaluation,
      contract,
      form: forms.version(evaluation.form),
      sections: new Map(given.map((section) => [section.section, section])),
      events: noted,
      changes: await changesOf(contract, year, person),
      reference: await contracts.consented(contract.id, person),
      campaign: row.campaign,
      writable: row.campaign === 'open' && isWritable(evaluation),
    };
  }

  /** From its opening to its last day; a late first answer is taken for as long as the campaign lasts. */
  const isWritable = ({ state, opensOn, closesOn }: Evaluation): boolean =>
    opensOn <= today() && (state === 'open' || (state === 'submitted' && closesOn >= today()));

  async function changesOf(contract: Contract, since: string, person: PersonKey): Promise<string[]> {
    const signed = (await contracts.amendments(contract.id, person))
      .filter(({ signedOn }) => signedOn !== null && signedOn >= since)
      .map(({ number, signedOn, text }) => `Avenant nº ${number}, ${frenchDay(signedOn ?? since)} : ${text}`);
    return [...signed, ...(await catalogue.changesSince(contract.supplierId, since))];
  }

  async function writable(id: string, person: PersonKey): Promise<Answered> {
    const found = await of(id, person);
    if (!found.writable) throw closed();
    return found;
  }

  /** An evaluation that may be answered, which nobody else changes until the transaction ends. */
  async function lockWritable(tx: Tx, id: string): Promise<Evaluation> {
    const campaignOf = tx
      .select({ id: evaluations.campaignId })
      .from(evaluations)
      .where(eq(evaluations.id, id));
    // It does not close meanwhile; those who answer do not wait for one another.
    const [campaign] = await tx
      .select({ state: campaigns.state })
      .from(campaigns)
      .where(inArray(campaigns.id, campaignOf))
      .for('share');
    const [row] = await tx.select().from(evaluations).where(eq(evaluations.id, id)).for('no key update');
    if (!row) throw notFound();
    if (campaign?.state !== 'open' || !isWritable(row)) throw closed();
    return row;
  }

  /** Writes a section if nobody wrote something else meanwhile; `stale` when somebody did. */
  async function save(
    tx: Tx,
    person: Person,
    id: string,
    section: string,
    answers: SectionAnswers | Overall,
    revision: number,
  ): Promise<'done' | 'again' | 'stale'> {
    const { tenantId, objectId, name: by } = person;
    const row = { answers, tenantId, objectId, by, at: now() };
    const written =
      revision === 0
        ? await tx
            .insert(sections)
            .values({ evaluationId: id, section, ...row })
            .onConflictDoNothing()
            .returning({ section: sections.section })
        : await tx
            .update(sections)
            .set({ ...row, revision: revision + 1 })
            .where(
              and(
                eq(sections.evaluationId, id),
                eq(sections.section, section),
                eq(sections.revision, revision),
              ),
            )
            .returning({ section: sections.section });
    if (written.length === 1) return 'done';
    const [held] = await tx
      .select()
      .from(sections)
      .where(and(eq(sections.evaluationId, id), eq(sections.section, section)));
    const own = held?.tenantId === tenantId && held.objectId === objectId;
    return own && held.revision === revision + 1 && isDeepStrictEqual(held.answers, answers)
      ? 'again'
      : 'stale';
  }

  /** Keeps what is submitted beside what was before, and counts it instead; false when it was submitted already. */
  async function record(tx: Tx, person: Person, evaluation: Evaluation, answers: Snapshot): Promise<boolean> {
    const { id: evaluationId, supplierId, year, revision } = evaluation;
    const { tenantId, objectId, name: by } = person;
    const { criteria, overall } = answers;
    const [last] = await tx
      .select()
      .from(submissions)
      .where(eq(submissions.evaluationId, evaluationId))
      .orderBy(desc(submissions.number))
      .limit(1);
    if (last && isDeepStrictEqual(last.answers, answers)) return false;
    await tx
      .insert(submissions)
      .values({ evaluationId, number: (last?.number ?? 0) + 1, answers, tenantId, objectId, by, at: now() });
    await tx.delete(scores).where(eq(scores.evaluationId, evaluationId));
    const common = { evaluationId, supplierId, year };
    const counted = Object.entries(criteria).flatMap(([criterion, { score, comment }]) =>
      score === 'na' ? [] : [{ ...common, criterion, score, comment }],
    );
    await tx
      .insert(scores)
      .values([
        ...counted,
        { ...common, criterion: OVERALL, score: overall.overall, comment: overall.comment },
        { ...common, criterion: AGAIN, score: AGAIN_SCORES[overall.again], comment: '' },
      ]);
    await tx
      .update(evaluations)
      .set({ state: 'submitted', submittedAt: now(), revision: revision + 1 })
      .where(eq(evaluations.id, evaluationId));
    return true;
  }

  return {
    of,

    /** A page of the evaluations that a person is asked for: first those to answer, the first due first. */
    async page(person: PersonKey, page: number, size: number) {
      const where = and(
        ne(evaluations.state, 'excluded'),
        lte(evaluations.opensOn, today()),
        await contracts.visible(person),
      );
      const [counted] = await db
        .select({ total: count() })
        .from(evaluations)
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .where(where);
      const toAnswer = sql`(${evaluations.state} = 'open' and ${campaigns.state} <> 'closed')`;
      const rows = await db
        .select({
          evaluation: evaluations,
          title: contractTable.title,
          supplier: contractTable.supplierName,
          campaign: campaigns.state,
        })
        .from(evaluations)
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .innerJoin(campaigns, eq(campaigns.id, evaluations.campaignId))
        .where(where)
        .orderBy(
          desc(toAnswer),
          sql`case when ${toAnswer} then ${evaluations.closesOn} end`,
          desc(evaluations.closesOn),
          asc(contractTable.number),
        )
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },

    /** How many evaluations of a campaign that are due on a day a person has still to answer. */
    async pending(person: PersonKey, campaign: string, closesOn: string): Promise<number> {
      const [row] = await db
        .select({ n: count() })
        .from(evaluations)
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .where(
          and(
            eq(evaluations.campaignId, campaign),
            eq(evaluations.closesOn, closesOn),
            eq(evaluations.state, 'open'),
            await contracts.visible(person),
          ),
        );
      return row?.n ?? 0;
    },

    /** Keeps the answers of a group. `stale` when a colleague wrote the same group meanwhile. */
    async answer(
      person: Person,
      id: string,
      group: string,
      answers: SectionAnswers,
      revision: number,
    ): Promise<'done' | 'stale'> {
      const { form } = await writable(id, person);
      const found = form.groups.find((each) => each.id === group);
      if (!found) throw notFound();
      const missing = found.criteria.find((criterion) => answers[criterion.id] === undefined);
      if (missing)
        throw new CourtierError('invalid', `Donnez une note à « ${missing.title} », ou « sans objet ».`);
      return db.transaction(async (tx) => {
        await lockWritable(tx, id);
        return (await save(tx, person, id, group, answers, revision)) === 'stale' ? 'stale' : 'done';
      });
    },

    /** Keeps the overall view; `contact` is how other bodies may reach the person, empty when they may not. */
    async answerOverall(
      person: Person,
      id: string,
      answers: Overall,
      contact: string,
      revision: number,
    ): Promise<'done' | 'stale'> {
      const { contract } = await writable(id, person);
      return db.transaction(async (tx) => {
        await lockWritable(tx, id);
        const saved = await save(tx, person, id, OVERALL, answers, revision);
        if (saved !== 'done') return saved === 'stale' ? 'stale' : 'done';
        if (contact !== '') await contracts.consentIn(tx, person, contract.id, contact);
        else await contracts.revokeIn(tx, person, contract.id);
        return 'done';
      });
    },

    /** Takes over the submission for one's body. */
    async take(person: Person, id: string): Promise<void> {
      await writable(id, person);
      const { tenantId: responsibleTenant, objectId: responsibleId, name: responsibleName } = person;
      await db.transaction(async (tx) => {
        if (isResponsible(await lockWritable(tx, id), person)) return;
        await tx
          .update(evaluations)
          .set({ responsibleTenant, responsibleId, responsibleName })
          .where(eq(evaluations.id, id));
        await audit.record(tx, person, 'evaluation.take', id);
      });
    },

    /**
     * Submits for the body: the person responsible, once everything is answered. Each submission is kept; the same one
     * twice is one. `stale` when an answer changed since the summary of `seen`, which they confirm.
     */
    async submit(person: Person, id: string, seen: number): Promise<'done' | 'stale'> {
      const { contract, form } = await writable(id, person);
      return db.transaction(async (tx) => {
        const evaluation = await lockWritable(tx, id);
        if (!isResponsible(evaluation, person))
          throw new CourtierError(
            'refused',
            'Seule la personne responsable soumet l’évaluation. Vous pouvez le devenir.',
          );
        const rows = await tx.select().from(sections).where(eq(sections.evaluationId, id));
        const given = new Map(rows.map((row) => [row.section, row]));
        const { done, total } = progressOf(form, given);
        if (done < total)
          throw new CourtierError('refused', `Il reste ${pluralOf(total - done, 'partie')} à remplir.`);
        if (versionOf(given) !== seen) return 'stale';
        const criteria = Object.assign(
          {},
          ...form.groups.map((group) => given.get(group.id)?.answers),
        ) as SectionAnswers;
        const overall = given.get(OVERALL)?.answers as Overall;
        if (!(await record(tx, person, evaluation, { criteria, overall }))) return 'done';
        if (!evaluation.final) await contracts.evaluated(tx, person, contract, evaluation.year);
        await audit.record(tx, person, 'evaluation.submit', id);
        return 'done';
      });
    },

    /** The numbers of the versions that were submitted. */
    async submitted(id: string): Promise<number[]> {
      const rows = await db
        .select({ number: submissions.number })
        .from(submissions)
        .where(eq(submissions.evaluationId, id))
        .orderBy(asc(submissions.number));
      return rows.map(({ number }) => number);
    },

    /** Notes what happened on a contract, good or bad: it is shown beside the criteria. */
    note: (
      person: Person,
      contract: string,
      event: { readonly on: string; readonly good: boolean; readonly text: string },
      effect: Id,
    ): Promise<void> =>
      contracts.changing(person, contract, async (tx, { signedOn }) => {
        if (event.on < signedOn || event.on > today())
          throw new CourtierError('refused', 'L’événement est entre la signature du contrat et aujourd’hui.');
        const { tenantId, objectId, name: by } = person;
        const added = await tx
          .insert(events)
          .values({ id: effect, contractId: contract, ...event, tenantId, objectId, by, createdAt: now() })
          .onConflictDoNothing()
          .returning({ id: events.id });
        if (added.length === 0) return;
        const [held] = await tx.select({ n: count() }).from(events).where(eq(events.contractId, contract));
        if ((held?.n ?? 0) > MOST_EVENTS)
          throw new CourtierError('refused', `Un contrat garde au plus ${MOST_EVENTS} événements.`);
      }),

    async events(contract: string, person: PersonKey): Promise<ContractEvent[]> {
      await contracts.find(contract, person);
      return db.select().from(events).where(eq(events.contractId, contract)).orderBy(desc(events.on));
    },

    async dropEvent(person: Person, contract: string, event: string): Promise<void> {
      await contracts.find(contract, person);
      await db.delete(events).where(and(eq(events.id, event), eq(events.contractId, contract)));
    },

    async heldOf({ tenantId, objectId }: PersonKey) {
      const mine = (table: typeof events | typeof sections | typeof submissions) =>
        and(eq(table.tenantId, tenantId), eq(table.objectId, objectId));
      return {
        evenements: await db.select({ le: events.on, texte: events.text }).from(events).where(mine(events)),
        reponses: await db
          .select({ partie: sections.section, reponses: sections.answers })
          .from(sections)
          .where(mine(sections)),
        soumissions: await db
          .select({ numero: submissions.number, reponses: submissions.answers })
          .from(submissions)
          .where(mine(submissions)),
      };
    },

    /** The evaluations that a person submits for their body. */
    entrustedTo: ({ tenantId, objectId }: PersonKey) =>
      db
        .select({ fournisseur: evaluations.supplierId, annee: evaluations.year, etat: evaluations.state })
        .from(evaluations)
        .where(and(eq(evaluations.responsibleTenant, tenantId), eq(evaluations.responsibleId, objectId))),

    /** What was answered stays the body's, without who wrote it. */
    async erase(tx: Tx, { tenantId, objectId }: PersonKey): Promise<void> {
      const erased = { objectId: '', by: 'Une personne effacée' };
      for (const table of [events, sections, submissions] as const)
        await tx
          .update(table)
          .set(erased)
          .where(and(eq(table.tenantId, tenantId), eq(table.objectId, objectId)));
      await tx
        .update(evaluations)
        .set({ responsibleId: '', responsibleName: erased.by })
        .where(and(eq(evaluations.responsibleTenant, tenantId), eq(evaluations.responsibleId, objectId)));
    },

    /** Forgets the evaluations and events of contracts that are forgotten (4.12). */
    async purge(): Promise<void> {
      const kept = db.select({ id: contractTable.id }).from(contractTable);
      for (const table of [events, evaluations] as const)
        await db.delete(table).where(notInArray(table.contractId, kept));
    },
  };
}
