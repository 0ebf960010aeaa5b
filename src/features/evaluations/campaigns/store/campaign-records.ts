import type { Clock } from '../../../../core/clock.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import { RECALLS_CHANGED } from '../../../../core/recalls.ts';
import { revisedRows } from '../../../../core/rows/revised.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit, Quotas } from '../../../people/index.ts';
import type { Forms } from '../../answering/rules/form.ts';
import { campaigns } from '../../tables.ts';
import { type CampaignEvent, campaignAfter } from '../rules/states.ts';

export type Campaign = typeof campaigns.$inferSelect;

/** A step by somebody who saw the current card, or an older one. */
export type CampaignOutcome = { readonly kind: 'done' | 'stale'; readonly campaign: Campaign };

export interface CampaignParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly queue: Queue;
  readonly forms: Forms;
  readonly quotas: Pick<Quotas, 'spend'>;
  readonly days: BusinessDays;
}

/** The job that opens, reminds and closes what is due: every hour, and at once when staff change a campaign. */
export const TICK = 'evaluations.tick';

export const campaignKey = (id: string): string => `campaign:${id}`;

export type CampaignRecords = ReturnType<typeof buildCampaignRecords>;

/** The rows of campaigns, and how one is changed by somebody who saw it. */
export function buildCampaignRecords({ db, clock, audit, queue }: CampaignParts) {
  const rows = revisedRows(campaigns, clock);
  const findCampaign = (id: string): Promise<Campaign> => rows.find(db, id);

  return {
    findCampaign,

    /** Changes a campaign that is still as it was seen. */
    async changeCampaign(
      staff: Person,
      id: string,
      revision: number,
      step: CampaignEvent | ((row: Campaign) => CampaignEvent),
      set: (row: Campaign) => Partial<typeof campaigns.$inferInsert> = () => ({}),
      then: (tx: Tx, row: Campaign, before: Campaign) => Promise<unknown> = async () => {},
    ): Promise<CampaignOutcome> {
      const { kind, row: campaign } = await db.transaction((tx) =>
        rows.change(tx, id, revision, async (row) => {
          const event = typeof step === 'string' ? step : step(row);
          const state = campaignAfter(row.state, event);
          if (!state) return undefined;
          const changed = await rows.write(tx, row, { state, ...set(row) });
          await then(tx, changed, row);
          await queue.enqueue(tx, TICK, {});
          await queue.publish(tx, RECALLS_CHANGED, {});
          await audit.record(tx, staff, `campaign.${event}`, id);
          return changed;
        }),
      );
      return { kind, campaign };
    },
  };
}
