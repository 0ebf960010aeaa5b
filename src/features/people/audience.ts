import { sql } from 'drizzle-orm';
import type { Audience } from '../../core/ports.ts';
import { memberships } from './tables.ts';

/** The confirmed members of some bodies; at least one. */
export const membersAudience = (organizations: readonly string[]): Audience => sql`
  select tenant_id, object_id, '' as conversation_id from ${memberships}
  where state = 'confirmed' and organization_id in (${sql.join(
    organizations.map((id) => sql`${id}::uuid`),
    sql`, `,
  )})`;
