import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Audience } from '../../../core/ports/delivery.ts';
import type { Ties } from '../../../core/routes/keeping.ts';
import type { Concerned } from '../../catalogue/index.ts';
import { type FactKind, fact } from '../rules/fact.ts';
import { acquisitionFacts, acquisitions, membersNow } from '../tables.ts';

const Topics = z.object({ topics: z.array(z.string()).readonly() });

/** What a file is about. */
export const CONCERN_FACTS = {
  categories: fact('concern:categories', Topics),
  suppliers: fact('concern:suppliers', Topics),
};

/** The conditions that a file is about one of these topics, any of which is enough; none for no topic. */
export function aboutFile(file: SQL, { categories, suppliers }: Concerned): SQL[] {
  const about = ({ key }: FactKind<object>, topics: readonly string[]): SQL[] =>
    topics.length === 0
      ? []
      : [
          sql`exists (select 1 from ${acquisitionFacts} f where f.acquisition_id = ${file} and f.key = ${key}
            and jsonb_exists_any(f.value -> 'topics', array[${sql.join(
              topics.map((topic) => sql`${topic}`),
              sql`, `,
            )}]::text[]))`,
        ];
  return [...about(CONCERN_FACTS.categories, categories), ...about(CONCERN_FACTS.suppliers, suppliers)];
}

/** Those who have an open file. */
export const openFilesTies = (): Ties => sql`
  select m.tenant_id, m.object_id from ${membersNow} m
  join ${acquisitions} a on a.id = m.acquisition_id where a.state = 'open'`;

/** The members of the open files that are about one of these topics; of all open files for no topic. */
export function openFilesAudience(concerned: Concerned): Audience {
  const topics = aboutFile(sql`a.id`, concerned);
  const about = topics.length === 0 ? sql`true` : sql`(${sql.join(topics, sql` or `)})`;
  return sql`
    select m.tenant_id, m.object_id, '' as conversation_id
    from ${membersNow} m join ${acquisitions} a on a.id = m.acquisition_id
    where a.state = 'open' and ${about}`;
}
