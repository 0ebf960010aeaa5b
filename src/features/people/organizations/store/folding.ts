import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../../core/ports/db.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import {
  audit,
  memberships,
  organizationAliases,
  organizationContacts,
  organizations,
  tenantMappings,
} from '../../tables.ts';
import { addAlias } from './body-names.ts';

/** The body that a request names; `fresh` when this very request made it. No name is given before the transaction ends. */
export async function bodyOfRequest(tx: Tx, membership: string) {
  // First, as whoever merges two bodies or writes the register does.
  await serialize(tx, 'organization names');
  const [row] = await tx
    .select({
      id: organizations.id,
      name: organizations.name,
      fresh: sql<boolean>`${organizations.createdAt} = ${memberships.requestedAt}`,
    })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(eq(memberships.id, membership));
  return row;
}

/**
 * Whether a body is more than what somebody typed: the staff put it in their register, or said its kind; a name, a
 * contact or a tenant leads to it; somebody acts for it, asks to, or was confirmed there and may have left something.
 */
async function isUsed(tx: Tx, id: string): Promise<boolean> {
  const [row] = await tx
    .select({
      used: sql<boolean>`${organizations.registeredAt} is not null or ${organizations.kindConfirmedAt} is not null
        or exists (select from ${memberships} m where m.organization_id = ${id}::uuid)
        or exists (select from ${organizationAliases} a where a.organization_id = ${id}::uuid)
        or exists (select from ${organizationContacts} c where c.organization_id = ${id}::uuid)
        or exists (select from ${tenantMappings} t where t.organization_id = ${id}::uuid)
        or exists (select from ${audit} d where d.at >= ${organizations.createdAt}
          and d.action in ('membership.confirm', 'membership.confirmTenant') and d.object like ${`% ${id}`})`,
    })
    .from(organizations)
    .where(eq(organizations.id, id))
    .for('update');
  return row?.used ?? true;
}

/** A body that was only typed becomes a name of the one that was meant; any other stays: whether it became one. */
export async function foldInto(
  tx: Tx,
  organizationId: string,
  typed: { readonly id: string; readonly name: string; readonly fresh: boolean },
  now: Date,
): Promise<boolean> {
  if (!typed.fresh || (await isUsed(tx, typed.id))) return false;
  await tx.delete(organizations).where(eq(organizations.id, typed.id));
  await addAlias(tx, organizationId, typed.name, now);
  return true;
}
