import { and, asc, desc, eq, gte, lt, lte, ne } from 'drizzle-orm';
import { frenchDay } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import type { Contracts } from '../../../contracts/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type Evaluation, evaluations, events, signatures, submissions } from '../../tables.ts';
import type { Snapshot } from '../rules/answers.ts';
import type { Forms } from '../rules/form.ts';
import {
  type ContractFacts,
  contractFacts,
  type FrozenGround,
  type Memory,
  type OfficialRecord,
  timeOf,
} from '../rules/record.ts';

export interface OfficialParts {
  readonly db: Db;
  readonly contracts: Contracts;
  readonly catalogue: CatalogueService;
  readonly organizations: { namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> };
  readonly forms: Forms;
}

/** A signature of the head's as it was noted, or corrected. */
export type Signature = typeof signatures.$inferSelect;

type Contract = ContractFacts & { readonly id: string; readonly supplierId: string };

const dayOf = (at: Date): string => brokerDate(at).toString();
const earlier = (one: string, other: string): string => (one < other ? one : other);

export type OfficialRecords = ReturnType<typeof buildOfficialRecords>;

/** What was submitted, as it was; and what a draft would freeze now. */
export function buildOfficialRecords({ db, contracts, catalogue, organizations, forms }: OfficialParts) {
  /** What happened in an evaluation's time until a day; of what was noted, what was by then. */
  async function memoryOf(
    evaluation: Evaluation,
    contract: Contract,
    person: PersonKey,
    until: string,
    notedBy?: Date,
  ): Promise<Memory> {
    const time = timeOf(evaluation, contract);
    const { from } = time;
    const to = earlier(time.to, until);
    const noted = await db
      .select({ on: events.on, good: events.good, text: events.text, criterion: events.criterion })
      .from(events)
      .where(
        and(
          eq(events.contractId, contract.id),
          gte(events.on, from),
          lte(events.on, to),
          ...(notedBy ? [lte(events.createdAt, notedBy)] : []),
        ),
      )
      .orderBy(asc(events.on), asc(events.createdAt));
    const signed = (await contracts.amendments(contract.id, person)).flatMap(({ number, signedOn, text }) =>
      signedOn && signedOn >= from && signedOn <= to
        ? [`Avenant nº ${number}, ${frenchDay(signedOn)} : ${text}`]
        : [],
    );
    const changes = [...signed, ...(await catalogue.changesSince(contract.supplierId, from, to))];
    return { from, to, events: noted, changes };
  }

  /** All that a submission says beside its answers. */
  async function groundOf(
    evaluation: Evaluation,
    contract: Contract,
    person: PersonKey,
    until: string,
    notedBy?: Date,
  ): Promise<FrozenGround> {
    const { organizationId, year, final, form } = evaluation;
    const names = await organizations.namesOf(organizationId ? [organizationId] : []);
    return {
      organization: names.get(organizationId ?? '') ?? '',
      contract: contractFacts(contract),
      year,
      final,
      form: forms.version(form),
      memory: await memoryOf(evaluation, contract, person, until, notedBy),
    };
  }

  return {
    groundOf,

    /** The latest submission, whole. What was submitted before its ground was kept is drawn as of its day. */
    async latestRecord(
      evaluation: Evaluation,
      contract: Contract,
      person: PersonKey,
    ): Promise<OfficialRecord | undefined> {
      const [row] = await db
        .select()
        .from(submissions)
        .where(eq(submissions.evaluationId, evaluation.id))
        .orderBy(desc(submissions.number))
        .limit(1);
      if (!row) return undefined;
      const { number, answers, by, at } = row;
      const ground = row.ground ?? (await groundOf(evaluation, contract, person, dayOf(at), at));
      return { ...ground, number, answers, by, at };
    },

    /** The head's signature and its corrections, the first one first. */
    signaturesOf: (evaluation: string): Promise<Signature[]> =>
      db
        .select()
        .from(signatures)
        .where(eq(signatures.evaluationId, evaluation))
        .orderBy(asc(signatures.number)),

    /** What was submitted of the same contract before, the latest. */
    async submittedBefore({
      id,
      contractId,
      submittedAt,
    }: Evaluation): Promise<{ readonly year: number; readonly answers: Snapshot } | undefined> {
      const [row] = await db
        .select({ year: evaluations.year, answers: submissions.answers })
        .from(submissions)
        .innerJoin(evaluations, eq(evaluations.id, submissions.evaluationId))
        .where(
          and(
            eq(evaluations.contractId, contractId),
            ne(evaluations.id, id),
            ...(submittedAt ? [lt(submissions.at, submittedAt)] : []),
          ),
        )
        .orderBy(desc(submissions.at), desc(submissions.number))
        .limit(1);
      return row;
    },
  };
}
