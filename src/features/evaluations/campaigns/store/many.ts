import { and, eq, inArray, lte, type SQL, sql } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { RECALLS_CHANGED } from '../../../../core/recalls.ts';
import { serializeAll } from '../../../../core/rows/serialize.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import { campaigns, evaluations } from '../../tables.ts';
import { giveBack, holdOf } from './asking.ts';
import type { CampaignParts } from './campaign-records.ts';

/** The staff remind of an evaluation no oftener than this. */
export const REMINDED_DAYS = 7;

/** Of which evaluations of a campaign: those that were ticked, or all that its silent bodies have not answered. */
export type Which = readonly string[] | 'silent';

/** What became of evaluations that the staff wanted recalled. */
export interface Reminded {
  readonly reminded: number;
  /** Those of which somebody was reminded by the staff within a week. */
  readonly recent: number;
}

/** What became of contracts that the staff took back. */
export interface TakenBack {
  /** Those that are asked about again. */
  readonly count: number;
  /** Those that another campaign asks about this year. */
  readonly left: number;
  /** Those that, as they are now, ask for no such evaluation. */
  readonly unasked: number;
}

const NOT_OPEN = 'Cette campagne n’est pas en cours : personne n’y est rappelé.';
const OVER = 'Cette campagne est terminée : plus rien n’y est repris.';

/** What the staff do with many evaluations of a campaign at once. */
export function buildMany({
  db,
  audit,
  clock,
  queue,
}: Pick<CampaignParts, 'db' | 'audit' | 'clock' | 'queue'>) {
  const today = () => brokerDate(clock.now());

  /** What may be recalled: asked about, and not answered. */
  const unanswered = (id: string, which: Which): SQL | undefined =>
    and(
      eq(evaluations.campaignId, id),
      eq(evaluations.state, 'open'),
      lte(evaluations.opensOn, today().toString()),
      which === 'silent'
        ? sql`${evaluations.organizationId} is not null and ${evaluations.organizationId} not in (
            select o.organization_id from ${evaluations} o where o.campaign_id = ${id}::uuid
            and o.state = 'submitted' and o.organization_id is not null)`
        : inArray(evaluations.id, [...which]),
    );
  const isFresh = () =>
    sql`coalesce(${evaluations.remindedOn} <= ${today().subtract({ days: REMINDED_DAYS }).toString()}::date, true)`;

  return {
    /** How many evaluations of silent bodies the staff may recall now. */
    silentToRemind: (id: string): Promise<number> =>
      db.$count(evaluations, and(unanswered(id, 'silent'), isFresh())),

    /** Has evaluations recalled to those who look after them, in their card of the day: at most once a week each. */
    remindMany: (staff: Person, id: string, which: Which): Promise<Reminded> =>
      db.transaction(async (tx) => {
        const [campaign] = await tx
          .select({ state: campaigns.state })
          .from(campaigns)
          .where(eq(campaigns.id, id))
          .for('no key update');
        if (!campaign) throw notFound();
        if (campaign.state !== 'open') throw new CourtierError('refused', NOT_OPEN);
        const all = await tx.$count(evaluations, unanswered(id, which));
        const done = await tx
          .update(evaluations)
          .set({ remindedOn: today().toString() })
          .where(and(unanswered(id, which), isFresh()))
          .returning({ id: evaluations.id });
        if (done.length > 0) {
          await audit.record(tx, staff, 'campaign.remind', id);
          await queue.publish(tx, RECALLS_CHANGED, {});
        }
        return { reminded: done.length, recent: all - done.length };
      }),

    /**
     * Takes back contracts that staff set apart, with a reason: how many are asked about again. Those that another
     * campaign asks about this year stay apart (`left`), as do those whose contract asks for it no more (`unasked`).
     */
    includeMany: (staff: Person, id: string, ids: readonly string[]): Promise<TakenBack> =>
      db.transaction(async (tx) => {
        const [campaign] = await tx
          .select({ state: campaigns.state })
          .from(campaigns)
          .where(eq(campaigns.id, id))
          .for('share');
        if (!campaign) throw notFound();
        if (campaign.state === 'closed') throw new CourtierError('refused', OVER);
        const apart = and(
          eq(evaluations.campaignId, id),
          eq(evaluations.state, 'excluded'),
          eq(evaluations.apartBy, 'broker'),
          inArray(evaluations.id, [...ids]),
        );
        await holdOf(tx, tx.select({ id: evaluations.contractId }).from(evaluations).where(apart).getSQL());
        const held = await tx.select().from(evaluations).where(apart);
        // As one that is taken back alone.
        await serializeAll(
          tx,
          held.map(({ contractId, year }) => ['evaluation', contractId, String(year)]),
        );
        const free = await tx
          .select({ id: evaluations.id, contractId: evaluations.contractId })
          .from(evaluations)
          .where(
            and(
              apart,
              sql`not exists (select 1 from ${evaluations} other where other.contract_id = ${evaluations.contractId}
                and other.year = ${evaluations.year} and other.final = ${evaluations.final}
                and other.id <> ${evaluations.id} and other.state <> 'excluded')`,
            ),
          );
        const back = await giveBack(tx, free);
        await tx
          .update(evaluations)
          .set({ apartAt: asDate(clock.now()), revision: sql`${evaluations.revision} + 1` })
          .where(inArray(evaluations.id, back));
        await audit.recordAll(
          tx,
          staff,
          'evaluation.include',
          free.map(({ id: each }) => each),
        );
        if (back.length > 0) await queue.publish(tx, RECALLS_CHANGED, {});
        return { count: back.length, left: held.length - free.length, unasked: free.length - back.length };
      }),
  };
}
