import { and, eq } from 'drizzle-orm';
import { wrongField } from '../../../../core/cards/refused.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Followed, Records } from '../../recording/store/records.ts';
import { type Contract, dutiesDone, dutiesWanted } from '../../tables.ts';

/** What may be said of a duty that is not to be done, or not any more. */
interface Said {
  /** Why there was nothing to do. */
  readonly whyNot?: string;
  /** Done before, nobody says when. */
  readonly undated?: boolean;
}

/** Duties that were done, and by whom. */
export function buildCompleting(records: Records) {
  const { audit, today, changing, followed, touch } = records;

  /** False when it was done before: the first stays. */
  async function noteDone(
    tx: Tx,
    person: Person,
    id: string,
    duty: string,
    on: string,
    { whyNot, undated = false }: Said = {},
  ): Promise<boolean> {
    const { tenantId, objectId, name: by } = person;
    const noted = await tx
      .insert(dutiesDone)
      .values({ contractId: id, duty, doneOn: on, whyNot: whyNot ?? null, undated, tenantId, objectId, by })
      .onConflictDoNothing()
      .returning({ duty: dutiesDone.duty });
    if (noted.length === 0) return false;
    const act = whyNot === undefined ? 'done' : 'dropDuty';
    await audit.record(tx, person, `contract.${act}.${duty.split(':')[0]}`, id);
    return true;
  }

  /** It was due before the contract was noted, and is still to be done: recalled from now on. */
  async function keepWanted(tx: Tx, person: Person, id: string, duty: string): Promise<void> {
    const { tenantId, objectId, name: by } = person;
    await tx
      .insert(dutiesWanted)
      .values({ contractId: id, duty, since: today().toString(), tenantId, objectId, by })
      .onConflictDoNothing();
  }

  function refuseUnlessDuring({ signedOn }: Pick<Contract, 'signedOn'>, on: string): void {
    if (on < signedOn || on > today().toString())
      throw wrongField('on', 'La date est entre la signature du contrat et aujourd’hui.');
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
    refuseUnlessDuring({ signedOn }, on);
    const noted = await noteDone(tx, person, id, duty, on);
    // The final report goes to the broker within five business days of its signature.
    const final = noted && found.kind === 'final';
    if (final) await touch(tx, id, { finalSignedOn: on });
    return followed(tx, final ? { ...contract, finalSignedOn: on } : contract);
  }

  return {
    completeIn,
    keepWanted,
    noteDone,

    /** A duty was done on a day; nobody is reminded of it any more. Done twice, the first stays. */
    complete: (person: Person, id: string, duty: string, on: string): Promise<Followed> =>
      changing(person, id, (tx, contract) => completeIn(tx, person, contract, duty, on)),

    /** An evaluation was submitted: the duty to evaluate is done, where the contract has it (guide 4.9 and 4.10). */
    async evaluated(
      tx: Tx,
      person: Person,
      contract: Contract,
      { year, final }: { readonly year: number; readonly final: boolean },
    ): Promise<void> {
      const { duties } = await followed(tx, contract);
      const duty = final ? 'final' : `yearly:${year}`;
      if (duties.some(({ id }) => id === duty))
        await noteDone(tx, person, contract.id, duty, today().toString());
    },

    /** The head signed the final evaluation: its copy is due from that day, or from the day that is noted instead (guide 4.12). */
    async finalSigned(tx: Tx, person: Person, contract: Contract, on: string): Promise<void> {
      const { id } = contract;
      if ((await followed(tx, contract)).duties.every((duty) => duty.id !== 'final')) throw notFound();
      refuseUnlessDuring(contract, on);
      if (!(await noteDone(tx, person, id, 'final', on)))
        await tx
          .update(dutiesDone)
          .set({ doneOn: on })
          .where(and(eq(dutiesDone.contractId, id), eq(dutiesDone.duty, 'final')));
      await touch(tx, id, { finalSignedOn: on });
    },
  };
}

export type Completing = ReturnType<typeof buildCompleting>;
