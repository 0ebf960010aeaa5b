import { isDeepStrictEqual } from 'node:util';
import { and, eq, or } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import { CourtierError, notFound } from '../../../core/errors.ts';
import type { Id } from '../../../core/id.ts';
import type { Conversations, Db, Deliveries, Tx } from '../../../core/ports.ts';
import type { Person } from '../../../core/turn.ts';
import {
  type AcquisitionFile,
  boundOf,
  boundText,
  type Eligibility,
  eligibilityFact,
  exclusionOf,
  type Files,
  KINDS_OF_BODY,
  requestFact,
} from '../../acquisitions/index.ts';
import type { Belonging, PersonKey } from '../../people/index.ts';
import { progressOf, readAnswer, requestOf, withAnswer } from '../rules/answers.ts';
import { considerationsOf } from '../rules/considerations.ts';
import { type Needs, NO_NEEDS, needsFact } from '../rules/facts.ts';
import { categoriesOf, QUESTIONS, type Question, questionOf } from '../rules/questions.ts';
import { needsDelegations } from '../tables.ts';

/** A file's needs as they stand. */
export interface FileNeeds {
  readonly file: AcquisitionFile;
  readonly needs: Needs;
  /** To be given back when an answer is saved. */
  readonly revision: number;
  readonly eligibility: Eligibility | undefined;
  /** Questions that wait for a colleague, with their name. */
  readonly asked: ReadonlyMap<string, string>;
}

export type Delegation = typeof needsDelegations.$inferSelect;
type Addressed = Pick<Delegation, 'id' | 'tenantId' | 'objectId' | 'askerTenantId' | 'askerObjectId'>;

/** What the form of eligibility says. */
export type Answered = Pick<Eligibility, 'kind' | 'bound' | 'condition'>;

export interface NeedsPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  readonly conversations: Conversations;
  readonly files: Files;
  readonly belonging: Belonging;
}

