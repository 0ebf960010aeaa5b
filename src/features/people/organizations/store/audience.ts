import { type SQL, sql } from 'drizzle-orm';
import type { Audience, Deliveries } from '../../../../core/ports.ts';
import { acting, staffChannel } from '../../tables.ts';

/** The confirmed members of some bodies; at least one. */
export const membersAudience = (organizations: readonly string[]): Audience => sql`
  select tenant_id, object_id, '' as conversation_id from ${acting}
  where organization_id in (${sql.join(
    organizations.map((id) => sql`${id}::uuid`),
    sql`, `,
  )})`;

/** The confirmed members of the bodies that a query names. */
export const membersOfAudience = (organizations: SQL): Audience => sql`
  select tenant_id, object_id, '' as conversation_id from ${acting}
  where organization_id in (${organizations})`;

/** The staff's channel, among all rooms; nobody while none was designated. */
export const staffAudience = ({ rooms }: Pick<Deliveries, 'rooms'>): Audience => sql`
  select c.tenant_id, c.object_id, c.conversation_id from (${rooms}) c
  join ${staffChannel} s on s.conversation_id = c.conversation_id`;
