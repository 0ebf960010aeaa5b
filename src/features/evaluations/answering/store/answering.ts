import { isDeepStrictEqual } from 'node:util';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { newId } from '../../../../core/id.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import { RECALLS_CHANGED } from '../../../../core/recalls.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import { type Contracts, contractTable } from '../../../contracts/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type EvaluationStanding, standingOn } from '../../rules/standing.ts';
import { campaigns, type Evaluation, evaluations, sections } from '../../tables.ts';
import type { DraftAnswers, DraftOverall } from '../rules/answers.ts';
import { type Form, type Forms, OVERALL } from '../rules/form.ts';
import { groupsOf, type Part } from '../rules/parts.ts';
import { filledBy } from '../rules/reconciling.ts';
import type { Answered, AnsweredEvaluations } from './answered.ts';
import { contributionsTo, isResponsible, reconciledBy } from './contributions.ts';
import { signedOn } from './signed-on.ts';

/** What a card of the form sends: a part of the answers, complete or not. */
export interface Given {
  readonly part: Part;
  /** How often the person wrote this part when the card was drawn. */
  readonly revision: number;
  /** By criterion. */
  readonly criteria: DraftAnswers;
  /** On the second part. */
  readonly overall?: DraftOverall & Reference;
}

/** How other bodies may reach somebody, as a card sends it and as it was drawn; empty when they may not. */
export interface Reference {
  readonly contact: string;
  /** Unknown of a card of the release before. */
  readonly consented?: string | undefined;
}

/** What a card says of an evaluation as it stands: its criteria are those of its form. */
export type Says = (found: Answered) => Given;

export interface AnsweringParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly contracts: Contracts;
  readonly queue: Queue;
  readonly forms: Forms;
  readonly answered: AnsweredEvaluations;
}

const closed = ({ sentence }: EvaluationStanding) =>
  new CourtierError('refused', `Ces réponses ne peuvent pas être enregistrées. ${sentence}`);

/** An evaluation that a person sees and may still answer. */
export async function evaluationToAnswer(
  { evaluationSeenBy }: Pick<AnsweredEvaluations, 'evaluationSeenBy'>,
  id: string,
  person: PersonKey,
): Promise<Answered> {
  const found = await evaluationSeenBy(id, person);
  if (!found.standing.writable) throw closed(found.standing);
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
  if (!row || !campaign) throw notFound();
  const { supplierId } = await contracts.findIn(tx, row.contractId, person);
  const [signed] = await tx
    .select({ on: signedOn })
    .from(evaluations)
    .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
    .where(eq(evaluations.id, id));
  // What was filled or changed has no part in whether it may be.
  const standing = standingOn(
    {
      ...row,
      campaign: campaign.state,
      submittedOn: undefined,
      signedOn: signed?.on ?? null,
      filled: 'none',
      changed: false,
    },
    today,
  );
  if (!standing.writable) throw closed(standing);
  // A contract that was just corrected is evaluated as it is.
  if (supplierId !== row.supplierId)
    await tx.update(evaluations).set({ supplierId }).where(eq(evaluations.id, id));
  return { ...row, supplierId };
}

/** The sections that a card of the form writes. */
const sectionsOf = (form: Form, part: Part): string[] => [
  ...groupsOf(form, part).map(({ id }) => id),
  ...(part === 2 ? [OVERALL] : []),
];

/** How often a person wrote a part. */
export const revisionOf = (
  form: Form,
  part: Part,
  revisions: ReadonlyMap<string, number> = new Map(),
): number => sectionsOf(form, part).reduce((sum, section) => sum + (revisions.get(section) ?? 0), 0);

/** What a card says, section by section; a section about which nothing is said is left out. */
function answersBySection(
  form: Form,
  { part, criteria, overall }: Given,
): Map<string, DraftAnswers | DraftOverall> {
  const found = new Map<string, DraftAnswers | DraftOverall>();
  for (const group of groupsOf(form, part)) {
    const given = group.criteria.flatMap(({ id }) => {
      const answer = criteria[id];
      return answer && (answer.score !== undefined || answer.comment !== '') ? [[id, answer] as const] : [];
    });
    found.set(group.id, Object.fromEntries(given));
  }
  if (overall) {
    const { contact: _contact, consented: _consented, ...view } = overall;
    found.set(OVERALL, view);
  }
  return found;
}

