import { isDeepStrictEqual } from 'node:util';
import { desc, inArray } from 'drizzle-orm';
import type { Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { CampaignState } from '../../campaigns/rules/states.ts';
import { type EvaluationStanding, standingOn } from '../../rules/standing.ts';
import { type Evaluation, submissions } from '../../tables.ts';
import type { Snapshot } from '../rules/answers.ts';
import type { Forms } from '../rules/form.ts';
import { type Contribution, filledBy, type Reconciled, snapshotOf } from '../rules/reconciling.ts';
import { contributionsTo, reconciledBy } from './contributions.ts';

/** An evaluation with what its standing depends on in its campaign and its contract. */
export interface ToStand {
  readonly evaluation: Evaluation;
  readonly campaign: CampaignState;
  /** When the head signed it. */
  readonly signedOn: string | null;
}

const dayOf = (at: Date): string => brokerDate(at).toString();

/** Where an evaluation stands today, by its people's answers and what was submitted last. */
export function standingNow(
  { evaluation, campaign, signedOn }: ToStand,
  forms: Forms,
  reconciled: Reconciled,
  submitted: Snapshot | undefined,
  today: string,
): EvaluationStanding {
  const { state, apartBy, excludedWhy, opensOn, closesOn, submittedAt } = evaluation;
  const form = forms.version(evaluation.form);
  return standingOn(
    {
      state,
      apartBy,
      excludedWhy,
      campaign,
      opensOn,
      closesOn,
      submittedOn: submittedAt ? dayOf(submittedAt) : undefined,
      signedOn,
      filled: filledBy(form, reconciled),
      changed: submitted !== undefined && !isDeepStrictEqual(snapshotOf(form, reconciled), submitted),
    },
    today,
  );
}

/** The latest submission of each evaluation. */
async function latestSubmissions(from: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Snapshot>> {
  if (ids.length === 0) return new Map();
  const rows = await from
    .selectDistinctOn([submissions.evaluationId], {
      id: submissions.evaluationId,
      answers: submissions.answers,
    })
    .from(submissions)
    .where(inArray(submissions.evaluationId, [...ids]))
    .orderBy(submissions.evaluationId, desc(submissions.number));
  return new Map(rows.map(({ id, answers }) => [id, answers]));
}

const NOBODY: readonly Contribution[] = [];

/** Where evaluations stand, however many, in two queries; what people answered may be given, where it was read. */
export const buildStandings =
  ({ db, clock, forms }: { readonly db: Db; readonly clock: Clock; readonly forms: Forms }) =>
  async (
    rows: readonly ToStand[],
    given?: ReadonlyMap<string, readonly Contribution[]>,
  ): Promise<ReadonlyMap<string, EvaluationStanding>> => {
    if (rows.length === 0) return new Map();
    const ids = rows.map(({ evaluation }) => evaluation.id);
    const contributions = given ?? (await contributionsTo(db, ids));
    const submitted = await latestSubmissions(
      db,
      rows.flatMap(({ evaluation: { id, submittedAt } }) => (submittedAt ? [id] : [])),
    );
    const today = brokerDate(clock.now()).toString();
    return new Map(
      rows.map((row) => {
        const { id, form } = row.evaluation;
        const reconciled = reconciledBy(row.evaluation, forms.version(form), contributions.get(id) ?? NOBODY);
        return [id, standingNow(row, forms, reconciled, submitted.get(id), today)];
      }),
    );
  };

export type Standings = ReturnType<typeof buildStandings>;
