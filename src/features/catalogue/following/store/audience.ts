import { sql } from 'drizzle-orm';
import type { Audience } from '../../../../core/ports/delivery.ts';
import { subscriptions } from '../../tables.ts';

/** What something is about: categories, suppliers, or nothing in particular. */
export interface Concerned {
  readonly categories: readonly string[];
  readonly suppliers: readonly string[];
  /** Saved lists of offers, as their subscriptions write them. */
  readonly lists?: readonly string[];
}

/** The people and channels that follow everything, or one of these topics; for no topic, every subscriber. */
export function subscribersAudience({ categories, suppliers, lists = [] }: Concerned): Audience {
  const among = (kind: string, topics: readonly string[]) =>
    topics.length === 0
      ? sql``
      : sql` or (topic_kind = ${kind} and topic in (${sql.join(
          topics.map((topic) => sql`${topic}`),
          sql`, `,
        )}))`;
  const all = categories.length + suppliers.length === 0 ? sql`true` : sql`topic_kind = 'all'`;
  return sql`
    select tenant_id,
      case when kind = 'person' then object_id else '' end as object_id,
      case when kind = 'channel' then conversation_id else '' end as conversation_id
    from ${subscriptions}
    where ${all}${among('category', categories)}${among('supplier', suppliers)}${among('list', lists)}`;
}
