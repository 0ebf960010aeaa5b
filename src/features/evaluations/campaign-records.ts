import { and, eq } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import { notFound } from '../../core/errors.ts';
import type { Db, Deliveries, Queue, Tx } from '../../core/ports.ts';
import type { Person } from '../../core/turn.ts';
import type { Audit } from '../people/index.ts';
import type { Forms } from './form.ts';
import { type CampaignEvent, campaignAfter } from './states.ts';
import { campaigns } from './tables.ts';

export type Campaign = typeof campaigns.$inferSelect;

/** A step by somebody who saw the current card, or an older one. */
export type Outcome = { readonly kind: 'done' | 'stale'; readonly campaign: Campaign };

export interface CampaignParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly queue: Queue;
  readonly forms: Forms;
}

/** The job that opens, reminds and closes what is due: every hour, and at once when staff change a campaign. */
export const TICK = 'evaluations.tick';

export const campaignKey = (id: string): string => `campaign:${id}`;

export type CampaignRecords = ReturnType<typeof buildCampaignRecords>;

/** The rows of campaigns, and how one is changed by somebody who saw it. */
export function buildCampaignRecords({ db, clock, audit, queue }: CampaignParts) {
  async function findCampaign(id: string, from: Db = db): Promise<Campaign> {
    const [row] = await from.select().from(campaigns).where(eq(campaigns.id, id));
    if (!row) throw notFound();
    return row;
  }

  return {
    findCampaign,

    /** Changes a campaign that is still as it was seen. */
    changeCampaign(
      staff: Person,
      id: string,
      revision: number,
      event: CampaignEvent,
      set: (row: Campaign) => Partial<typeof campaigns.$inferInsert> = () => ({}),
      then: (tx: Tx, row: Campaign) => Promise<unknown> = async () => {},
    ): Promise<Outcome> {
      return db.transaction(async (tx) => {
        const row = await findCampaign(id, tx);
        const state = campaignAfter(row.state, event);
        if (!state || row.revision !== revision) return { kind: 'stale', campaign: row };
        const [campaign] = await tx
          .update(campaigns)
          .set({ ...set(row), state, revision: revision + 1, updatedAt: asDate(clock.now()) })
          .where(and(eq(campaigns.id, id), eq(campaigns.revision, revision)))
          .returning();
        if (!campaign) return { kind: 'stale', campaign: await findCampaign(id, tx) };
        await then(tx, campaign);
        await queue.enqueue(tx, TICK, {});
        await audit.record(tx, staff, `campaign.${event}`, id);
        return { kind: 'done', campaign };
      });
    },
  };
}