const isEmpty = (answers: object): boolean =>
  Object.values(answers).every((value) => value === undefined || value === '');

/** What the database keeps of an object: what is undefined is not there. */
const asKept = (answers: object): unknown => JSON.parse(JSON.stringify(answers));

/** Writes somebody's own part, unless they wrote something else meanwhile, from another card: `stale` then. */
export async function savePart(
  tx: Tx,
  person: Person,
  id: string,
  form: Form,
  given: Given,
  at: Date,
): Promise<'done' | 'stale'> {
  const mine = and(eq(sections.evaluationId, id), isPerson(sections, person));
  const held = new Map((await tx.select().from(sections).where(mine)).map((row) => [row.section, row]));
  const changed = [...answersBySection(form, given)].filter(([section, answers]) => {
    const known = held.get(section)?.answers;
    return known === undefined ? !isEmpty(answers) : !isDeepStrictEqual(known, asKept(answers));
  });
  if (changed.length === 0) return 'done';
  const revisions = new Map([...held].map(([section, { revision }]) => [section, revision]));
  if (revisionOf(form, given.part, revisions) !== given.revision) return 'stale';
  const { tenantId, objectId, name: by } = person;
  const contributor = [...held.values()][0]?.contributor ?? newId();
  const written = { evaluationId: id, tenantId, objectId, by, at };
  await tx
    .insert(sections)
    .values(
      changed.map(([section, answers]) => ({
        ...written,
        section,
        answers,
        // What they wrote before is theirs under the name that it has.
        contributor: held.get(section)?.contributor ?? contributor,
      })),
    )
    .onConflictDoUpdate({
      target: [sections.evaluationId, sections.section, sections.contributor],
      set: { answers: sql`excluded.answers`, by, at, revision: sql`${sections.revision} + 1` },
    });
  return 'done';
}

/** The answers of a body's members: each keeps their own, complete or not. */
export function buildAnswering({ db, clock, contracts, queue, forms, answered }: AnsweringParts) {
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now()).toString();

  /** Whether a colleague of the person responsible made the answers whole: it is in their next card. */
  async function toldReady(tx: Tx, evaluation: Evaluation, form: Form, person: Person): Promise<boolean> {
    if (evaluation.state !== 'open' || isResponsible(evaluation, person)) return false;
    const contributions = (await contributionsTo(tx, [evaluation.id])).get(evaluation.id) ?? [];
    if (filledBy(form, reconciledBy(evaluation, form, contributions)) !== 'all') return false;
    await queue.publish(tx, RECALLS_CHANGED, {});
    return true;
  }

  return {
    /** Keeps a part of somebody's answers; `stale` when they wrote it meanwhile from another card, `ready` when all is answered. */
    async answer(person: Person, id: string, says: Says): Promise<'done' | 'ready' | 'stale'> {
      const found = await evaluationToAnswer(answered, id, person);
      const given = says(found);
      return db.transaction(async (tx) => {
        const evaluation = await lockWritable(tx, id, person, { contracts, today: today() });
        const form = forms.version(evaluation.form);
        if ((await savePart(tx, person, id, form, given, now())) === 'stale') return 'stale';
        if (given.overall) await keepReference(tx, person, found.contract.id, given.overall, contracts);
        return (await toldReady(tx, evaluation, form, person)) ? 'ready' : 'done';
      });
    },
  };
}

/** How other bodies may reach somebody about a contract (guide 4.6); what a card does not change of it stays. */
export async function keepReference(
  tx: Tx,
  person: Person,
  contract: string,
  { contact, consented }: Reference,
  contracts: Contracts,
): Promise<void> {
  if (contact === consented) return;
  if (contact !== '') await contracts.consentIn(tx, person, contract, contact);
  else await contracts.revokeIn(tx, person, contract);
}
