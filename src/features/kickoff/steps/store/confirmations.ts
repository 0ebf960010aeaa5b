import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { batched } from '../../../../core/rows/batched.ts';
import type { Person } from '../../../../core/turn.ts';
import type { KickoffParts, Records } from '../../meeting/store/records.ts';
import { confirmations, type Kickoff } from '../../tables.ts';
import { type Party, type StepStanding, standingOf } from '../rules.ts';

const confirmedOf = batched(
  (from, ids) =>
    from
      .select()
      .from(confirmations)
      .where(inArray(confirmations.kickoffId, ids))
      .orderBy(asc(confirmations.step)),
  ({ kickoffId }) => kickoffId,
);

export type ConfirmedPart = typeof confirmations.$inferSelect;

/** Whether a party's part of a step was confirmed by the same person, or by the supplier. */
export async function wasConfirmed(
  tx: Tx,
  { id }: Kickoff,
  step: number,
  party: Party,
  by: Person | string,
): Promise<boolean> {
  const found = (await confirmedOf(tx, id)).find((each) => each.step === step && each.party === party);
  return typeof by === 'string'
    ? found?.by === by
    : found?.tenantId === by.tenantId && found.objectId === by.objectId;
}

/** Who confirmed their part of which of the eleven steps, and where the steps are then. */
export function buildConfirmations(parts: KickoffParts & Records) {
  const { contracts, days, notices, now, rules, timeZone, today } = parts;

  async function standingIn(from: Db, { id, acquisitionId }: Kickoff): Promise<StepStanding[]> {
    const contract = await contracts.ofFile(acquisitionId, from);
    const signedOn = contract && Temporal.PlainDate.from(contract.signedOn);
    return standingOf(await confirmedOf(from, id), today(), { rules, days, timeZone, signedOn });
  }

  /** The step that goes on; undefined when all are done. */
  const currentStep = async (from: Db, row: Kickoff): Promise<StepStanding | undefined> =>
    (await standingIn(from, row)).find(({ state }) => state === 'current');

  return {
    standingIn,
    currentStep,

    async confirmIn(tx: Tx, row: Kickoff, step: number, party: Party, by: Person | string): Promise<void> {
      const who =
        typeof by === 'string' ? { by } : { by: by.name, tenantId: by.tenantId, objectId: by.objectId };
      await tx
        .insert(confirmations)
        .values({ kickoffId: row.id, step, party, at: now(), ...who })
        .onConflictDoNothing();
    },

    /** What was confirmed, by whom and when. */
    confirmedIn: (from: Db, { id }: Pick<Kickoff, 'id'>): Promise<readonly ConfirmedPart[]> =>
      confirmedOf(from, id),

    /** Takes back what was confirmed. */
    async takeBackIn(tx: Tx, { id }: Kickoff, parts: readonly ConfirmedPart[]): Promise<void> {
      for (const { step, party } of parts)
        await tx
          .delete(confirmations)
          .where(
            and(
              eq(confirmations.kickoffId, id),
              eq(confirmations.step, step),
              eq(confirmations.party, party),
            ),
          );
    },

    /**
     * Tells whoever the current step waits for, once its turn has come: of a row just written, whose revision makes the
     * news unique, since a step that was taken back comes again.
     */
    async tellTurn(tx: Tx, row: Kickoff): Promise<void> {
      const current = await currentStep(tx, row);
      if (!current) return notices.staff(tx, row, 'signed', `signed:${row.revision}`);
      const mark = `step:${current.step.number}:${row.revision}`;
      if (current.waiting.includes('client')) await notices.client(tx, row, 'turn', mark);
      if (current.waiting.some((party) => party !== 'client')) await notices.staff(tx, row, 'turn', mark);
    },
  };
}
