import { and, eq, inArray, lte, ne, sql } from 'drizzle-orm';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Audience, Deliveries } from '../../../../core/ports/delivery.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { followerTable } from '../../../contracts/index.ts';
import { evaluations } from '../../tables.ts';
import { dueMoment } from '../rules/schedule.ts';
import { ask, followContracts } from './asking.ts';
import { type Campaign, campaignKey } from './campaign-records.ts';
import { channelsAudience } from './channels.ts';

interface Moved {
  readonly campaign: Campaign;
  readonly today: Temporal.PlainDate;
  readonly now: Date;
}

const openIn = ({ id }: Campaign) => and(eq(evaluations.campaignId, id), eq(evaluations.state, 'open'));

/**
 * The evaluations of a campaign go with its new last day; those of contracts that end keep theirs. How many were open
 * that lose by it, if it is earlier: time, or all of it.
 */
export async function endMoved(tx: Tx, { campaign, ...when }: Moved): Promise<number> {
  if (campaign.kind === 'final') return 0;
  if (campaign.kind === 'anniversary') return anniversariesMoved(tx, { campaign, ...when });
  // In the order in which they are held elsewhere.
  await tx
    .select({ id: evaluations.id })
    .from(evaluations)
    .where(eq(evaluations.campaignId, campaign.id))
    .orderBy(evaluations.id)
    .for('update');
  await tx
    .update(evaluations)
    .set({ closesOn: campaign.closesOn })
    .where(eq(evaluations.campaignId, campaign.id));
  return tx.$count(evaluations, openIn(campaign));
}

/** Those of days that were added are asked about, those of days that were taken away are not: whoever knew of it is told. */
async function anniversariesMoved(tx: Tx, { campaign, today, now }: Moved): Promise<number> {
  const standing = async () =>
    new Set(
      (await tx.select({ id: evaluations.id }).from(evaluations).where(openIn(campaign))).map(({ id }) => id),
    );
  const theirs = await tx
    .selectDistinct({ id: evaluations.contractId })
    .from(evaluations)
    .where(and(eq(evaluations.campaignId, campaign.id), ne(evaluations.state, 'submitted')));
  const before = await standing();
  await followContracts(
    tx,
    theirs.map(({ id }) => id),
  );
  const after = await standing();
  const changed = [...before.symmetricDifference(after)];
  if (changed.length > 0)
    await tx
      .update(evaluations)
      .set({ apartAt: now, revision: sql`${evaluations.revision} + 1` })
      .where(and(inArray(evaluations.id, changed), lte(evaluations.opensOn, today.toString())));
  await ask(tx, campaign, today, now);
  return before.difference(after).size;
}

/** Those who look after the contracts whose evaluation has another last day; who submitted may change it until then. */
const followersOf = ({ id }: Campaign, states: readonly string[]): Audience => sql`
  select distinct f.tenant_id, f.object_id, '' as conversation_id from ${evaluations} e
  join ${followerTable} f on f.contract_id = e.contract_id
  where e.campaign_id = ${id}::uuid and e.state = any(${sql.param([...states])}::text[])`;

/**
 * Whoever was told the former last day is told the new one: those who look after the contracts, and the channels of
 * their bodies. The reminder whose day had come is not given again for the new one. In a pause, once it is over.
 */
export async function tellMoved(
  tx: Tx,
  campaign: Campaign,
  before: Campaign,
  {
    deliveries,
    days,
    today,
  }: { readonly deliveries: Deliveries; readonly days: BusinessDays; readonly today: Temporal.PlainDate },
): Promise<void> {
  const { id, kind, revision, opensOn, closesOn } = campaign;
  const windowOf = (last: string) => ({
    opensOn: Temporal.PlainDate.from(opensOn),
    closesOn: Temporal.PlainDate.from(last),
  });
  const moment = dueMoment(kind, windowOf(closesOn), today, days);
  // Before the first reminder nobody was told of any day.
  if (!moment) return;
  const channels = channelsAudience(id, { opensOn, closesOn });
  const notice = {
    kind: 'evaluations.moved',
    key: `${campaignKey(id)}:moved:${revision}`,
    about: campaignKey(id),
    subject: { campaign: id, closesOn },
  };
  const earlier = closesOn < before.closesOn;
  await deliveries.address(tx, notice, followersOf(campaign, earlier ? ['open', 'submitted'] : ['open']));
  await deliveries.address(tx, notice, channels);
  if (campaign.state === 'paused') await deliveries.cancel(tx, campaignKey(id));
  const given = {
    kind: 'evaluations.reminder',
    key: `${campaignKey(id)}:${moment}:${opensOn}:${closesOn}`,
    about: `${campaignKey(id)}:given`,
    subject: { campaign: id, moment, opensOn, closesOn },
  };
  await deliveries.address(tx, given, channels, 'held');
}
