import { isDeepStrictEqual } from 'node:util';
import { desc, eq } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { RECALLS_CHANGED } from '../../../../core/recalls.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../../people/index.ts';
import { type Evaluation, evaluations, scores, submissions } from '../../tables.ts';
import { AGAIN_SCORES, type Snapshot } from '../rules/answers.ts';
import { AGAIN, OVERALL } from '../rules/form.ts';
import { missingOf, snapshotOf, versionOf } from '../rules/reconciling.ts';
import type { FrozenGround } from '../rules/record.ts';
import {
  type AnsweringParts,
  evaluationToAnswer,
  keepReference,
  lockWritable,
  type Says,
  savePart,
} from './answering.ts';
import { contributionsTo, isResponsible, reconciledBy } from './contributions.ts';

/** What became of a submission: `missing` and `changed` keep what was given with it, and submit nothing. */
export type Submitted =
  | { readonly kind: 'done' | 'stale' | 'changed' }
  | { readonly kind: 'missing'; readonly titles: readonly string[] };

/**
 * Freezes what is submitted beside what was before, and counts it instead; false when the same was submitted already.
 */
async function recordSubmission(
  tx: Tx,
  person: Person,
  evaluation: Evaluation,
  answers: Snapshot,
  ground: FrozenGround,
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
  const number = (last?.number ?? 0) + 1;
  await tx.insert(submissions).values({ evaluationId, number, answers, ground, tenantId, objectId, by, at });
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
  queue,
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
     * Submits for the body, with what the card says: the person responsible, once everything is answered. What is
     * given is kept whatever becomes of it. The same submission twice is one. `changed` when a colleague answered
     * since the card of `seen` was drawn.
     */
    async submit(person: Person, id: string, seen: number, says?: Says): Promise<Submitted> {
      const found = await evaluationToAnswer(answered, id, person);
      const { contract, form, ground } = found;
      const given = says?.(found);
      return db.transaction(async (tx): Promise<Submitted> => {
        const evaluation = await lockWritable(tx, id, person, { contracts, today: today() });
        if (!isResponsible(evaluation, person))
          throw new CourtierError(
            'refused',
            'Seule la personne responsable soumet l’évaluation. Vous pouvez le devenir.',
          );
        if (given && (await savePart(tx, person, id, form, given, now())) === 'stale')
          return { kind: 'stale' };
        if (given?.overall) await keepReference(tx, person, contract.id, given.overall, contracts);
        const contributions = (await contributionsTo(tx, [id])).get(id) ?? [];
        if (versionOf(contributions.filter((each) => !isSame(each, person))) !== seen)
          return { kind: 'changed' };
        const reconciled = reconciledBy(evaluation, form, contributions);
        const answers = snapshotOf(form, reconciled);
        if (!answers) return { kind: 'missing', titles: missingOf(form, reconciled) };
        if (!(await recordSubmission(tx, person, evaluation, answers, ground, now())))
          return { kind: 'done' };
        await contracts.evaluated(tx, person, contract, evaluation);
        // Those who contributed hear what became of their answers.
        await queue.publish(tx, RECALLS_CHANGED, {});
        await audit.record(tx, person, 'evaluation.submit', id);
        return { kind: 'done' };
      });
    },
  };
}
