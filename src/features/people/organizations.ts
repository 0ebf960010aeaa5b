import { and, asc, count, eq } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import { byName } from '../../core/columns.ts';
import { type Id, newId } from '../../core/id.ts';
import type { Db, Deliveries, Notice, Tx } from '../../core/ports.ts';
import { serialize } from '../../core/serialize.ts';
import { fold } from '../../core/text.ts';
import type { Person } from '../../core/turn.ts';
import { staffAudience } from './audience.ts';
import type { Audit } from './audit.ts';
import type { PersonKey } from './people.ts';
import { memberships, organizations, people, tenantMappings } from './tables.ts';

export interface Membership {
  readonly id: string;
  readonly organization: string;
  readonly state: 'pending' | 'confirmed' | 'refused';
}

export interface MembershipRequest {
  readonly id: string;
  readonly revision: number;
  readonly person: string;
  readonly organization: string;
  readonly requestedAt: Date;
}

export type Decision = 'confirm' | 'confirmTenant' | 'refuse';
const PAGE = 5;

const noticeOf = (kind: 'request' | 'decision', membership: string): Notice => ({
  kind: `people.${kind}`,
  key: `membership:${membership}/${kind}`,
  about: `membership:${membership}`,
  subject: { membership },
});

/** Letters and digits of a name, without accents: « Ministère de l'Énergie » is one body however it is typed. */
const keyOf = (name: string): string =>
  fold(name)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/**
 * For whom a person acts. Several ministries may share a tenant, so a request waits for the broker's
 * staff, unless the tenant was mapped to that very body.
 */
