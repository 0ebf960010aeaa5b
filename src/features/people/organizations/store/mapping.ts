import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { CourtierError } from '../../../../core/errors.ts';
import { recipientOf } from '../../../../core/people/recipient.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Audit } from '../../audit/store/audit.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { memberships, organizations, tenantMappings } from '../../tables.ts';
import { decidedOf, isFresh, noticeOf } from './decisions.ts';

export interface MappingParts {
  readonly audit: Audit;
  readonly deliveries: Pick<Deliveries, 'addressEach'>;
}

/**
 * Confirms those of some requests that wait, those apart whom the staff removed or refused there; each is told. How
 * many.
 */
export async function confirmPending(
  tx: Tx,
  { audit, deliveries }: MappingParts,
  staff: PersonKey,
  which: SQL | undefined,
  now: Date,
): Promise<number> {
  const rows = await tx
    .update(memberships)
    .set({ state: 'confirmed', decidedAt: now, revision: sql`${memberships.revision} + 1` })
    .where(and(eq(memberships.state, 'pending'), isFresh, which))
    .returning();
  await audit.recordAll(tx, staff, 'membership.confirm', rows.map(decidedOf));
  await deliveries.addressEach(
    tx,
    rows.map((row) => ({ notice: noticeOf('decision', row.id), to: [recipientOf(row)] })),
  );
  return rows.length;
}

/**
 * Confirms those of some tenants who wait for the very body to which their tenant leads. How many.
 */
export async function confirmWaiting(
  tx: Tx,
  parts: MappingParts,
  staff: PersonKey,
  tenants: readonly string[],
  now: Date,
): Promise<number> {
  if (tenants.length === 0) return 0;
  const which = and(
    inArray(memberships.tenantId, [...tenants]),
    sql`exists (select 1 from ${tenantMappings} t
      where t.tenant_id = ${memberships}.tenant_id and t.organization_id = ${memberships}.organization_id)`,
  );
  return confirmPending(tx, parts, staff, which, now);
}

/**
 * Maps a tenant to a body, and confirms those of it who wait for that body: how many. Refused where the tenant leads to
 * another one, until an administrator lets it go.
 */
export async function mapTenant(
  tx: Tx,
  parts: MappingParts,
  staff: PersonKey,
  { tenantId, organizationId }: { readonly tenantId: string; readonly organizationId: string },
  now: Date,
): Promise<number> {
  await tx.insert(tenantMappings).values({ tenantId, organizationId, mappedAt: now }).onConflictDoNothing();
  const [held] = await tx
    .select({ id: organizations.id, name: organizations.name })
    .from(tenantMappings)
    .innerJoin(organizations, eq(organizations.id, tenantMappings.organizationId))
    .where(eq(tenantMappings.tenantId, tenantId));
  if (held && held.id !== organizationId)
    throw new CourtierError(
      'refused',
      `Ce locataire est associé à « ${held.name} » : rien n’est changé. Confirmez cette demande seule, ou demandez à l’administration de le dissocier d’abord (« locataires »).`,
    );
  return confirmWaiting(tx, parts, staff, [tenantId], now);
}
