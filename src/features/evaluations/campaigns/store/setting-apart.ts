import { and, eq, ne } from 'drizzle-orm';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Person } from '../../../../core/turn.ts';
import { tellApart } from '../../answering/store/telling.ts';
import { evaluations } from '../../tables.ts';
import type { CampaignParts } from './campaign-records.ts';

/** Contracts that the staff set apart from a campaign, and take back; those who look after them hear of it. */
export function buildSettingApart({ db, audit, deliveries }: CampaignParts) {
  return {
    /** Sets a contract apart, with a reason; it is not asked about any more. One that was submitted stays. */
    exclude: (staff: Person, id: string, why: string): Promise<string> =>
      db.transaction(async (tx) => {
        const [row] = await tx.select().from(evaluations).where(eq(evaluations.id, id)).for('no key update');
        if (!row || row.state === 'submitted') throw notFound();
        if (row.state === 'excluded') return row.campaignId;
        await tx
          .update(evaluations)
          .set({ state: 'excluded', apartBy: 'broker', excludedWhy: why, revision: row.revision + 1 })
          .where(eq(evaluations.id, id));
        await tellApart(tx, deliveries, row, String(row.revision + 1));
        await audit.record(tx, staff, 'evaluation.exclude', id);
        return row.campaignId;
      }),

    /** Asks again about a contract that staff set apart, unless another campaign asks about it this year. */
    include: (staff: Person, id: string): Promise<string> =>
      db.transaction(async (tx) => {
        const [row] = await tx.select().from(evaluations).where(eq(evaluations.id, id)).for('no key update');
        if (!row) throw notFound();
        if (row.state !== 'excluded') return row.campaignId;
        if (row.apartBy !== 'broker') throw notFound();
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
          .set({ state: 'open', apartBy: null, excludedWhy: null, revision: row.revision + 1 })
          .where(eq(evaluations.id, id));
        await tellApart(tx, deliveries, row, String(row.revision + 1));
        await audit.record(tx, staff, 'evaluation.include', id);
        return row.campaignId;
      }),
  };
}
