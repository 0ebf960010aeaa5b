import { isDeepStrictEqual } from 'node:util';
import { and, eq, getViewSelectedFields, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { readRows } from '../../../../core/rows/raw.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { contractTable } from '../../../contracts/index.ts';
import { actingView, type PersonKey } from '../../../people/index.ts';
import type { EvaluationStanding } from '../../rules/standing.ts';
import { campaigns, type Evaluation, evaluations } from '../../tables.ts';
import type { Snapshot } from '../rules/answers.ts';
import type { Form } from '../rules/form.ts';
import { type Contribution, type Reconciled, snapshotOf, versionOf } from '../rules/reconciling.ts';
import type { FrozenGround, OfficialRecord } from '../rules/record.ts';
import { contributionsTo, isResponsible, reconciledBy } from './contributions.ts';
import type { OfficialParts, OfficialRecords, Signature } from './official.ts';
import { signedOn } from './signed-on.ts';
import { standingNow } from './standings.ts';

export interface AnsweredParts extends OfficialParts {
  readonly db: Db;
  readonly clock: Clock;
}

type Contract = typeof contractTable.$inferSelect;

/** An evaluation as it is being answered, and as it was submitted. */
export interface Answered {
  readonly evaluation: Evaluation;
  readonly contract: Contract;
  readonly form: Form;
  /** Whether the person submits for the body. */
  readonly mine: boolean;
  /** What the person answered, and what each colleague did. */
  readonly own: Contribution | undefined;
  readonly others: readonly Contribution[];
  /** Grows with each answer of a colleague. */
  readonly seen: number;
  readonly reconciled: Reconciled;
  /** What would be frozen with the answers now. */
  readonly ground: FrozenGround;
  /** The latest submission, as it was. */
  readonly official: OfficialRecord | undefined;
  readonly signatures: readonly Signature[];
  /** When the head signed it, as it was noted last. */
  readonly signedOn: string | null;
  /** Whether the body's people answer otherwise than what was submitted. */
  readonly changed: boolean;
  /** Whether whoever was to submit does not act for the body any more. */
  readonly responsibleLeft: boolean;
  /** What was submitted of the same contract the time before. */
  readonly before: { readonly year: number; readonly answers: Snapshot } | undefined;
  /** How other bodies may reach the person about this contract; undefined when they may not (guide 4.6). */
  readonly reference: string | undefined;
  readonly standing: EvaluationStanding;
}

/** An evaluation with what is known of its contract and its campaign. */
export const evaluationFields = {
  evaluation: evaluations,
  contract: getViewSelectedFields(contractTable),
  campaign: campaigns.state,
  kind: campaigns.kind,
  signedOn,
};

/** Evaluations with their contracts and campaigns. */
export const rowsOf = (db: Db) =>
  db
    .select(evaluationFields)
    .from(evaluations)
    .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
    .innerJoin(campaigns, eq(campaigns.id, evaluations.campaignId));

/** Whether whoever submits an evaluation `e` of a body acts for it no more. */
export const responsibleLeft = sql`(e.responsible_id = '' or e.organization_id is not null and not exists (
  select 1 from ${actingView} r where r.tenant_id = e.responsible_tenant and r.object_id = e.responsible_id
    and r.organization_id = e.organization_id))`;

async function hasLeft(db: Db, { id }: Pick<Evaluation, 'id'>): Promise<boolean> {
  const statement = sql`select ${responsibleLeft} as "left" from ${evaluations} e where e.id = ${id}::uuid`;
  const [row] = await readRows(db, statement, z.object({ left: z.boolean() }));
  return row?.left ?? false;
}

export type AnsweredEvaluations = ReturnType<typeof buildAnsweredEvaluations>;

/** An evaluation that a person may see: as it is answered, and what became of it. */
export function buildAnsweredEvaluations(
  { db, clock, contracts, forms }: AnsweredParts,
  records: OfficialRecords,
) {
  const today = () => brokerDate(clock.now()).toString();
  return {
    /** An evaluation, for somebody who sees its contract; for anyone else it does not exist. */
    async evaluationSeenBy(id: string, person: PersonKey): Promise<Answered> {
      const [row] = await rowsOf(db).where(and(eq(evaluations.id, id), contracts.visible(person)));
      if (!row) throw notFound();
      const { evaluation, contract, campaign, signedOn } = row;
      const form = forms.version(evaluation.form);
      const [given, official, ground, signatures, left, before, reference] = await Promise.all([
        contributionsTo(db, [id]),
        records.latestRecord(evaluation, contract, person),
        records.groundOf(evaluation, contract, person, today()),
        records.signaturesOf(id),
        hasLeft(db, evaluation),
        records.submittedBefore(evaluation),
        contracts.consented(contract.id, person),
      ]);
      const contributions = given.get(id) ?? [];
      const own = contributions.find((each) => isSame(each, person));
      const others = contributions.filter((each) => each !== own);
      const reconciled = reconciledBy(evaluation, form, contributions);
      return {
        evaluation,
        contract,
        form,
        mine: isResponsible(evaluation, person),
        own,
        others,
        seen: versionOf(others),
        reconciled,
        ground,
        official,
        signatures,
        signedOn,
        changed: official !== undefined && !isDeepStrictEqual(snapshotOf(form, reconciled), official.answers),
        responsibleLeft: left,
        before,
        reference,
        standing: standingNow(
          { evaluation, campaign, signedOn },
          forms,
          reconciled,
          official?.answers,
          today(),
        ),
      };
    },
  };
}
