import { type SQL, sql } from 'drizzle-orm';
import type { Audience, Deliveries } from '../../../../core/ports/delivery.ts';
import { acting, people, staffChannel } from '../../tables.ts';

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

/** Of some rooms, the staff's own channel. */
export const staffRoomOf = (rooms: Audience): Audience => sql`
  select c.tenant_id, c.object_id, c.conversation_id from (${rooms}) c
  join ${staffChannel} s on s.conversation_id = c.conversation_id`;

/** The same recipients, without the staff's own channel. */
export const withoutStaffRoom = (audience: Audience): Audience => sql`
  select c.tenant_id, c.object_id, c.conversation_id from (${audience}) c
  where not exists (select 1 from ${staffChannel} s where s.conversation_id = c.conversation_id)`;

const channelThatAnswers = (openRooms: Audience): Audience => sql`
  select c.tenant_id, c.object_id, c.conversation_id from (${openRooms}) c
  join ${staffChannel} s on s.conversation_id = c.conversation_id and s.lost_at is null`;

/** Everybody of the staff, the administrators of the configuration included; nobody while no channel was designated. */
export const staffInPerson: Audience = sql`
  select p.tenant_id, p.object_id, '' as conversation_id from ${people} p join ${staffChannel} s
    on p.role in ('staff', 'admin') or p.object_id = any(s.admins)
      or p.tenant_id || '/' || p.object_id = any(s.admins)`;

/**
 * The staff's channel; while it is lost, each of the staff in their own chat, until it is back or another is chosen.
 * Nobody while none was designated.
 */
export const staffAudience = ({ openRooms }: Pick<Deliveries, 'openRooms'>): Audience => sql`
  ${channelThatAnswers(openRooms)}
  union all
  select i.* from (${staffInPerson}) i where not exists (${channelThatAnswers(openRooms)})`;
