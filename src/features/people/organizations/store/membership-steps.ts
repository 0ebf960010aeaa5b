import { and, eq, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Id } from '../../../../core/id.ts';
import { recipientOf } from '../../../../core/people/recipient.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import type { Quotas } from '../../quotas/store/quotas.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { memberships, organizations, people, tenantMappings } from '../../tables.ts';
import { staffAudience } from './audience.ts';
import { bodyNamed } from './body-names.ts';
import { type Decision, decidedOf, formerRefusalOf, noticeOf } from './decisions.ts';
import { bodyOfRequest, foldInto } from './folding.ts';
import { tellDeparture } from './leaving.ts';
import { mapTenant } from './mapping.ts';
import { type Membership, membershipOf, ownedBy } from './membership-records.ts';

export interface OrganizationParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly quotas: Pick<Quotas, 'spend'>;
}

/** Whether somebody's tenant is mapped to a body, and the staff did not say no to them there. */
async function needsNobody(
  tx: Tx,
  { tenantId, objectId }: PersonKey,
  organizationId: string,
): Promise<boolean> {
  const asked = sql`(select ${tenantId} as tenant_id, ${objectId} as object_id, ${organizationId}::uuid as organization_id)`;
  const { rows } = (await tx.execute(sql`
    select 1 from ${asked} asked join ${tenantMappings} t
      on t.tenant_id = asked.tenant_id and t.organization_id = asked.organization_id
    where ${formerRefusalOf(sql`asked`)} is null`)) as { rows: readonly unknown[] };
  return rows.length > 0;
}

/** How a request to act for a body is made, and decided. */
export function buildMembershipSteps({ db, clock, audit, deliveries, quotas }: OrganizationParts) {
  /** Tells the staff that a request waits. */
  const announce = (tx: Tx, id: string): Promise<void> =>
    deliveries.address(tx, noticeOf('request', id), staffAudience(deliveries));

  /** Tells a person what was decided. */
  const tell = (tx: Tx, id: string, person: PersonKey): Promise<void> =>
    deliveries.address(tx, noticeOf('decision', id), [recipientOf(person)]);

  return {
    announce,
    tell,

    /**
     * Asks to act for a body, in place of any earlier request. Confirmed at once when the tenant is mapped to it,
     * unless the staff refused or removed them there; else the staff are told. Asked again under the same id, or for the body that one has or waits for already, it is
     * the same request. `domain` is that of their address, where it may be known.
     */
    async requestMembership(person: Person, name: string, id: Id, domain?: string): Promise<Membership> {
      return db.transaction(async (tx) => {
        await serialize(tx, 'membership', person.tenantId, person.objectId);
        const held = await membershipOf(tx, person);
        if (held?.id === id) return held;
        const now = asDate(clock.now());
        const organization = await bodyNamed(tx, name, now);
        const wasNo = held?.state === 'revoked' || held?.state === 'refused';
        const mapped =
          !(wasNo && held.organizationId === organization.id) &&
          (await needsNobody(tx, person, organization.id));
        const stands = held?.state === 'confirmed' || (held?.state === 'pending' && !mapped);
        if (held && stands && held.organization === organization.name) return held;
        const told = await quotas.spend(tx, person, 'people.declare');
        const state = mapped ? ('confirmed' as const) : ('pending' as const);
        await tx
          .insert(people)
          .values({ ...person, firstSeen: now, lastSeen: now })
          .onConflictDoNothing();
        await tx.delete(memberships).where(ownedBy(person));
        await tx.insert(memberships).values({
          id,
          tenantId: person.tenantId,
          objectId: person.objectId,
          organizationId: organization.id,
          state,
          domain,
          requestedAt: now,
          ...(mapped ? { decidedAt: now } : {}),
        });
        await audit.record(tx, person, 'membership.request', id);
        if (held?.state === 'confirmed')
          await tellDeparture(tx, deliveries, held.id, person, held.organizationId);
        if (!mapped && told === 'apart') await announce(tx, id);
        return { id, organizationId: organization.id, organization: organization.name, state };
      });
    },

    /**
     * Confirms or refuses a request; `confirmTenant` also maps the tenant, so that the next requests
     * for this body need nobody, and confirms those of it who wait for it (`also`). The person is told. `stale` when somebody else decided first. With `instead`, the
     * person is confirmed for that body, and what they typed becomes one of its names; `apart`: what they typed, where
     * that is a body of its own, which stays.
     */
    async decideMembership(
      staff: Person,
      id: string,
      revision: number,
      decision: Decision,
      instead?: string,
    ): Promise<'stale' | { person: PersonKey; organization: string; also: number; apart: string }> {
      return db.transaction(async (tx) => {
        const now = asDate(clock.now());
        // The names before the mappings, always in this order.
        const typed = instead ? await bodyOfRequest(tx, id) : undefined;
        // Two who map one tenant would each wait for what the other confirms.
        if (decision === 'confirmTenant') await serialize(tx, 'tenant mappings');
        const [row] = await tx
          .update(memberships)
          .set({
            state: decision === 'refuse' ? 'refused' : 'confirmed',
            decidedAt: now,
            revision: revision + 1,
            ...(instead && decision !== 'refuse' ? { organizationId: instead } : {}),
          })
          .where(
            and(eq(memberships.id, id), eq(memberships.revision, revision), eq(memberships.state, 'pending')),
          )
          .returning();
        if (!row) return 'stale';
        const meant = typed !== undefined && row.organizationId !== typed.id;
        const apart = meant && !(await foldInto(tx, row.organizationId, typed, now)) ? typed.name : '';
        const also =
          decision === 'confirmTenant' ? await mapTenant(tx, { audit, deliveries }, staff, row, now) : 0;
        await audit.record(tx, staff, `membership.${decision}`, decidedOf(row));
        await tell(tx, id, row);
        const [organization] = await tx
          .select()
          .from(organizations)
          .where(eq(organizations.id, row.organizationId));
        return { person: row, organization: organization?.name ?? '', also, apart };
      });
    },
  };
}
