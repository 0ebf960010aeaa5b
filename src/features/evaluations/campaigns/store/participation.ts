import { and, asc, desc, eq, gt, lt, lte, type SQL, sql } from 'drizzle-orm';
import { nearestPage } from '../../../../core/cards/paging.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { contractTable, followerTable } from '../../../contracts/index.ts';
import { signedOn } from '../../answering/store/signed-on.ts';
import { campaigns, evaluations } from '../../tables.ts';
import type { Campaign, CampaignParts } from './campaign-records.ts';

/** How many contracts, by where their evaluation stands. */
export interface Participation {
  /** Without an answer; the late ones are among them, and those that nobody can be reached for. */
  readonly open: number;
  readonly late: number;
  readonly unreachable: number;
  readonly submitted: number;
  readonly excluded: number;
  /** Those whose day has not come. */
  readonly coming: number;
}

/** What a list of campaigns says of each. */
export type Answers = Pick<Participation, 'open' | 'submitted' | 'excluded' | 'coming'>;

/** What the staff may list of a campaign. */
export const LISTS = ['all', 'open', 'late', 'unreachable', 'submitted', 'apart'] as const;
export type List = (typeof LISTS)[number];

/** What the staff read of campaigns: who was asked, who answered. */
export function buildParticipation({
  db,
  clock,
  deliveries,
}: Pick<CampaignParts, 'db' | 'clock' | 'deliveries'>) {
  const today = () => brokerDate(clock.now());

  const coming = (): SQL[] => [eq(evaluations.state, 'open'), gt(evaluations.opensOn, today().toString())];

  /** Which evaluations are in a list of the staff's. */
  function listed(list: List): SQL[] {
    const day = today().toString();
    const waiting = [eq(evaluations.state, 'open'), lte(evaluations.opensOn, day)];
    switch (list) {
      case 'all':
        return [];
      case 'open':
        return waiting;
      case 'late':
        return [...waiting, lt(evaluations.closesOn, day)];
      case 'submitted':
        return [eq(evaluations.state, 'submitted')];
      case 'apart':
        return [eq(evaluations.state, 'excluded')];
      case 'unreachable':
        return [
          ...waiting,
          sql`not exists (select 1 from ${followerTable} f join (${deliveries.people}) p
            on p.tenant_id = f.tenant_id and p.object_id = f.object_id
            where f.contract_id = ${evaluations.contractId})`,
        ];
    }
  }

  return {
    /** A page of the campaigns, the latest first, each with how many contracts stand where. */
    async campaignsPage(
      wanted: number,
      size: number,
    ): Promise<{ rows: (Campaign & { readonly answers: Answers })[]; page: number; total: number }> {
      // Each counts on the index alone, which tells nothing of those that are not counted.
      const n = (...conditions: SQL[]) =>
        db.$count(evaluations, and(eq(evaluations.campaignId, campaigns.id), ...conditions));
      const total = await db.$count(campaigns);
      const page = nearestPage(wanted, total, size);
      const rows = await db
        .select({
          campaign: campaigns,
          open: n(...listed('open')),
          submitted: n(...listed('submitted')),
          excluded: n(...listed('apart')),
          coming: n(...coming()),
        })
        .from(campaigns)
        .orderBy(desc(campaigns.number))
        .limit(size)
        .offset((page - 1) * size);
      return { rows: rows.map(({ campaign, ...answers }) => ({ ...campaign, answers })), page, total };
    },

    async participation(id: string): Promise<Participation> {
      const n = (...conditions: (SQL | undefined)[]) =>
        sql<number>`count(*) filter (where ${and(...conditions)})`.mapWith(Number);
      const [row] = await db
        .select({
          open: n(...listed('open')),
          late: n(...listed('late')),
          unreachable: n(...listed('unreachable')),
          submitted: n(...listed('submitted')),
          excluded: n(...listed('apart')),
          coming: n(...coming()),
        })
        .from(evaluations)
        .where(eq(evaluations.campaignId, id));
      if (!row) throw new Error('nothing counted');
      return row;
    },

    /** A page of what a campaign asks about: those who have not answered first, of them the bodies that answered nothing. */
    async asked(id: string, list: List, wanted: number, size: number) {
      const where = and(eq(evaluations.campaignId, id), ...listed(list));
      // Whether its body answered anything that the campaign asks.
      const answered = sql`coalesce(${evaluations.organizationId} in (select o.organization_id from ${evaluations} o
        where o.campaign_id = ${id}::uuid and o.state = 'submitted'), false)`;
      const total = await db.$count(evaluations, where);
      const page = nearestPage(wanted, total, size);
      const rows = await db
        .select({
          evaluation: evaluations,
          campaign: campaigns.state,
          signedOn,
          title: contractTable.title,
          supplier: contractTable.supplierName,
          unreachable: sql<boolean>`${and(...listed('unreachable'))}`,
          silent: sql<boolean>`not ${answered}`,
        })
        .from(evaluations)
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .innerJoin(campaigns, eq(campaigns.id, evaluations.campaignId))
        .where(where)
        .orderBy(
          asc(sql`array_position(array['open', 'submitted', 'excluded'], ${evaluations.state})`),
          asc(answered),
          asc(evaluations.closesOn),
          asc(contractTable.number),
        )
        .limit(size)
        .offset((page - 1) * size);
      return { rows, page, total };
    },
  };
}
