import { asc, sql } from 'drizzle-orm';
import { isSame } from '../../../../core/people/chosen-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { prepared } from '../../../../core/rows/prepared.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type Evaluation, sections } from '../../tables.ts';
import type { DraftAnswers, DraftOverall } from '../rules/answers.ts';
import { type Form, OVERALL } from '../rules/form.ts';
import { type Contribution, type Reconciled, reconcile } from '../rules/reconciling.ts';

type Row = typeof sections.$inferSelect;

/** Somebody's sections as one contribution. */
function contributionOf(rows: readonly Row[]): Contribution {
  const [{ tenantId = '', objectId = '' } = {}] = rows;
  const overall = rows.find(({ section }) => section === OVERALL);
  const groups = rows.filter((row) => row !== overall);
  return {
    tenantId,
    objectId,
    by: rows.at(-1)?.by ?? '',
    at: rows.at(-1)?.at ?? new Date(0),
    criteria: Object.assign({}, ...groups.map(({ answers }) => answers)) as DraftAnswers,
    overall: (overall?.answers ?? {}) as DraftOverall,
    revisions: new Map(rows.map(({ section, revision }) => [section, revision])),
  };
}

/** However many they are, it is one statement to the database. */
const sectionsOf = prepared((from) =>
  from
    .select()
    .from(sections)
    .where(sql`${sections.evaluationId} = any(${sql.placeholder('evaluations')}::uuid[])`)
    .orderBy(asc(sections.at), asc(sections.section)),
);

/** What each of a body's people answered, by evaluation; those who were erased stay apart from one another. */
export async function contributionsTo(
  from: Db,
  evaluations: readonly string[],
): Promise<ReadonlyMap<string, readonly Contribution[]>> {
  if (evaluations.length === 0) return new Map();
  const rows = await sectionsOf(from).execute({ evaluations: [...evaluations] });
  return new Map(
    [...Map.groupBy(rows, ({ evaluationId }) => evaluationId)].map(([id, given]) => {
      const authors = Map.groupBy(given, ({ tenantId, objectId, contributor }) =>
        objectId === '' ? contributor : `${tenantId} ${objectId}`,
      );
      return [id, [...authors.values()].map(contributionOf)];
    }),
  );
}

export const isResponsible = (
  { responsibleTenant, responsibleId }: Pick<Evaluation, 'responsibleTenant' | 'responsibleId'>,
  person: PersonKey,
): boolean => responsibleTenant === person.tenantId && responsibleId === person.objectId;

/** What the body says: its people's answers, as the person responsible decides. */
export function reconciledBy(
  evaluation: Pick<Evaluation, 'responsibleTenant' | 'responsibleId'>,
  form: Form,
  contributions: readonly Contribution[],
): Reconciled {
  const { responsibleTenant: tenantId, responsibleId: objectId } = evaluation;
  const own = contributions.find((each) => isSame(each, { tenantId, objectId }));
  return reconcile(
    form,
    own,
    contributions.filter((each) => each !== own),
  );
}