export function buildOrganizations(db: Db, clock: Clock, audit: Audit, deliveries: Deliveries) {
  const ownedBy = ({ tenantId, objectId }: PersonKey) =>
    and(eq(memberships.tenantId, tenantId), eq(memberships.objectId, objectId));

  /** A person's request or membership. */
  async function of(person: PersonKey, handle: Db = db): Promise<Membership | undefined> {
    const [row] = await handle
      .select({ id: memberships.id, organization: organizations.name, state: memberships.state })
      .from(memberships)
      .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
      .where(ownedBy(person));
    return row;
  }

  /** Tells the staff that a request waits. */
  const announce = (tx: Tx, id: string): Promise<void> =>
    deliveries.address(tx, noticeOf('request', id), staffAudience(deliveries));

  /** Tells a person what was decided. */
  const tell = (tx: Tx, id: string, { tenantId, objectId }: PersonKey): Promise<void> =>
    deliveries.address(tx, noticeOf('decision', id), [{ kind: 'person', tenantId, objectId }]);

  /** The body of that name, known or new. */
  async function bodyNamed(tx: Tx, name: string, now: Date) {
    const key = keyOf(name);
    await tx.insert(organizations).values({ id: newId(), key, name, createdAt: now }).onConflictDoNothing();
    const [organization] = await tx.select().from(organizations).where(eq(organizations.key, key));
    if (!organization) throw new Error('organization not written');
    return organization;
  }

  return {
    of: (person: PersonKey) => of(person),
    announce,
    tell,

    async byId(id: string): Promise<{ membership: Membership; person: PersonKey } | undefined> {
      const [row] = await db
        .select({
          id: memberships.id,
          organization: organizations.name,
          state: memberships.state,
          tenantId: memberships.tenantId,
          objectId: memberships.objectId,
        })
        .from(memberships)
        .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
        .where(eq(memberships.id, id));
      return row && { membership: row, person: row };
    },

    /** The bodies that are known, by name. */
    all: (): Promise<{ id: string; name: string }[]> =>
      db
        .select({ id: organizations.id, name: organizations.name })
        .from(organizations)
        .orderBy(byName(organizations.name))
        .limit(300),

    /** The names that are known, in order, for the list of choices. */
    async names(): Promise<string[]> {
      const rows = await db
        .select({ name: organizations.name })
        .from(organizations)
        .orderBy(byName(organizations.name))
        .limit(300);
      return rows.map((row) => row.name);
    },

    /**
     * Asks to act for a body, in place of any earlier request. Confirmed at once when the tenant is mapped to it;
     * else the staff are told. Asked again under the same id, it is the same request.
     */
    async request(person: Person, name: string, id: Id): Promise<Membership> {
      return db.transaction(async (tx) => {
        await serialize(tx, 'membership', person.tenantId, person.objectId);
        const held = await of(person, tx);
        if (held?.id === id) return held;
        const now = asDate(clock.now());
        const organization = await bodyNamed(tx, name, now);
        const [mapping] = await tx
          .select()
          .from(tenantMappings)
          .where(eq(tenantMappings.tenantId, person.tenantId));
        const mapped = mapping?.organizationId === organization.id;
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
          requestedAt: now,
          ...(mapped ? { decidedAt: now } : {}),
        });
        await audit.record(tx, person, 'membership.request', id);
        if (!mapped) await announce(tx, id);
        return { id, organization: organization.name, state };
      });
    },

    /** Requests that wait, oldest first, five a page. */
    async pending(page: number): Promise<{ requests: MembershipRequest[]; total: number; pages: number }> {
      const waiting = eq(memberships.state, 'pending');
      const [counted] = await db.select({ total: count() }).from(memberships).where(waiting);
      const requests = await db
        .select({
          id: memberships.id,
          revision: memberships.revision,
          person: people.name,
          organization: organizations.name,
          requestedAt: memberships.requestedAt,
        })
        .from(memberships)
        .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
        .innerJoin(
          people,
          and(eq(people.tenantId, memberships.tenantId), eq(people.objectId, memberships.objectId)),
        )
        .where(waiting)
        .orderBy(asc(memberships.requestedAt), asc(memberships.id))
        .limit(PAGE)
        .offset((page - 1) * PAGE);
      const total = counted?.total ?? 0;
      return { requests, total, pages: Math.max(1, Math.ceil(total / PAGE)) };
    },

    /**
     * Confirms or refuses a request; `confirmTenant` also maps the tenant, so that the next requests
     * for this body need nobody. The person is told. `stale` when somebody else decided first.
     */
    async decide(
      staff: Person,
      id: string,
      revision: number,
      decision: Decision,
    ): Promise<'stale' | { person: PersonKey; organization: string }> {
      return db.transaction(async (tx) => {
        const now = asDate(clock.now());
        const [row] = await tx
          .update(memberships)
          .set({
            state: decision === 'refuse' ? 'refused' : 'confirmed',
            decidedAt: now,
            revision: revision + 1,
          })
          .where(
            and(eq(memberships.id, id), eq(memberships.revision, revision), eq(memberships.state, 'pending')),
          )
          .returning();
        if (!row) return 'stale';
        if (decision === 'confirmTenant') {
          const mapping = { organizationId: row.organizationId, mappedAt: now };
          await tx
            .insert(tenantMappings)
            .values({ tenantId: row.tenantId, ...mapping })
            .onConflictDoUpdate({ target: tenantMappings.tenantId, set: mapping });
        }
        await audit.record(tx, staff, `membership.${decision}`, id);
        await tell(tx, id, row);
        const [organization] = await tx
          .select()
          .from(organizations)
          .where(eq(organizations.id, row.organizationId));
        return { person: row, organization: organization?.name ?? '' };
      });
    },

    /** Tenants whose people are confirmed without anybody's decision. */
    mappings: () =>
      db
        .select({ tenantId: tenantMappings.tenantId, organization: organizations.name })
        .from(tenantMappings)
        .innerJoin(organizations, eq(organizations.id, tenantMappings.organizationId))
        .orderBy(byName(organizations.name)),

    async unmap(admin: Person, tenantId: string): Promise<void> {
      await db.transaction(async (tx) => {
        const gone = await tx
          .delete(tenantMappings)
          .where(eq(tenantMappings.tenantId, tenantId))
          .returning({ tenantId: tenantMappings.tenantId });
        if (gone.length > 0) await audit.record(tx, admin, 'tenant.unmap', tenantId);
      });
    },

    held: (person: PersonKey) =>
      db
        .select({
          organization: organizations.name,
          state: memberships.state,
          requestedAt: memberships.requestedAt,
          decidedAt: memberships.decidedAt,
        })
        .from(memberships)
        .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
        .where(ownedBy(person)),
  };
}

export type Organizations = ReturnType<typeof buildOrganizations>;
