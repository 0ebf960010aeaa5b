import { type SQL, sql } from 'drizzle-orm';
import type { Audience } from '../../core/ports.ts';
import type { Concerned } from '../catalogue/index.ts';
import { acquisitionFacts, acquisitionMembers, acquisitions } from './tables.ts';

/** The fact under which features write what a file is about. */
export const CONCERN_KEYS = { categories: 'concern:categories', suppliers: 'concern:suppliers' } as const;

/** The members of the open files that are about one of these topics; of all open files for no topic. */
export function openFilesAudience({ categories, suppliers }: Concerned): Audience {
  const about = (key: string, topics: readonly string[]): SQL[] =>
    topics.length === 0
      ? []
      : [
          sql`(f.key = ${key} and jsonb_exists_any(f.value -> 'topics', array[${sql.join(
            topics.map((topic) => sql`${topic}`),
            sql`, `,
          )}]::text[]))`,
        ];
  const topics = [...about(CONCERN_KEYS.categories, categories), ...about(CONCERN_KEYS.suppliers, suppliers)];
  const concerned =
    topics.length === 0
      ? sql``
      : sql` and exists (select 1 from ${acquisitionFacts} f
          where f.acquisition_id = a.id and (${sql.join(topics, sql` or `)}))`;
  return sql`
    select m.tenant_id, m.object_id, '' as conversation_id
    from ${acquisitionMembers} m join ${acquisitions} a on a.id = m.acquisition_id
    where a.state = 'open'${concerned}`;
}
