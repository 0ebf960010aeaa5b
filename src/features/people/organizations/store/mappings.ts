import { eq } from 'drizzle-orm';
import { byName } from '../../../../core/columns.ts';
import type { Db } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { organizations, tenantMappings } from '../../tables.ts';

/** The tenants that are one body's. */
export function buildMappings(db: Db, audit: Audit) {
  return {
    /** Tenants whose people are confirmed without anybody's decision. */
    tenantMappings: () =>
      db
        .select({ tenantId: tenantMappings.tenantId, organization: organizations.name })
        .from(tenantMappings)
        .innerJoin(organizations, eq(organizations.id, tenantMappings.organizationId))
        .orderBy(byName(organizations.name)),

    async unmapTenant(admin: Person, tenantId: string): Promise<void> {
      await db.transaction(async (tx) => {
        const gone = await tx
          .delete(tenantMappings)
          .where(eq(tenantMappings.tenantId, tenantId))
          .returning({ tenantId: tenantMappings.tenantId });
        if (gone.length > 0) await audit.record(tx, admin, 'tenant.unmap', tenantId);
      });
    },
  };
}
