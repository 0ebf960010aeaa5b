import { sql } from 'drizzle-orm';
import type { Ties } from '../../../../core/feature.ts';
import type { Audience } from '../../../../core/ports.ts';
import { followerTable } from '../../../contracts/index.ts';
import { membersOfAudience } from '../../../people/index.ts';
import { campaigns, evaluations } from '../../tables.ts';
import type { Moment } from '../rules/schedule.ts';
import type { Cohort } from './campaign-calendar.ts';
import { channelsAudience } from './channels.ts';

const waitingOf = (campaign: string, { opensOn, closesOn }: Cohort) => sql`
  e.campaign_id = ${campaign}::uuid and e.state = 'open' and e.opens_on = ${opensOn}::date
  and e.closes_on = ${closesOn}::date`;

/** Those who submit, or are asked for, an evaluation that may still be answered. */
export const evaluationTies = (): Ties => sql`
  select e.responsible_tenant as tenant_id, e.responsible_id as object_id from ${evaluations} e
  join ${campaigns} c on c.id = e.campaign_id where e.state = 'open' and c.state <> 'closed'
  union all
  select f.tenant_id, f.object_id from ${followerTable} f join ${evaluations} e on e.contract_id = f.contract_id
  join ${campaigns} c on c.id = e.campaign_id where e.state = 'open' and c.state <> 'closed'`;

/** Those who look after the contracts that nobody evaluated yet. */
const followersAudience = (campaign: string, cohort: Cohort): Audience => sql`
  select distinct f.tenant_id, f.object_id, '' as conversation_id from ${followerTable} f
  join ${evaluations} e on e.contract_id = f.contract_id where ${waitingOf(campaign, cohort)}`;

/** The other members of the bodies of those contracts. */
const colleaguesAudience = (campaign: string, cohort: Cohort): Audience =>
  membersOfAudience(sql`select e.organization_id from ${evaluations} e where ${waitingOf(campaign, cohort)}`);

/** Whom a reminder is for: those who follow the contracts, the channels of their bodies, at last all of their members. */
export const reminderAudience = (campaign: string, cohort: Cohort, moment: Moment): Audience =>
  sql.join(
    [
      followersAudience(campaign, cohort),
      channelsAudience(campaign, cohort),
      ...(moment === 'members' ? [colleaguesAudience(campaign, cohort)] : []),
    ],
    sql` union `,
  );
