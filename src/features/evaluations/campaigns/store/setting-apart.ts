import { and, eq, ne } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports.ts';
import { RECALLS_CHANGED } from '../../../../core/recalls.ts';
import { serialize } from '../../../../core/serialize.ts';
import type { Person } from '../../../../core/turn.ts';
import { campaigns, evaluations } from '../../tables.ts';
import type { CampaignParts } from './campaign-records.ts';

const OVER = 'Cette campagne est terminée : plus rien n’y est mis de côté, ni repris.';

/** Contracts that the staff set apart from a campaign, and take back; those who look after them hear of it. */
export function buildSettingApart({ db, audit, clock, queue }: CampaignParts) {
  const now = () => asDate(clock.now());

  /** An evaluation that nobody else changes, of a campaign that goes on until the transaction ends. */
  async function holdAsked(tx: Tx, id: string) {
    const [campaign] = await tx
      .select({ state: campaigns.state })
      .from(campaigns)
      .innerJoin(evaluations, eq(evaluations.campaignId, campaigns.id))
      .where(eq(evaluations.id, id))
      .for('share', { of: campaigns });
    const [row] = await tx.select().from(evaluations).where(eq(evaluations.id, id)).for('no key update');
    if (!row || !campaign) throw notFound();
    return { row, closed: campaign.state === 'closed' };
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
        const held = [];
        // In one order, whoever sets several apart at the same time.
        for (const id of [...new Set(ids)].sort()) held.push(await holdAsked(tx, id));
        const open = held.filter(({ row }) => row.state === 'open');
        const apart = held.filter(({ row }) => row.state !== 'submitted');
        const [first] = apart;
        if (!first) throw notFound();
        if (open.some(({ closed }) => closed)) throw new CourtierError('refused', OVER);
        for (const { row } of open) {
          await tx
            .update(evaluations)
            .set({
              state: 'excluded',
              apartBy: 'broker',
              excludedWhy: why,
              apartAt: now(),
              revision: row.revision + 1,
            })
            .where(eq(evaluations.id, row.id));
          await audit.record(tx, staff, 'evaluation.exclude', row.id);
        }
        if (open.length > 0) await queue.publish(tx, RECALLS_CHANGED, {});
        return { campaign: first.row.campaignId, count: apart.length };
      }),

    /** Asks again about a contract that staff set apart, unless another campaign asks about it this year. */
    include: (staff: Person, id: string): Promise<string> =>
      db.transaction(async (tx) => {
        const { row, closed } = await holdAsked(tx, id);
        if (row.state !== 'excluded') return row.campaignId;
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
        await tx
          .update(evaluations)
          .set({
            state: 'open',
            apartBy: null,
            excludedWhy: null,
            apartAt: now(),
            revision: row.revision + 1,
          })
          .where(eq(evaluations.id, id));
        await queue.publish(tx, RECALLS_CHANGED, {});
        await audit.record(tx, staff, 'evaluation.include', id);
        return row.campaignId;
      }),
  };
}
