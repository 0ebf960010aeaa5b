import { type SQL, sql } from 'drizzle-orm';
import { thingOf } from '../../../../core/recalls.ts';
import type { Ties } from '../../../../core/routes/keeping.ts';
import { followerTable } from '../../../contracts/index.ts';
import { actingView } from '../../../people/index.ts';
import { campaigns, evaluations } from '../../tables.ts';
import type { Moment } from '../rules/schedule.ts';
import type { Cohort } from './campaign-calendar.ts';

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

/** Those who look after the contracts that nobody evaluated yet, a row a person and evaluation. */
const byFollowers = (campaign: string, cohort: Cohort) => sql`
  select f.tenant_id, f.object_id, e.id from ${followerTable} f
  join ${evaluations} e on e.contract_id = f.contract_id where ${waitingOf(campaign, cohort)}`;

/** The members of the bodies of those contracts. */
const byColleagues = (campaign: string, cohort: Cohort) => sql`
  select p.tenant_id, p.object_id, e.id from ${evaluations} e
  join ${actingView} p on p.organization_id = e.organization_id where ${waitingOf(campaign, cohort)}`;

/** What the staff had recalled of a campaign, to those who follow the contracts that nobody evaluated. */
export const remindedByStaff = (campaign: string): SQL => sql`
  select f.tenant_id, f.object_id, ${thingOf('evaluations', '')}::text || e.id as thing, e.reminded_on as step_on,
    false as urgent
  from ${followerTable} f join ${evaluations} e on e.contract_id = f.contract_id
  where e.campaign_id = ${campaign}::uuid and e.state = 'open' and e.reminded_on is not null`;

/** What is to be recalled of a campaign since a day: to those who follow the contracts, at last to all their colleagues. */
export const dueEvaluations = (
  campaign: string,
  cohort: Cohort,
  moment: Moment,
  on: Temporal.PlainDate,
): SQL => sql`
  select w.tenant_id, w.object_id, ${thingOf('evaluations', '')}::text || w.id as thing,
    ${on.toString()}::date as step_on, false as urgent
  from (${byFollowers(campaign, cohort)}
    ${moment === 'members' ? sql`union ${byColleagues(campaign, cohort)}` : sql``}) w`;
