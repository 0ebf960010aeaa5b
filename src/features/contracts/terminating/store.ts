import { and, eq, isNotNull, like, max } from 'drizzle-orm';
import { refused } from '../../../core/cards/refused.ts';
import type { Tx } from '../../../core/ports/db.ts';
import type { Queue } from '../../../core/ports/queue.ts';
import { RECALLS_CHANGED } from '../../../core/recalls.ts';
import { plainDate } from '../../../core/time/days.ts';
import type { Person } from '../../../core/turn.ts';
import type { PersonKey } from '../../people/index.ts';
import { END_MOVED, type Records } from '../recording/store/records.ts';
import { amendments, type Contract, dutiesDone, terminations } from '../tables.ts';
import { checkTermination, type TerminationSide } from './rules.ts';

export type Termination = typeof terminations.$inferSelect;

/** A termination as somebody notes it. */
export interface WantedTermination {
  readonly noticeOn: string;
  readonly effectiveOn: string;
  readonly by: TerminationSide;
  readonly reason: string;
}

/** What became of a change: `stale` when somebody changed the termination meanwhile. */
export type TerminationOutcome = 'done' | 'stale';

/** Its documents are gone, or its evaluation is signed: the termination is then no slip of somebody who noted it. */
async function checkSlip(tx: Tx, { id, finalSignedOn }: Contract): Promise<void> {
  const sent = await tx
    .select({ duty: dutiesDone.duty })
    .from(dutiesDone)
    .where(and(eq(dutiesDone.contractId, id), like(dutiesDone.duty, 'termination:%')));
  if (sent.length > 0 || finalSignedOn)
    throw refused(
      'Ce qui suit de la résiliation est déjà noté comme fait (documents transmis, ou évaluation signée). Si c’était une erreur, remettez d’abord ces obligations à faire.',
    );
}

/** The end of a contract before its term: noted, and corrected or undone while it is a slip (guide 4.5 and 4.12). */
export function buildTerminating(records: Records, queue: Queue) {
  const { db, audit, quotas, today, find, changing, touch } = records;

  async function check(tx: Tx, contract: Contract, wanted: WantedTermination): Promise<void> {
    const [latest] = await tx
      .select({ on: max(amendments.signedOn) })
      .from(amendments)
      .where(and(eq(amendments.contractId, contract.id), isNotNull(amendments.signedOn)));
    checkTermination(plainDate(wanted.noticeOn), plainDate(wanted.effectiveOn), {
      signedOn: plainDate(contract.signedOn),
      termEndsOn: plainDate(contract.termEndsOn),
      amendedOn: latest?.on ? plainDate(latest.on) : undefined,
      today: today(),
    });
  }

  /** After what moves the end: what hangs on it follows, and what it asks for at once is recalled at once. */
  async function endMoved(tx: Tx, { id }: Contract): Promise<void> {
    await touch(tx, id);
    await queue.publish(tx, END_MOVED, { contract: id });
    await queue.publish(tx, RECALLS_CHANGED, {});
  }

  /** Works on the termination that was seen, unless it is already as wanted: what is sent twice is done once. */
  const changingSeen = (
    person: Person,
    id: string,
    revision: number,
    already: (row: Termination | undefined) => boolean,
    work: (tx: Tx, contract: Contract) => Promise<void>,
  ): Promise<TerminationOutcome> =>
    changing(person, id, async (tx, contract) => {
      const [row] = await tx.select().from(terminations).where(eq(terminations.contractId, id));
      if (already(row)) return 'done';
      if (row?.revision !== revision) return 'stale';
      await checkSlip(tx, contract);
      await work(tx, contract);
      await endMoved(tx, contract);
      return 'done';
    });

  return {
    async termination(id: string, person: PersonKey): Promise<Termination | undefined> {
      await find(id, person);
      const [row] = await db.select().from(terminations).where(eq(terminations.contractId, id));
      return row;
    },

    /** Notes that a contract is terminated; `stale` when somebody noted it before, the same words aside. */
    terminate: (person: Person, id: string, wanted: WantedTermination): Promise<TerminationOutcome> =>
      changing(person, id, async (tx, contract) => {
        const [known] = await tx.select().from(terminations).where(eq(terminations.contractId, id));
        if (known) return sameWords(known, wanted) ? 'done' : 'stale';
        await check(tx, contract, wanted);
        await quotas.spend(tx, person, 'contracts.terminate');
        const { tenantId, objectId, name } = person;
        const notedOn = today().toString();
        await tx
          .insert(terminations)
          .values({ contractId: id, ...wanted, notedOn, tenantId, objectId, name });
        await audit.record(tx, person, 'contract.terminate', id);
        await endMoved(tx, contract);
        return 'done';
      }),

    correctTermination: (
      person: Person,
      id: string,
      revision: number,
      wanted: WantedTermination,
    ): Promise<TerminationOutcome> =>
      changingSeen(
        person,
        id,
        revision,
        (row) => row !== undefined && sameWords(row, wanted),
        async (tx, contract) => {
          await check(tx, contract, wanted);
          await tx
            .update(terminations)
            .set({ ...wanted, revision: revision + 1 })
            .where(eq(terminations.contractId, id));
          await audit.record(tx, person, 'contract.correctTermination', id);
        },
      ),

    /** It was not terminated after all: the contract lasts until its term, and its duties come back. */
    undoTermination: (person: Person, id: string, revision: number): Promise<TerminationOutcome> =>
      changingSeen(
        person,
        id,
        revision,
        (row) => row === undefined,
        async (tx) => {
          await tx.delete(terminations).where(eq(terminations.contractId, id));
          await audit.record(tx, person, 'contract.undoTermination', id);
        },
      ),
  };
}

const sameWords = (row: Termination, { noticeOn, effectiveOn, by, reason }: WantedTermination): boolean =>
  row.noticeOn === noticeOn && row.effectiveOn === effectiveOn && row.by === by && row.reason === reason;
