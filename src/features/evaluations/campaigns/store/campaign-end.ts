import { sql } from 'drizzle-orm';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Audience, Deliveries } from '../../../../core/ports/delivery.ts';
import { evaluations, sections } from '../../tables.ts';
import { type Campaign, campaignKey } from './campaign-records.ts';

/** Those who answered, in part or in full, what was submitted. */
const contributorsAudience = (id: string): Audience => sql`
  select distinct s.tenant_id, s.object_id, '' as conversation_id from ${sections} s
  join ${evaluations} e on e.id = s.evaluation_id
  where e.campaign_id = ${id}::uuid and e.state = 'submitted' and s.object_id <> ''`;

const thanksKey = (id: string): string => `thanks:${id}`;

/** Nobody is reminded any more; those who answered are thanked, once. */
export async function endCampaign(
  tx: Tx,
  { id }: Pick<Campaign, 'id'>,
  deliveries: Deliveries,
): Promise<void> {
  await deliveries.cancel(tx, campaignKey(id));
  await deliveries.address(
    tx,
    {
      kind: 'evaluations.thanks',
      key: `${campaignKey(id)}:thanks`,
      about: thanksKey(id),
      subject: { campaign: id },
    },
    contributorsAudience(id),
  );
  // Those whom it would have thanked before it was reopened.
  await deliveries.revive(tx, thanksKey(id));
}

/** It goes on: those who were to be reminded still are, unless the next reminder is due; nobody is thanked yet. */
export async function goOn(tx: Tx, { id }: Pick<Campaign, 'id'>, deliveries: Deliveries): Promise<void> {
  await deliveries.cancel(tx, thanksKey(id));
  await deliveries.revive(tx, campaignKey(id));
}
