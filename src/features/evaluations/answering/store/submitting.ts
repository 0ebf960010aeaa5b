import { isDeepStrictEqual } from 'node:util';
import { asc, desc, eq } from 'drizzle-orm';
import { brokerDate } from '../../../../core/business-days.ts';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports.ts';
import { count } from '../../../../core/text.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit, PersonKey } from '../../../people/index.ts';
import { type Evaluation, evaluations, scores, sections, submissions } from '../../tables.ts';
import {
  AGAIN_SCORES,
  type Overall,
  progressOf,
  type SectionAnswers,
  type Snapshot,
  versionOf,
} from '../rules/answers.ts';
import { AGAIN, OVERALL } from '../rules/form.ts';
import { type AnsweringParts, evaluationToAnswer, lockWritable } from './answering.ts';

const isResponsible = (
  { responsibleTenant, responsibleId }: Evaluation,
  { tenantId, objectId }: PersonKey,
): boolean => responsibleTenant === tenantId && responsibleId === objectId;

/** Keeps what is submitted beside what was before, and counts it instead; false when it was submitted already. */
async function recordSubmission(
  tx: Tx,
  person: Person,
  evaluation: Evaluation,
  answers: Snapshot,
  at: Date,
): Promise<boolean> {
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
    .values({ evaluationId, number: (last?.number ?? 0) + 1, answers, tenantId, objectId, by, at });
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
    .set({ state: 'submitted', submittedAt: at, revision: revision + 1 })
    .where(eq(evaluations.id, evaluationId));
  return true;
}

/** What a body submits: the person responsible does it, whole, as often as something changed. */
export function buildSubmitting({
  db,
  clock,
  contracts,
  answered,
  audit,
}: AnsweringParts & { readonly audit: Audit }) {
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now()).toString();

  return {
    /** Takes over the submission for one's body. */
    async takeOverSubmission(person: Person, id: string): Promise<void> {
      await evaluationToAnswer(answered, id, person);
      const { tenantId: responsibleTenant, objectId: responsibleId, name: responsibleName } = person;
      await db.transaction(async (tx) => {
        if (isResponsible(await lockWritable(tx, id, person, { contracts, today: today() }), person)) return;
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
      const { contract, form } = await evaluationToAnswer(answered, id, person);
      return db.transaction(async (tx) => {
        const evaluation = await lockWritable(tx, id, person, { contracts, today: today() });
        if (!isResponsible(evaluation, person))
          throw new CourtierError(
            'refused',
            'Seule la personne responsable soumet l’évaluation. Vous pouvez le devenir.',
          );
        const rows = await tx.select().from(sections).where(eq(sections.evaluationId, id));
        const given = new Map(rows.map((row) => [row.section, row]));
        const { done, total } = progressOf(form, given);
        if (done < total)
          throw new CourtierError('refused', `Il reste ${count(total - done, 'partie')} à remplir.`);
        if (versionOf(given) !== seen) return 'stale';
        const criteria = Object.assign(
          {},
          ...form.groups.map((group) => given.get(group.id)?.answers),
        ) as SectionAnswers;
        const overall = given.get(OVERALL)?.answers as Overall;
        if (!(await recordSubmission(tx, person, evaluation, { criteria, overall }, now()))) return 'done';
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
  };
}
