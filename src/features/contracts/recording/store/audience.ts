import { sql } from 'drizzle-orm';
import type { Audience } from '../../../../core/ports.ts';
import { aboutFile } from '../../../acquisitions/index.ts';
import type { Concerned } from '../../../catalogue/index.ts';
import { contractsNow, followersNow } from '../../tables.ts';

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
