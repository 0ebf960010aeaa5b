import { sql } from 'drizzle-orm';
import type { Clock } from '../../../../core/clock.ts';
import type { Audience } from '../../../../core/ports/delivery.ts';
import type { Ties } from '../../../../core/routes/keeping.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { aboutFile } from '../../../acquisitions/index.ts';
import type { Concerned } from '../../../catalogue/index.ts';
import { actingView } from '../../../people/index.ts';
import { comments, contractsNow, followersNow, references } from '../../tables.ts';

/** So long after its end, what a contract asks for is past: its last invoices, the copy of its evaluation. */
const LAST_DUTIES_DAYS = 180;

/**
 * Those who follow a contract that runs or asks for something still, who noted one or are its reference; those whose
 * comment waits for an answer.
 */
export function contractTies({ clock }: { readonly clock: Clock }): Ties {
  const since = brokerDate(clock.now()).subtract({ days: LAST_DUTIES_DAYS }).toString();
  const runs = sql`c.ends_on >= ${since}::date`;
  return sql`
    select f.tenant_id, f.object_id from ${followersNow} f join ${contractsNow} c on c.id = f.contract_id where ${runs}
    union all
    select r.tenant_id, r.object_id from ${references} r join ${contractsNow} c on c.id = r.contract_id where ${runs}
    union all
    select c.created_tenant, c.created_id from ${contractsNow} c
    where ${runs} and (c.organization_id is null or exists (select from ${actingView} p
      where p.tenant_id = c.created_tenant and p.object_id = c.created_id
        and p.organization_id = c.organization_id))
    union all
    select m.tenant_id, m.object_id from ${comments} m
    where m.closed_at is null and (m.answer is null or m.asked_at is not null)`;
}

/**
 * Those who follow a contract that has not ended on that day, with one of these suppliers or born of a file about
 * one of these categories; every such contract for no topic.
 */
export function contractsAudience(concerned: Concerned, today: Temporal.PlainDate): Audience {
  const { categories, suppliers } = concerned;
  const topics = [
    ...aboutFile(sql`c.acquisition_id`, { categories, suppliers: [] }),
    ...(suppliers.length === 0
      ? []
      : [
          sql`c.supplier_id in (${sql.join(
            suppliers.map((supplier) => sql`${supplier}`),
            sql`, `,
          )})`,
        ]),
  ];
  const about = topics.length === 0 ? sql`true` : sql`(${sql.join(topics, sql` or `)})`;
  return sql`
    select f.tenant_id, f.object_id, '' as conversation_id
    from ${followersNow} f join ${contractsNow} c on c.id = f.contract_id
    where c.ends_on >= ${today.toString()}::date and ${about}`;
}
