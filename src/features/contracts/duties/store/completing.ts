import { and, eq } from 'drizzle-orm';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Deliveries, Tx } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Followed, Records } from '../../recording/store/records.ts';
import { type Contract, dutiesDone } from '../../tables.ts';

/** What a due duty is about, for its reminders. */
export const dutyKey = (contract: string, duty: string): string => `duty:${contract}:${duty}`;

/** Duties that were done, and by whom. */
export function buildCompleting(records: Records, deliveries: Deliveries) {
  const { audit, today, changing, followed, touch } = records;

  /** False when it was done before: the first stays. */
  async function noteDone(tx: Tx, person: Person, id: string, duty: string, on: string): Promise<boolean> {
    const { tenantId, objectId, name: by } = person;
    const noted = await tx
      .insert(dutiesDone)
      .values({ contractId: id, duty, doneOn: on, tenantId, objectId, by })
      .onConflictDoNothing()
      .returning({ duty: dutiesDone.duty });
    if (noted.length === 0) return false;
    await deliveries.cancel(tx, dutyKey(id, duty));
    await audit.record(tx, person, `contract.done.${duty.split(':')[0]}`, id);
    return true;
  }

  async function completeIn(
    tx: Tx,
    person: Person,
    contract: Contract,
    duty: string,
    on: string,
  ): Promise<Followed> {
    const { id, signedOn } = contract;
    const { duties } = await followed(tx, contract);
    const found = duties.find((each) => each.id === duty);
    if (!found) throw notFound();
    if (on < signedOn || on > today().toString())
      throw new CourtierError('refused', 'La date est entre la signature du contrat et aujourd’hui.');
    const noted = await noteDone(tx, person, id, duty, on);
    // The final report goes to the broker within five business days of its signature.
    const final = noted && found.kind === 'final';
    if (final) await touch(tx, id, { finalSignedOn: on });
    return followed(tx, final ? { ...contract, finalSignedOn: on } : contract);
  }

  return {
    completeIn,

    /** A duty was done on a day; nobody is reminded of it any more. Done twice, the first stays. */
    complete: (person: Person, id: string, duty: string, on: string): Promise<Followed> =>
      changing(person, id, (tx, contract) => completeIn(tx, person, contract, duty, on)),

    /** The year's evaluation was submitted: its duty is done, where the contract has it that year. */
    async evaluated(tx: Tx, person: Person, contract: Contract, year: number): Promise<void> {
      const { duties } = await followed(tx, contract);
      const duty = `yearly:${year}`;
      if (duties.some(({ id }) => id === duty))
        await noteDone(tx, person, contract.id, duty, today().toString());
    },

    /** It was not done after all. */
    reopen: (person: Person, id: string, duty: string): Promise<Followed> =>
      changing(person, id, async (tx, contract) => {
        const gone = await tx
          .delete(dutiesDone)
          .where(and(eq(dutiesDone.contractId, id), eq(dutiesDone.duty, duty)))
          .returning({ duty: dutiesDone.duty });
        const final = duty === 'final' && gone.length > 0;
        if (final) await touch(tx, id, { finalSignedOn: null });
        if (gone.length > 0) await audit.record(tx, person, 'contract.reopenDuty', id);
        return followed(tx, final ? { ...contract, finalSignedOn: null } : contract);
      }),
  };
}
