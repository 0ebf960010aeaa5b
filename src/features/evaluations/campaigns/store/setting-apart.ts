import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { RECALLS_CHANGED } from '../../../../core/recalls.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person } from '../../../../core/turn.ts';
import { campaigns, evaluations } from '../../tables.ts';
import { giveBack, holdOf } from './asking.ts';
import type { CampaignParts } from './campaign-records.ts';

const OVER = 'Cette campagne est terminée : plus rien n’y est mis de côté, ni repris.';

/** Contracts that the staff set apart from a campaign, and take back; those who look after them hear of it. */
export function buildSettingApart({ db, audit, clock, queue }: CampaignParts) {
  const now = () => asDate(clock.now());

  /**
   * Evaluations that nobody else changes, of campaigns that go on until the transaction ends; refused when one is not
   * there. With those of the same contracts, where `together`.
   */
  async function holdAsked(tx: Tx, ids: readonly string[], { together = false } = {}) {
    const asked = inArray(evaluations.id, [...ids]);
    const their = tx.select({ id: evaluations.campaignId }).from(evaluations).where(asked);
    // In one order, whoever holds several at the same time.
    const states = await tx
      .select({ id: campaigns.id, state: campaigns.state })
      .from(campaigns)
      .where(inArray(campaigns.id, their))
      .orderBy(campaigns.id)
      .for('share');
    if (together)
      await holdOf(tx, tx.select({ id: evaluations.contractId }).from(evaluations).where(asked).getSQL());
    const rows = await tx
      .select()
      .from(evaluations)
      .where(asked)
      .orderBy(evaluations.id)
      .for('no key update');
    if (rows.length < new Set(ids).size) throw notFound();
    const closed = new Set(states.filter(({ state }) => state === 'closed').map(({ id }) => id));
    return rows.map((row) => ({ row, closed: closed.has(row.campaignId) }));
  }

  return {
    /**
     * Sets contracts apart, with a reason: they are not asked about any more. What was submitted stays; how many are
     * apart now. The same again is answered alike.
     */
    exclude: (
      staff: Person,
      ids: readonly string[],
      why: string,
    ): Promise<{ readonly campaign: string; readonly count: number }> =>
      db.transaction(async (tx) => {
        const held = await holdAsked(tx, ids);
        const open = held.filter(({ row }) => row.state === 'open');
        const apart = held.filter(({ row }) => row.state !== 'submitted');
        const [first] = apart;
        if (!first) throw notFound();
        if (open.some(({ closed }) => closed)) throw new CourtierError('refused', OVER);
        if (open.length > 0) {
          const those = open.map(({ row }) => row.id);
          await tx
            .update(evaluations)
            .set({
              state: 'excluded',
              apartBy: 'broker',
              excludedWhy: why,
              apartAt: now(),
              revision: sql`${evaluations.revision} + 1`,
            })
            .where(inArray(evaluations.id, those));
          await audit.recordAll(tx, staff, 'evaluation.exclude', those);
          await queue.publish(tx, RECALLS_CHANGED, {});
        }
        return { campaign: first.row.campaignId, count: apart.length };
      }),

    /**
     * Asks again about a contract that staff set apart, unless another campaign asks about it this year. `asked`: whether
     * the contract, as it is now, asks for it.
     */
    include: (staff: Person, id: string): Promise<{ readonly campaign: string; readonly asked: boolean }> =>
      db.transaction(async (tx) => {
        const [held] = await holdAsked(tx, [id], { together: true });
        if (!held) throw notFound();
        const { row, closed } = held;
        if (row.state !== 'excluded') return { campaign: row.campaignId, asked: true };
        if (row.apartBy !== 'broker') throw notFound();
        if (closed) throw new CourtierError('refused', OVER);
        // Of two that are taken back at once, the second sees the first.
        await serialize(tx, 'evaluation', row.contractId, String(row.year));
        const others = await tx
          .select({ id: evaluations.id })
          .from(evaluations)
          .where(
            and(
              eq(evaluations.contractId, row.contractId),
              eq(evaluations.year, row.year),
              eq(evaluations.final, row.final),
              ne(evaluations.state, 'excluded'),
            ),
          );
        if (others.length > 0)
          throw new CourtierError(
            'refused',
            'Ce contrat est déjà évalué cette année, dans une autre campagne.',
          );
        const [back] = await giveBack(tx, [row]);
        if (back)
          await tx
            .update(evaluations)
            .set({ apartAt: now(), revision: row.revision + 1 })
            .where(eq(evaluations.id, back));
        await queue.publish(tx, RECALLS_CHANGED, {});
        await audit.record(tx, staff, 'evaluation.include', id);
        return { campaign: row.campaignId, asked: back !== undefined };
      }),
  };
}
