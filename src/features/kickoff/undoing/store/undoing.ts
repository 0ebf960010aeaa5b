import { refused } from '../../../../core/cards/refused.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { listed } from '../../../../core/text/text.ts';
import { dateIn } from '../../../../core/time/days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Side } from '../../meeting/rules/states.ts';
import type { Basis } from '../../meeting/store/basis.ts';
import type { KickoffOutcome } from '../../meeting/store/records.ts';
import { type Party, STEPS } from '../../steps/rules.ts';
import type { ConfirmedPart } from '../../steps/store/confirmations.ts';
import type { Kickoff } from '../../tables.ts';
import { MEETING, type Undoable, undoableOf } from '../rules.ts';

/** A part of a step that somebody takes back, of the meeting as they saw it. */
interface TakenBack {
  readonly step: number;
  readonly party: Party;
  readonly revision: number;
}

/** What may be taken back; `duty`: with the last step, the duty of its contract is to be done again. */
export interface Standing extends Undoable<ConfirmedPart> {
  readonly duty: boolean;
}

/** What is written of it in the file. */
function sentenceOf({ part, after }: Undoable): string {
  const title = STEPS.find(({ number }) => number === part.step)?.title ?? '';
  const others = [...new Set(after.map(({ step }) => step).filter((step) => step !== part.step))];
  const first = `Étape ${part.step} annulée : ${title}.`;
  if (others.length === 0) return first;
  const [one] = others;
  return others.length === 1
    ? `${first} Avec elle, l’étape ${one}.`
    : `${first} Avec elle, les étapes ${listed(others.map(String))}.`;
}

/** A step that was confirmed by mistake is taken back, with what was confirmed after it (guide 3.5). */
export function buildUndoing(parts: Basis) {
  const { db, audit, contracts, files, notices, find, holdAsClient, lock, write } = parts;
  const { confirmedIn, takeBackIn, timeZone } = parts;

  /** The duty of the contract that is noted with its last step, on the day that it was then. */
  const copyOf = (part: ConfirmedPart) => ({
    duty: 'copy',
    by: part,
    on: dateIn(part.at, timeZone).toString(),
  });

  async function undoableIn(from: Db, side: Side, row: Kickoff): Promise<Standing[]> {
    const contract = await contracts.ofFile(row.acquisitionId, from);
    const ground = {
      contracted: contract !== undefined,
      archived: !(await files.isOpen(row.acquisitionId, from)),
    };
    const found = undoableOf(side, row.state, await confirmedIn(from, row), ground);
    const standing: Standing[] = [];
    // One after the other: they share a transaction.
    for (const each of found) {
      const { part } = each;
      const last = contract !== undefined && part.step === STEPS.length;
      const duty = last && (await contracts.isNoted(from, contract, copyOf(part)));
      standing.push({ ...each, duty });
    }
    return standing;
  }

  const actOf = ({ step, party }: Pick<TakenBack, 'step' | 'party'>): string =>
    `kickoff.undo${step}.${party}`;
  /** The act of whoever confirmed it; the supplier's leaves none. */
  const confirmingOf = ({ step, party }: TakenBack): string =>
    step === MEETING ? 'kickoff.held' : `kickoff.step${step}.${party}`;

  /** Whether the same person took it back, since somebody last confirmed it, and the steps stand as that left them. */
  const tookBack = async (tx: Tx, by: Person, { id, state }: Kickoff, taken: TakenBack): Promise<boolean> =>
    (state === 'held' || state === 'booked') &&
    (await audit.doersOf(tx, id, [actOf(taken)], [confirmingOf(taken)])).some((doer) => isSame(doer, by));

  async function takeBack(tx: Tx, by: Person, row: Kickoff, found: Standing): Promise<Kickoff> {
    const { part, after, duty } = found;
    await takeBackIn(tx, row, [part, ...after]);
    const contract = duty ? await contracts.ofFile(row.acquisitionId, tx) : undefined;
    if (contract) await contracts.reopenNoted(tx, by, contract, copyOf(part));
    const event = row.state === 'signed' ? 'unsign' : part.step === MEETING ? 'unhold' : undefined;
    const kickoff = await write(tx, row, event, {});
    await files.record(tx, row.acquisitionId, by, sentenceOf(found));
    await audit.record(tx, by, actOf(part), row.id);
    await notices.takenBack(tx, kickoff, by, part.step);
    return kickoff;
  }

  return {
    /** What a side may take back of a meeting, the latest first. */
    undoable: (side: Side, row: Kickoff): Promise<Standing[]> => undoableIn(db, side, row),

    /**
     * Takes back a part of a step, with what was confirmed after it. Refused where something outside of the steps rests on
     * it; `stale` where the meeting is another than it was seen, unless the same person took it back before.
     */
    undo: (side: Side, by: Person, id: string, taken: TakenBack): Promise<KickoffOutcome> =>
      db.transaction<KickoffOutcome>(async (tx) => {
        // The file is held before the kickoff, always in this order.
        if (side === 'client') await holdAsClient(tx, id, by);
        else await files.holdFile(tx, (await find(tx, id)).acquisitionId);
        const row = await lock(tx, id);
        const found = (await undoableIn(tx, side, row)).find(
          ({ part }) => part.step === taken.step && part.party === taken.party,
        );
        if (found?.obstacle) throw refused(found.obstacle);
        if (!found) return { kind: (await tookBack(tx, by, row, taken)) ? 'done' : 'stale', kickoff: row };
        if (row.revision !== taken.revision) return { kind: 'stale', kickoff: row };
        return { kind: 'done', kickoff: await takeBack(tx, by, row, found) };
      }),
  };
}
