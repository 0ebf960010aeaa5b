import { and, eq, type SQL } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { Followed, Records } from '../../recording/store/records.ts';
import { type Contract, contracts, dutiesDone } from '../../tables.ts';
import type { Completing } from './completing.ts';

/** That a duty was done, as somebody noted it on the day itself. */
interface Noted {
  readonly duty: string;
  readonly by: PersonKey;
  readonly on: string;
}

const isOf = ({ id }: Contract, duty: string): SQL | undefined =>
  and(eq(dutiesDone.contractId, id), eq(dutiesDone.duty, duty));
const isNoted = (contract: Contract, { duty, by, on }: Noted): SQL | undefined =>
  and(isOf(contract, duty), isPerson(dutiesDone, by), eq(dutiesDone.doneOn, on));

/** Duties that were noted as done, and that are to be done after all. */
export function buildReopening(
  { audit, changing, followed, touch }: Records,
  { keepWanted }: Pick<Completing, 'keepWanted'>,
) {
  /** False where nothing was noted. */
  async function reopenIn(
    tx: Tx,
    person: Person,
    contract: Contract,
    duty: string,
    noted: SQL | undefined,
  ): Promise<boolean> {
    const { id } = contract;
    const gone = await tx.delete(dutiesDone).where(noted).returning({ duty: dutiesDone.duty });
    if (gone.length === 0) return false;
    if (duty === 'final') await touch(tx, id, { finalSignedOn: null });
    await audit.record(tx, person, 'contract.reopenDuty', id);
    const older = (await followed(tx, contract)).duties.find((each) => each.id === duty)?.unsaid;
    if (older) await keepWanted(tx, person, id, duty);
    return true;
  }

  return {
    /** It was not done after all. */
    reopen: (person: Person, id: string, duty: string): Promise<Followed> =>
      changing(person, id, async (tx, contract) => {
        const gone = await reopenIn(tx, person, contract, duty, isOf(contract, duty));
        return followed(tx, gone && duty === 'final' ? { ...contract, finalSignedOn: null } : contract);
      }),

    /** Whether a duty is done as somebody noted it: by others, or of another day, it is not. */
    isNoted: async (from: Db, contract: Contract, noted: Noted): Promise<boolean> =>
      (await from.$count(dutiesDone, isNoted(contract, noted))) > 0,

    /** The same is to be done after all, within the transaction of whatever it was noted with. */
    async reopenNoted(tx: Tx, person: Person, contract: Contract, noted: Noted): Promise<boolean> {
      // Nobody takes the contract away meanwhile.
      await tx
        .select({ id: contracts.id })
        .from(contracts)
        .where(eq(contracts.id, contract.id))
        .for('no key update');
      return reopenIn(tx, person, contract, noted.duty, isNoted(contract, noted));
    },
  };
}
