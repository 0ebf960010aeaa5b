import { isDeepStrictEqual } from 'node:util';
import { and, eq, inArray } from 'drizzle-orm';
import { brokerDate } from '../../../../core/business-days.ts';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Contracts } from '../../../contracts/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { campaigns, type Evaluation, evaluations, sections } from '../../tables.ts';
import type { Overall, SectionAnswers } from '../rules/answers.ts';
import { OVERALL } from '../rules/form.ts';
import { type Answered, type AnsweredEvaluations, isWritable } from './answered.ts';

const closed = () =>
  new CourtierError('refused', 'Cette évaluation est fermée : vos réponses ne changent plus.');

/** An evaluation that a person sees and may still answer. */
export async function evaluationToAnswer(
  { evaluationSeenBy }: Pick<AnsweredEvaluations, 'evaluationSeenBy'>,
  id: string,
  person: PersonKey,
): Promise<Answered> {
  const found = await evaluationSeenBy(id, person);
  if (!found.writable) throw closed();
  return found;
}

/** An evaluation that a person may answer, which nobody else changes until the transaction ends. */
export async function lockWritable(
  tx: Tx,
  id: string,
  person: PersonKey,
  { contracts, today }: { readonly contracts: Contracts; readonly today: string },
): Promise<Evaluation> {
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
  await contracts.findIn(tx, row.contractId, person);
  if (campaign?.state !== 'open' || !isWritable(row, today)) throw closed();
  return row;
}

/** Writes a section if nobody wrote something else meanwhile; `stale` when somebody did. */
async function saveSection(
  tx: Tx,
  person: Person,
  id: string,
  section: string,
  answers: SectionAnswers | Overall,
  revision: number,
  at: Date,
): Promise<'done' | 'again' | 'stale'> {
  const { tenantId, objectId, name: by } = person;
  const row = { answers, tenantId, objectId, by, at };
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

export interface AnsweringParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly contracts: Contracts;
  readonly answered: AnsweredEvaluations;
}

/** The answers of a body's members, group by group: whoever writes second is told. */
export function buildAnswering({ db, clock, contracts, answered }: AnsweringParts) {
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now()).toString();

  return {
    /** Keeps the answers of a group. `stale` when a colleague wrote the same group meanwhile. */
    async answer(
      person: Person,
      id: string,
      group: string,
      answers: SectionAnswers,
      revision: number,
    ): Promise<'done' | 'stale'> {
      const { form } = await evaluationToAnswer(answered, id, person);
      const found = form.groups.find((each) => each.id === group);
      if (!found) throw notFound();
      const missing = found.criteria.find((criterion) => answers[criterion.id] === undefined);
      if (missing)
        throw new CourtierError('invalid', `Donnez une note à « ${missing.title} », ou « sans objet ».`);
      return db.transaction(async (tx) => {
        await lockWritable(tx, id, person, { contracts, today: today() });
        return (await saveSection(tx, person, id, group, answers, revision, now())) === 'stale'
          ? 'stale'
          : 'done';
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
      const { contract } = await evaluationToAnswer(answered, id, person);
      return db.transaction(async (tx) => {
        await lockWritable(tx, id, person, { contracts, today: today() });
        const saved = await saveSection(tx, person, id, OVERALL, answers, revision, now());
        if (saved !== 'done') return saved === 'stale' ? 'stale' : 'done';
        if (contact !== '') await contracts.consentIn(tx, person, contract.id, contact);
        else await contracts.revokeIn(tx, person, contract.id);
        return 'done';
      });
    },
  };
}
