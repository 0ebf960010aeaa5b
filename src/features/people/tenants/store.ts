import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { nearestPage, type Page, pageAt } from '../../../core/cards/paging.ts';
import type { Id } from '../../../core/id.ts';
import type { Db } from '../../../core/ports/db.ts';
import type { Consent, Installer } from '../../../core/ports/directory.ts';
import { readCount, readRows } from '../../../core/rows/raw.ts';
import type { Person } from '../../../core/turn.ts';
import type { Audit } from '../audit/store/audit.ts';
import { organizations, people, tenantMappings, audit as trail } from '../tables.ts';

/** A client tenant: whose it is, where its catalogue has the assistant, and what it granted when somebody last looked. */
export interface ServedTenant {
  readonly tenantId: string;
  /** The body of all of its people, when it is one's. */
  readonly organization: string | undefined;
  /** The assistant's id in its catalogue of apps. */
  readonly appId: string | undefined;
  readonly consent:
    | { readonly state: Consent; readonly at: Date; readonly by: string | undefined }
    | undefined;
}

const PAGE = 4;
const PREFIX = 'tenant.consent';
const Row = z.object({
  tenantId: z.string(),
  organization: z.string().nullable(),
  action: z.string().nullable(),
  at: z.coerce.date().nullable(),
  by: z.string().nullable(),
});
const Counted = z.object({ served: z.int(), given: z.int() });
const State = z.enum(['given', 'partial', 'missing']);

export interface TenantParts {
  readonly db: Db;
  readonly installer: Installer | undefined;
  /** Those that the deployer lets in. */
  readonly served: readonly string[];
}

/** Pages of the tenants that are served: those that the deployer lets in, and those that are a body's. */
export function buildTenantRecords({ db, installer, served }: TenantParts) {
  // One list of ids, whatever it comes from.
  const known = sql`(
    select unnest(string_to_array(${served.join(',')}, ',')) as tenant_id
    union select ${tenantMappings.tenantId} from ${tenantMappings}) t`;
  // The latest look at one is in the trail, with who looked: its object is the id, then the effect.
  const lookedAt = sql`(
    select action, at, tenant_id, object_id from ${trail}
    where object ~>=~ (t.tenant_id || ' ') and object ~<~ (t.tenant_id || '!') and action like ${`${PREFIX}.%`}
    order by id desc limit 1)`;

  async function tenantsPage(wanted: number): Promise<Page<ServedTenant>> {
    const total = await readCount(db, sql`select count(*)::int as n from ${known}`);
    const page = nearestPage(wanted, total, PAGE);
    const rows = await readRows(
      db,
      sql`
      select t.tenant_id as "tenantId", o.name as organization, c.action, c.at, p.name as by
      from ${known}
      left join ${tenantMappings} m on m.tenant_id = t.tenant_id
      left join ${organizations} o on o.id = m.organization_id
      left join lateral ${lookedAt} c on true
      left join ${people} p on p.tenant_id = c.tenant_id and p.object_id = c.object_id
      order by o.name nulls last, t.tenant_id
      limit ${PAGE} offset ${(page - 1) * PAGE}`,
      Row,
    );
    const items = rows.map(({ tenantId, organization, action, at, by }) => ({
      tenantId,
      organization: organization ?? undefined,
      appId: installer?.catalogues.get(tenantId.toLowerCase()),
      consent:
        action && at
          ? { state: State.parse(action.slice(PREFIX.length + 1)), at, by: by ?? undefined }
          : undefined,
    }));
    return pageAt(items, page, total, PAGE);
  }

  /** Of the tenants that are served, how many consented when somebody last looked; whether it can be asked at all. */
  async function consents(): Promise<{
    readonly served: number;
    readonly given: number;
    readonly asked: boolean;
  }> {
    const [counted = { served: 0, given: 0 }] = await readRows(
      db,
      sql`
      select count(*)::int as served, count(*) filter (where c.action = ${`${PREFIX}.given`})::int as given
      from ${known} left join lateral ${lookedAt} c on true`,
      Counted,
    );
    return { ...counted, asked: installer !== undefined };
  }

  return { tenantsPage, consents };
}

/** What administrators see of the tenants that are served, and do about them. */
export function buildTenants(parts: TenantParts, audit: Audit) {
  const { db, installer } = parts;
  return {
    ...buildTenantRecords(parts),

    /** Asks a tenant for a token of its own, and notes who saw what it grants. Undefined where nothing can be asked. */
    async checkConsent(admin: Person, tenantId: string, effect: Id): Promise<Consent | undefined> {
      if (!installer) return undefined;
      const consent = await installer.consent(tenantId);
      await db.transaction((tx) => audit.once(tx, admin, `${PREFIX}.${consent}`, `${tenantId} ${effect}`));
      return consent;
    },

    /** The people of a tenant are confirmed one by one again. */
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

export type Tenants = ReturnType<typeof buildTenants>;
