import { desc, eq, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Contracts } from '../../../contracts/index.ts';
import type { Audit } from '../../../people/index.ts';
import { giveBack, holdOf } from '../../campaigns/store/asking.ts';
import { type Evaluation, evaluations, signatures, submissions } from '../../tables.ts';
import type { AnsweredEvaluations } from './answered.ts';
import type { Signature } from './official.ts';

export interface SigningParts {
  readonly clock: Clock;
  readonly contracts: Contracts;
  readonly audit: Audit;
  readonly answered: AnsweredEvaluations;
}

/** What the end of a contract asks beside the answers: the head's signature, « lorsque requis » (guide 4.10 and 4.12). */
export function buildSigning({ clock, contracts, audit, answered }: SigningParts) {
  /**
   * Works on the evaluation of the end of a contract that a person sees, which nobody else changes meanwhile; nor the
   * contract's others, where `together`.
   */
  async function changingFinal<T>(
    person: Person,
    id: string,
    work: (tx: Tx, row: Evaluation) => Promise<T>,
    { together = false } = {},
  ): Promise<T> {
    const { contract } = await answered.evaluationSeenBy(id, person);
    return contracts.changing(person, contract.id, async (tx) => {
      if (together) await holdOf(tx, sql`${contract.id}::uuid`);
      const [row] = await tx.select().from(evaluations).where(eq(evaluations.id, id)).for('no key update');
      if (!row?.final) throw notFound();
      return work(tx, row);
    });
  }

  async function lastSignature(tx: Tx, id: string): Promise<Signature | undefined> {
    const [signature] = await tx
      .select()
      .from(signatures)
      .where(eq(signatures.evaluationId, id))
      .orderBy(desc(signatures.number))
      .limit(1);
    return signature;
  }

  async function noteSignature(
    tx: Tx,
    person: Person,
    id: string,
    signedOn: string,
    before: Signature | undefined,
  ): Promise<void> {
    const [last] = await tx
      .select({ number: submissions.number })
      .from(submissions)
      .where(eq(submissions.evaluationId, id))
      .orderBy(desc(submissions.number))
      .limit(1);
    const { tenantId, objectId, name: by } = person;
    await tx.insert(signatures).values({
      evaluationId: id,
      number: (before?.number ?? 0) + 1,
      submission: last?.number ?? 0,
      signedOn,
      tenantId,
      objectId,
      by,
      at: asDate(clock.now()),
    });
  }

  return {
    /** The head signed what was submitted: it changes no more. Noted twice on the same day, it is one. */
    sign: (person: Person, id: string, signedOn: string): Promise<void> =>
      changingFinal(person, id, async (tx, row) => {
        if (row.state !== 'submitted') throw notFound();
        const held = await contracts.findIn(tx, row.contractId, person);
        const last = await lastSignature(tx, id);
        if (held.finalSignedOn !== signedOn) await contracts.finalSigned(tx, person, held, signedOn);
        if (last?.signedOn === signedOn) return;
        await noteSignature(tx, person, id, signedOn, last);
        await audit.record(tx, person, `evaluation.${last ? 'correctSignature' : 'sign'}`, id);
      }),

    /** Article 79 does not ask for it, for a reason that is kept (guide 4.10). */
    waive: (person: Person, id: string, why: string): Promise<void> =>
      changingFinal(person, id, async (tx, row) => {
        if (row.state !== 'open') {
          if (row.state === 'excluded' && row.apartBy === 'body') return;
          throw notFound();
        }
        await tx
          .update(evaluations)
          .set({ state: 'excluded', apartBy: 'body', excludedWhy: why })
          .where(eq(evaluations.id, id));
        const contract = await contracts.findIn(tx, row.contractId, person);
        await contracts.dropDuty(tx, person, contract, 'final', why, brokerDate(clock.now()).toString());
        await audit.record(tx, person, 'evaluation.waive', id);
      }),

    /** It is asked for after all: whether it is, by the contract as it is now. */
    unwaive: (person: Person, id: string): Promise<boolean> =>
      changingFinal(
        person,
        id,
        async (tx, row) => {
          if (row.state !== 'excluded' || row.apartBy !== 'body') return row.state === 'open';
          const asked = await giveBack(tx, [row]);
          await contracts.takeUpDuty(tx, person, row.contractId, 'final');
          await audit.record(tx, person, 'evaluation.unwaive', id);
          return asked.length > 0;
        },
        { together: true },
      ),
  };
}
