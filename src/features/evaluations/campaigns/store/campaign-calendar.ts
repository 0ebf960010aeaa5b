import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { newId } from '../../../../core/id.ts';
import { RECALLS_CHANGED } from '../../../../core/recalls.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { campaigns, evaluations } from '../../tables.ts';
import { closedBy } from '../rules/ending.ts';
import { ask, endingYears, followContracts } from './asking.ts';
import { endCampaign } from './campaign-end.ts';
import { type Campaign, type CampaignParts, TICK } from './campaign-records.ts';

/** Those who are reminded together. */
export interface Cohort {
  readonly opensOn: string;
  readonly closesOn: string;
}

/** Days after the end of a year when its final evaluations are no longer taken. */
const FINAL_DAYS = 180;

/** What the calendar does with campaigns: each opens, reminds and closes by itself. */
export function buildCampaignCalendar({ db, clock, deliveries, forms, queue }: CampaignParts) {
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now());

  /** The campaign of the contracts that end in a year: one, whoever opens it at the same time. */
  const openFinal = (year: number): Promise<void> =>
    db.transaction(async (tx) => {
      await serialize(tx, 'campaign', 'final', String(year));
      const [held] = await tx
        .select({ id: campaigns.id })
        .from(campaigns)
        .where(and(eq(campaigns.kind, 'final'), eq(campaigns.year, year)));
      if (held) return;
      await tx.insert(campaigns).values({
        id: newId(),
        form: forms.latest.id,
        createdAt: now(),
        updatedAt: now(),
        kind: 'final',
        name: `Contrats qui se terminent en ${year}`,
        year,
        state: 'open',
        opensOn: today().toString(),
        closesOn: Temporal.PlainDate.from({ year, month: 12, day: 31 }).add({ days: FINAL_DAYS }).toString(),
      });
    });

  /** The campaigns that go on: whom to remind. */
  const open = (): Promise<Campaign[]> => db.select().from(campaigns).where(eq(campaigns.state, 'open'));

  return {
    open,

    /**
     * Opens the campaigns whose day has come, that of the contracts that end among them, and asks about the contracts
     * that came to be concerned. It may run at any time.
     */
    async openDue(): Promise<void> {
      for (const year of await endingYears(db, today())) await openFinal(year);
      await db
        .update(campaigns)
        .set({ state: 'open', revision: sql`${campaigns.revision} + 1`, updatedAt: now() })
        .where(and(eq(campaigns.state, 'planned'), lte(campaigns.opensOn, today().toString())));
      for (const { id } of await open())
        await db.transaction(async (tx) => {
          const [row] = await tx.select().from(campaigns).where(eq(campaigns.id, id)).for('no key update');
          const asked = row?.state === 'open' ? await ask(tx, row, today(), now()) : 0;
          if (asked > 0) await queue.publish(tx, RECALLS_CHANGED, {});
        });
    },

    /** The evaluations of a contract go with its end, wherever it moved, and with what was corrected of it. */
    followContract: (contract: string): Promise<void> =>
      db.transaction(async (tx) => {
        await followContracts(tx, [contract]);
        await queue.enqueue(tx, TICK, {});
      }),

    /** Closes those that are over, once the staff were told who did not answer. */
    closeDue: (): Promise<void> =>
      db.transaction(async (tx) => {
        const closed = await tx
          .update(campaigns)
          .set({ state: 'closed', revision: sql`${campaigns.revision} + 1`, updatedAt: now() })
          .where(
            and(inArray(campaigns.state, ['open', 'paused']), lte(campaigns.closesOn, closedBy(today()))),
          )
          .returning();
        for (const campaign of closed) await endCampaign(tx, campaign, deliveries);
      }),

    /** Those of a campaign who are reminded together, because their windows are the same. */
    cohorts: (id: string): Promise<Cohort[]> =>
      db
        .selectDistinct({ opensOn: evaluations.opensOn, closesOn: evaluations.closesOn })
        .from(evaluations)
        .where(
          and(
            eq(evaluations.campaignId, id),
            eq(evaluations.state, 'open'),
            lte(evaluations.opensOn, today().toString()),
          ),
        )
        .orderBy(asc(evaluations.closesOn)),
  };
}
