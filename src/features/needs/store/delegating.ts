import { and, eq, sql } from 'drizzle-orm';
import { markOf } from '../../../core/cards/showed.ts';
import { asDate, type Clock } from '../../../core/clock.ts';
import { CourtierError, notFound } from '../../../core/errors.ts';
import type { Id } from '../../../core/id.ts';
import { isSame } from '../../../core/people/chosen-person.ts';
import { isPerson } from '../../../core/people/is-person.ts';
import { recipientOf } from '../../../core/people/recipient.ts';
import type { Conversations } from '../../../core/ports/conversations.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import type { Deliveries } from '../../../core/ports/delivery.ts';
import type { Ties } from '../../../core/routes/keeping.ts';
import type { Person } from '../../../core/turn.ts';
import { acquisitionTable, type Files } from '../../acquisitions/index.ts';
import type { Belonging, PersonKey, Quotas } from '../../people/index.ts';
import { answeredMeanwhile } from '../rules/answers.ts';
import type { Needs } from '../rules/facts.ts';
import { QUESTIONS, questionNamed } from '../rules/questions.ts';
import { needsDelegations } from '../tables.ts';
import type { Answering } from './answering.ts';
import { needsFactsOf } from './file-needs.ts';

export type Delegation = typeof needsDelegations.$inferSelect;
type Addressed = Pick<Delegation, 'id' | 'tenantId' | 'objectId' | 'askerTenantId' | 'askerObjectId'>;

/** Those who have a question to answer for an open file, and those who wait for the answer. */
export const delegationTies = (): Ties => sql`
  select w.tenant_id, w.object_id from (
    select d.tenant_id, d.object_id, d.asker_tenant_id, d.asker_object_id from ${needsDelegations} d
    join ${acquisitionTable} a on a.id = d.acquisition_id and a.state = 'open' where d.state = 'waiting') q
  cross join lateral (values (q.tenant_id, q.object_id), (q.asker_tenant_id, q.asker_object_id))
    w (tenant_id, object_id)`;

export interface DelegatingPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  readonly conversations: Conversations;
  readonly files: Files;
  readonly belonging: Belonging;
  readonly quotas: Pick<Quotas, 'spend'>;
}

/** Whether the colleague still acts for the body of the file; of a person's own file, for that of whoever asks. */
const buildMayAnswer =
  ({ db, files, belonging }: Pick<DelegatingPorts, 'db' | 'files' | 'belonging'>) =>
  async (row: Delegation, from: Db = db): Promise<boolean> => {
    const body = await files.bodyOf(row.acquisitionId, from);
    if (body) return (await belonging.bodyOf(row, from))?.id === body;
    return belonging.together(row, { tenantId: row.askerTenantId, objectId: row.askerObjectId }, from);
  };

/** A colleague of the same body who has a chat with the assistant; anyone else is refused. */
const buildColleagueToAsk =
  ({ belonging, conversations }: Pick<DelegatingPorts, 'belonging' | 'conversations'>) =>
  async (person: Person, whom: PersonKey): Promise<Person> => {
    const found = (await belonging.colleagues(person)).find((each) => isSame(each, whom));
    if (!found) throw new CourtierError('refused', 'Choisissez une personne de votre organisation.');
    if (!(await conversations.personal(found)))
      throw new CourtierError(
        'refused',
        `${found.name} n’a pas encore parlé à Courtier : invitez d’abord cette personne à l’installer.`,
      );
    return found;
  };

/** An archived file is no longer answered; nothing else of it is said to the colleague. */
async function mustBeOpen(tx: Tx, file: string): Promise<void> {
  const [row] = await tx
    .select({ state: acquisitionTable.state })
    .from(acquisitionTable)
    .where(eq(acquisitionTable.id, file));
  if (row?.state !== 'open')
    throw new CourtierError('refused', 'Ce dossier est archivé : votre réponse n’y est plus attendue.');
}

/** Why a question that was put to a colleague waits for them no more. */
const NO_MORE = {
  answered: 'Vous avez déjà répondu à cette question. Merci !',
  takenBack: 'Cette question a été reprise : votre réponse n’y est plus attendue. Merci !',
} as const;