/** Eligibility and the thirteen questions of a file (guide 2.4 and 3.1). */
export function buildNeeds({ db, clock, deliveries, conversations, files, belonging }: NeedsPorts) {
  async function factsOf(db: Db, id: string) {
    const { needs, eligibility } = await files.readFacts(db, id, {
      needs: needsFact,
      eligibility: eligibilityFact,
    });
    return {
      needs: needs.value ?? NO_NEEDS,
      revision: needs.revision,
      eligibility: eligibility.value,
    };
  }

  files.concludes('needs', async (from, id) => {
    const { needs, eligibility } = await factsOf(from, id);
    const { done, total } = progressOf(needs);
    const exclusion = exclusionOf(eligibility);
    const missing = [
      ...(eligibility ? [] : ['Dites quel genre d’organisation vous êtes.']),
      ...(exclusion ? [exclusion] : []),
      ...(done < total
        ? [`${total - done} question${total - done > 1 ? 's' : ''} sur ${total} à répondre ou à revoir.`]
        : []),
    ];
    return { done: missing.length === 0, missing, considerations: considerationsOf(needs, eligibility) };
  });

  /** Keeps the request that the answers make, and what the file is about. */
  async function derive(tx: Tx, id: string): Promise<void> {
    const { needs } = await factsOf(tx, id);
    await files.writeFact(tx, id, requestFact, requestOf(needs) ?? {});
    await files.concern(tx, id, 'categories', categoriesOf(needs.answers));
  }

  /** Within a transaction that holds the file. False when somebody gave another answer meanwhile. */
  async function save(
    tx: Tx,
    id: string,
    person: Person,
    question: Question,
    submitted: Readonly<Record<string, unknown>>,
    revision: number | undefined,
  ): Promise<boolean> {
    const { needs, revision: current } = await factsOf(tx, id);
    const answer = readAnswer(question, needs.answers, submitted);
    if (revision !== undefined && revision !== current)
      return isDeepStrictEqual(answer, needs.answers[question.id]) && !needs.review.includes(question.id);
    if (!(await files.writeFact(tx, id, needsFact, withAnswer(needs, question.id, answer)))) return true;
    await files.record(tx, id, person, `Question ${QUESTIONS.indexOf(question) + 1} répondue.`, {
      about: 'needs',
    });
    await derive(tx, id);
    return true;
  }

  const known = (id: string): Question => {
    const question = questionOf(id);
    if (!question) throw notFound();
    return question;
  };

  /** Puts a question to a colleague, or tells whoever put it that it is answered. */
  const tell = (tx: Tx, what: 'asked' | 'answered', row: Addressed): Promise<void> =>
    deliveries.address(
      tx,
      {
        kind: `needs.${what}`,
        key: `delegation:${row.id}/${what}`,
        about: `delegation:${row.id}`,
        subject: { delegation: row.id },
      },
      [
        what === 'asked'
          ? { kind: 'person', tenantId: row.tenantId, objectId: row.objectId }
          : { kind: 'person', tenantId: row.askerTenantId, objectId: row.askerObjectId },
      ],
    );

  async function delegation(id: string): Promise<Delegation | undefined> {
    const [row] = await db.select().from(needsDelegations).where(eq(needsDelegations.id, id));
    return row;
  }

  return {
    delegation,

    async tell(what: 'asked' | 'answered', id: string): Promise<void> {
      const row = await delegation(id);
      if (row) await db.transaction((tx) => tell(tx, what, row));
    },

    async of(id: string, person: PersonKey): Promise<FileNeeds> {
      const file = await files.find(id, person);
      const { needs, revision, eligibility } = await factsOf(db, id);
      const waiting = await db
        .select()
        .from(needsDelegations)
        .where(and(eq(needsDelegations.acquisitionId, id), eq(needsDelegations.state, 'waiting')));
      return {
        file,
        needs,
        revision,
        eligibility,
        asked: new Map(waiting.map((row) => [row.question, row.name])),
      };
    },

    /** Keeps what the organization says of itself; for the body of the person as well, for their next files. */
    setEligibility: (person: Person, id: string, { kind, ...said }: Answered): Promise<void> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        const { eligibility: before } = await factsOf(tx, id);
        // What is not said again stays said, of the same kind of organization.
        const kept = before?.kind === kind ? before : undefined;
        const bound = said.bound ?? (kept ? boundOf(kept) : 'unknown');
        const condition = said.condition ?? kept?.condition;
        const value: Eligibility = { kind, bound, rcti: bound === 'yes', ...(condition && { condition }) };
        await belonging.setKind(tx, person, kind, value.rcti);
        if (!(await files.writeFact(tx, id, eligibilityFact, value))) return;
        await files.record(
          tx,
          id,
          person,
          `Admissibilité : ${KINDS_OF_BODY[kind].title} · ${boundText(boundOf(value))}.`,
          { about: 'body' },
        );
      }),

    /** False when somebody answered meanwhile: the form is to be seen again. */
    answer: (
      person: Person,
      id: string,
      question: string,
      revision: number,
      submitted: Readonly<Record<string, unknown>>,
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        return save(tx, id, person, known(question), submitted, revision);
      }),

    /** Puts a question to a colleague of the same body who has a chat with the assistant. */
    async ask(
      person: Person,
      id: string,
      question: string,
      colleague: PersonKey,
      effect: Id,
    ): Promise<Person> {
      const number = QUESTIONS.indexOf(known(question)) + 1;
      await files.find(id, person);
      const found = (await belonging.colleagues(person)).find(
        ({ tenantId, objectId }) => tenantId === colleague.tenantId && objectId === colleague.objectId,
      );
      if (!found) throw new CourtierError('refused', 'Choisissez une personne de votre organisation.');
      if (!(await conversations.personal(found)))
        throw new CourtierError(
          'refused',
          `${found.name} n’a pas encore parlé à Courtier : invitez d’abord cette personne à l’installer.`,
        );
      await db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
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
        await files.record(tx, id, person, `Question ${number} posée à ${found.name}.`);
        await tell(tx, 'asked', added);
      });
      return found;
    },

    /** The answers that a delegated question's form stands on; nothing else of the file. */
    needsOf: async (id: string): Promise<Needs> => (await factsOf(db, id)).needs,

    /** The colleague's own answer, whatever else changed in the file meanwhile. */
    async answerFor(
      person: Person,
      id: string,
      submitted: Readonly<Record<string, unknown>>,
    ): Promise<Delegation> {
      const mine = and(
        eq(needsDelegations.id, id),
        eq(needsDelegations.tenantId, person.tenantId),
        eq(needsDelegations.objectId, person.objectId),
      );
      return db.transaction(async (tx) => {
        const [row] = await tx.select().from(needsDelegations).where(mine).for('update');
        if (!row) throw notFound();
        if (row.state === 'answered')
          throw new CourtierError('refused', 'Vous avez déjà répondu à cette question. Merci !');
        await files.hold(tx, row.acquisitionId);
        await save(tx, row.acquisitionId, person, known(row.question), submitted, undefined);
        await tx.update(needsDelegations).set({ state: 'answered' }).where(mine);
        await tell(tx, 'answered', row);
        return row;
      });
    },

    /** The questions that a person received, and those that they put to colleagues. */
    async heldOf({ tenantId, objectId }: PersonKey) {
      const { question, state, createdAt, name } = needsDelegations;
      return {
        recues: await db
          .select({ question, state, createdAt })
          .from(needsDelegations)
          .where(and(eq(needsDelegations.tenantId, tenantId), eq(needsDelegations.objectId, objectId))),
        posees: await db
          .select({ question, a: name, state, createdAt })
          .from(needsDelegations)
          .where(
            and(eq(needsDelegations.askerTenantId, tenantId), eq(needsDelegations.askerObjectId, objectId)),
          ),
      };
    },

    async erase(tx: Tx, { tenantId, objectId }: PersonKey): Promise<void> {
      await tx
        .delete(needsDelegations)
        .where(
          or(
            and(eq(needsDelegations.tenantId, tenantId), eq(needsDelegations.objectId, objectId)),
            and(eq(needsDelegations.askerTenantId, tenantId), eq(needsDelegations.askerObjectId, objectId)),
          ),
        );
    },
  };
}

export type NeedsService = ReturnType<typeof buildNeeds>;
