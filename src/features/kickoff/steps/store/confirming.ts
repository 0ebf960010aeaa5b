import { CourtierError } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Basis } from '../../meeting/store/basis.ts';
import type { KickoffOutcome } from '../../meeting/store/records.ts';
import type { Kickoff } from '../../tables.ts';
import { CLIENT_SIGNS, mayConfirm, type Party, STEPS } from '../rules.ts';
import { wasConfirmed } from './confirmations.ts';

/** The steps after the meeting, confirmed by each party in turn (guide 3.5). */
export function buildConfirming(parts: Basis) {
  const {
    db,
    audit,
    contracts,
    files,
    today,
    find,
    lock,
    write,
    standingIn,
    currentStep,
    confirmIn,
    tellTurn,
  } = parts;

  /** The choice that the client signs for holds today, with its authorization where one is asked for. */
  async function mustBeAuthorized(tx: Tx, { acquisitionId }: Kickoff): Promise<void> {
    const { refusal } = await files.conclusion('choice', acquisitionId, tx, today().toString());
    if (refusal) throw new CourtierError('refused', refusal);
  }

  return {
    /**
     * Confirms a party's part of the current step. What is not theirs, or not yet, changes nothing; nor does what they
     * confirmed before. The client signs only with what article 48 asks for: it is obtained before (guide 3.4.3). With
     * the last step, its duty of the contract is done too. `revision`: that of the meeting as it was seen, where a page sent
     * again would confirm anew what was taken back.
     */
    confirm: (
      party: Party,
      by: Person | string,
      id: string,
      step: number,
      revision?: number,
    ): Promise<KickoffOutcome> =>
      db.transaction<KickoffOutcome>(async (tx) => {
        const { acquisitionId } = await find(tx, id);
        if (party === 'client' && typeof by !== 'string') await files.lock(tx, acquisitionId, by);
        else await files.holdFile(tx, acquisitionId);
        const row = await lock(tx, id);
        if (await wasConfirmed(tx, row, step, party, by)) return { kind: 'done', kickoff: row };
        if (row.state !== 'held' || !mayConfirm(await standingIn(tx, row), step, party))
          return { kind: 'stale', kickoff: row };
        if (revision !== undefined && revision !== row.revision) return { kind: 'stale', kickoff: row };
        const contract = await contracts.ofFile(row.acquisitionId, tx);
        if (step === STEPS.length && !contract)
          throw new CourtierError('refused', 'Notez d’abord le contrat signé.');
        // A contract that is noted was held to the day of its signature.
        if (step === CLIENT_SIGNS && !contract) await mustBeAuthorized(tx, row);
        await confirmIn(tx, row, step, party, by);
        if (typeof by !== 'string') await audit.record(tx, by, `kickoff.step${step}.${party}`, id);
        const next = await currentStep(tx, row);
        const done = next === undefined;
        const kickoff = await write(tx, row, done ? 'sign' : undefined, {});
        // Of a step that two confirm in any order, the second was told with the first.
        if (next?.step.number !== step || next.step.inOrder) await tellTurn(tx, kickoff);
        // Its copy to the broker is a duty of the contract too.
        if (done && contract && typeof by !== 'string')
          await contracts.completeIn(tx, by, contract, 'copy', today().toString());
        return { kind: 'done', kickoff };
      }),
  };
}