/** Questions put to colleagues, who answer them in their own chat. */
export function buildDelegating(ports: DelegatingPorts, { answerIn }: Answering) {
  const { db, clock, deliveries, files, belonging, quotas } = ports;
  const mayAnswer = buildMayAnswer(ports);
  const colleagueToAsk = buildColleagueToAsk(ports);

  /** Puts a question to a colleague, or tells whoever put it that it is answered. */
  function tellIn(tx: Tx, what: 'asked' | 'answered', row: Addressed): Promise<void> {
    const about = `delegation:${row.id}`;
    const asker = { tenantId: row.askerTenantId, objectId: row.askerObjectId };
    return deliveries.address(
      tx,
      { kind: `needs.${what}`, key: `${about}/${what}`, about, subject: { delegation: row.id } },
      [recipientOf(what === 'asked' ? row : asker)],
    );
  }

  async function delegation(id: string): Promise<Delegation | undefined> {
    const [row] = await db.select().from(needsDelegations).where(eq(needsDelegations.id, id));
    return row;
  }

  return {
    /** A question, for whoever may still answer it. */
    async toAnswer(id: string): Promise<Delegation | undefined> {
      const row = await delegation(id);
      return row?.state === 'waiting' && (await mayAnswer(row)) ? row : undefined;
    },

    /** A question for the colleague whose form it is: one that was taken back too. */
    async formOf(id: string, person: PersonKey): Promise<Delegation | undefined> {
      const row = await delegation(id);
      const theirs = row && row.state !== 'answered' && isSame(row, person);
      return theirs && (await mayAnswer(row)) ? row : undefined;
    },

    /** A question that was put, for whoever put it and still sees its file. */
    async put(id: string): Promise<Delegation | undefined> {
      const row = await delegation(id);
      const asker = row && { tenantId: row.askerTenantId, objectId: row.askerObjectId };
      return asker && (await files.seen(row.acquisitionId, asker)) ? row : undefined;
    },

    async tell(what: 'asked' | 'answered', id: string): Promise<void> {
      const row = await delegation(id);
      if (row) await db.transaction((tx) => tellIn(tx, what, row));
    },

    /** Puts a question to a colleague, who is given back. */
    async ask(
      person: Person,
      id: string,
      question: string,
      colleague: PersonKey,
      effect: Id,
    ): Promise<Person> {
      const number = QUESTIONS.indexOf(questionNamed(question)) + 1;
      await files.findFile(id, person);
      const found = await colleagueToAsk(person, colleague);
      await db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        if (!(await belonging.together(person, found, tx))) throw notFound();
        const [added] = await tx
          .insert(needsDelegations)
          .values({
            id: effect,
            acquisitionId: id,
            question,
            ...found,
            askerTenantId: person.tenantId,
            askerObjectId: person.objectId,
            askerName: person.name,
            createdAt: asDate(clock.now()),
          })
          .onConflictDoNothing()
          .returning();
        if (!added) return;
        await quotas.spend(tx, person, 'needs.ask');
        await files.record(tx, id, person, `Question ${number} posée à ${found.name}.`);
        await tellIn(tx, 'asked', added);
      });
      return found;
    },

    /**
     * The colleague's own answer, whatever else changed in the file meanwhile. Refused, with the present answer, where
     * the question has another one than when the form was drawn.
     */
    async answerFor(
      person: Person,
      id: string,
      showed: string,
      submitted: Readonly<Record<string, unknown>>,
    ): Promise<Delegation> {
      const mine = and(eq(needsDelegations.id, id), isPerson(needsDelegations, person));
      return db.transaction(async (tx) => {
        const [row] = await tx.select().from(needsDelegations).where(mine).for('update');
        await belonging.heldBodyOf(tx, person);
        if (!row || !(await mayAnswer(row, tx))) throw notFound();
        if (row.state !== 'waiting') throw new CourtierError('refused', NO_MORE[row.state]);
        await files.holdFile(tx, row.acquisitionId);
        await mustBeOpen(tx, row.acquisitionId);
        const question = questionNamed(row.question);
        const isSeen = ({ answers }: Needs) => markOf(answers[question.id]) === showed;
        if (!(await answerIn(tx, row.acquisitionId, person, question, submitted, isSeen))) {
          const { needs } = await needsFactsOf(files, tx, row.acquisitionId);
          throw new CourtierError('refused', answeredMeanwhile(question, needs));
        }
        await tx.update(needsDelegations).set({ state: 'answered' }).where(mine);
        await tellIn(tx, 'answered', row);
        return row;
      });
    },
  };
}
