import { and, asc, desc, eq, gt, gte, inArray, type SQL, sql } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { thingOf } from '../../../../core/recalls.ts';
import { BROKER_ZONE, brokerDate } from '../../../../core/time/business-days.ts';
import { followerTable } from '../../../contracts/index.ts';
import { actingView, type PersonKey } from '../../../people/index.ts';
import type { EvaluationStanding } from '../../rules/standing.ts';
import { campaigns, type Evaluation, evaluations, sections, submissions } from '../../tables.ts';
import type { Forms } from '../rules/form.ts';
import { type Contribution, filledBy } from '../rules/reconciling.ts';
import { responsibleLeft } from './answered.ts';
import { contributionsTo, reconciledBy } from './contributions.ts';
import type { ListingParts } from './listing.ts';
import { NEWS_DAYS, type ToldRow } from './told.ts';

/** Evaluations read at once, of all those that colleagues answered of late. */
const BATCH = 500;
/** Before all others. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** What is told of an evaluation: that it was submitted, with whoever's answers; that it was set apart, or taken back. */
export const becameThing = (id: string, number: number): string =>
  thingOf('evaluations', `became:${id}:${number}`);
export const apartThing = ({ id, revision }: Pick<Evaluation, 'id' | 'revision'>): string =>
  thingOf('evaluations', `apart:${id}:${revision}`);

const dayIn = (at: SQL): SQL => sql`(${at} at time zone ${BROKER_ZONE})::date`;

/** The day on which others than whoever submits made an evaluation whole; undefined while it is not, or was they who did. */
export function readyOn(
  evaluation: Evaluation,
  forms: Forms,
  contributions: readonly Contribution[],
): Temporal.PlainDate | undefined {
  const { responsibleTenant: tenantId, responsibleId: objectId } = evaluation;
  const [latest] = contributions.toSorted((one, other) => other.at.getTime() - one.at.getTime());
  if (!latest || isSame(latest, { tenantId, objectId })) return undefined;
  const form = forms.version(evaluation.form);
  return filledBy(form, reconciledBy(evaluation, form, contributions)) === 'all'
    ? brokerDate(latest.at)
    : undefined;
}

/** Whoever submits what is ready; where they left, those who follow its contract. */
const ready = (rows: readonly { readonly id: string; readonly step_on: string }[]): SQL => sql`
  with d as (select e.*, r.step_on from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, step_on date)
    join ${evaluations} e on e.id = r.id)
  select e.responsible_tenant as tenant_id, e.responsible_id as object_id,
    ${thingOf('evaluations', '')}::text || e.id as thing, e.step_on, false as urgent
  from d e where not ${responsibleLeft}
  union all
  select f.tenant_id, f.object_id, ${thingOf('evaluations', '')}::text || e.id, e.step_on, false
  from d e join ${followerTable} f on f.contract_id = e.contract_id where ${responsibleLeft}`;

/** Those who answered what somebody else submitted, and still act for its body. */
const became = (since: Date): SQL => sql`
  select distinct s.tenant_id, s.object_id,
    ${thingOf('evaluations', 'became:')}::text || e.id || ':' || x.number as thing, ${dayIn(sql`x.at`)} as step_on, false as urgent
  from ${submissions} x
  join ${evaluations} e on e.id = x.evaluation_id
  join ${sections} s on s.evaluation_id = e.id and s.object_id <> '' and s.at <= x.at
    and not (s.tenant_id = x.tenant_id and s.object_id = x.object_id)
  where x.at >= ${since.toISOString()}::timestamptz
    and (e.organization_id is null or exists (select 1 from ${actingView} p
      where p.tenant_id = s.tenant_id and p.object_id = s.object_id and p.organization_id = e.organization_id))`;

/** Those who look after the contracts that staff set apart, or took back. */
const apart = (since: Date): SQL => sql`
  select f.tenant_id, f.object_id,
    ${thingOf('evaluations', 'apart:')}::text || e.id || ':' || e.revision as thing,
    ${dayIn(sql`e.apart_at`)} as step_on, false as urgent
  from ${evaluations} e join ${followerTable} f on f.contract_id = e.contract_id
  where e.apart_at >= ${since.toISOString()}::timestamptz and e.state <> 'submitted'`;

/** What is told of evaluations once, in the card of the day: what is ready, what became of answers, what was set apart. */
export function buildEvaluationNews({
  db,
  clock,
  forms,
}: Pick<ListingParts, 'db' | 'clock'> & { readonly forms: Forms }) {
  const since = () => asDate(clock.now().subtract({ hours: 24 * NEWS_DAYS }));

  /** Open ones that somebody answered of late, the next ones after an id. */
  const answeredAfter = (id: string): Promise<Evaluation[]> =>
    db
      .selectDistinct({ evaluation: evaluations })
      .from(evaluations)
      .innerJoin(campaigns, and(eq(campaigns.id, evaluations.campaignId), eq(campaigns.state, 'open')))
      .innerJoin(sections, and(eq(sections.evaluationId, evaluations.id), gte(sections.at, since())))
      .where(and(gt(evaluations.id, id), eq(evaluations.state, 'open')))
      .orderBy(asc(evaluations.id))
      .limit(BATCH)
      .then((rows) => rows.map(({ evaluation }) => evaluation));

  return {
    /** To whom what is to be told. */
    async *dueNews(): AsyncGenerator<SQL> {
      for (let after = NO_ID; ; ) {
        const rows = await answeredAfter(after);
        const given = await contributionsTo(
          db,
          rows.map(({ id }) => id),
        );
        const found = rows.flatMap((row) => {
          const on = readyOn(row, forms, given.get(row.id) ?? []);
          return on ? [{ id: row.id, step_on: on.toString() }] : [];
        });
        if (found.length > 0) yield ready(found);
        if (rows.length < BATCH) break;
        after = rows.at(-1)?.id ?? after;
      }
      yield became(since());
      yield apart(since());
    },
  };
}

/** What became of a person's answers of late, once somebody else submitted them. */
export async function becameOf(
  db: Db,
  person: PersonKey,
  rows: readonly ToldRow[],
  given: ReadonlyMap<string, readonly Contribution[]>,
  standings: ReadonlyMap<string, EvaluationStanding>,
) {
  if (rows.length === 0) return [];
  const byId = new Map(rows.map((row) => [row.evaluation.id, row]));
  const last = await db
    .selectDistinctOn([submissions.evaluationId])
    .from(submissions)
    .where(inArray(submissions.evaluationId, [...byId.keys()]))
    .orderBy(submissions.evaluationId, desc(submissions.number));
  return last.flatMap((submission) => {
    const row = byId.get(submission.evaluationId);
    const standing = standings.get(submission.evaluationId);
    const own = given.get(submission.evaluationId)?.find((each) => isSame(each, person));
    return row && standing && own && !isSame(submission, person)
      ? [{ ...row, standing, own, submission, on: brokerDate(submission.at) }]
      : [];
  });
}

/** What staff set apart of late of the contracts that a person looks after, or took back. */
export const apartOf = (rows: readonly ToldRow[], standings: ReadonlyMap<string, EvaluationStanding>) =>
  rows.flatMap((row) => {
    const standing = standings.get(row.evaluation.id);
    const { apartAt } = row.evaluation;
    return standing && apartAt ? [{ ...row, standing, on: brokerDate(apartAt) }] : [];
  });
