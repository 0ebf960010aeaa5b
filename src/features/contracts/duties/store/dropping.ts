import { and, eq, isNotNull } from 'drizzle-orm';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Records } from '../../recording/store/records.ts';
import { type Contract, dutiesDone } from '../../tables.ts';
import type { Completing } from './completing.ts';

/** Duties of which there is nothing to do, and why. */
export const buildDropping = ({ audit, followed }: Records, { noteDone }: Completing) => ({
  /** There is nothing to do, for a reason; nobody is reminded of it. Where the contract asks for no such thing, nothing. */
  async dropDuty(
    tx: Tx,
    person: Person,
    contract: Contract,
    duty: string,
    why: string,
    on: string,
  ): Promise<void> {
    const { duties } = await followed(tx, contract);
    if (duties.some(({ id }) => id === duty))
      await noteDone(tx, person, contract.id, duty, on, { whyNot: why });
  },

  /** What was dropped is asked for again. */
  async takeUpDuty(tx: Tx, person: Person, id: string, duty: string): Promise<void> {
    const gone = await tx
      .delete(dutiesDone)
      .where(and(eq(dutiesDone.contractId, id), eq(dutiesDone.duty, duty), isNotNull(dutiesDone.whyNot)))
      .returning({ duty: dutiesDone.duty });
    if (gone.length > 0) await audit.record(tx, person, 'contract.reopenDuty', id);
  },
});
