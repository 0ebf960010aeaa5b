import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { nearestPage } from '../../../../core/cards/paging.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Wait } from '../../../../core/routes/waiting.ts';
import { ofName } from '../../../../core/text/text.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { memberships, organizations, people, tenantMappings } from '../../tables.ts';
import { membershipDue } from '../rules/due.ts';
import { type FormerRefusal, formerRefusalOf, isFreshRow } from './decisions.ts';

export interface Membership {
  readonly id: string;
  readonly organizationId: string;
  readonly organization: string;
  readonly state: 'pending' | 'confirmed' | 'refused' | 'revoked';
}

export interface MembershipRequest {
  readonly id: string;
  readonly revision: number;
  readonly person: string;
  readonly organization: string;
  readonly requestedAt: Date;
  readonly tenantId: string;
  readonly domain: string | null;
  /** Confirmed already for that body, in all and of the same tenant. */
  readonly colleagues: number;
  readonly neighbours: number;
  /** The body to which their tenant leads. */
  readonly mappedTo: string | null;
  /** Others of their tenant who wait for that body, and would be confirmed with the tenant. */
  readonly others: number;
  /** The staff removed or refused them there before. */
  readonly former: FormerRefusal | null;
}

const PAGE = 5;

/** How many are confirmed for the body of a request, in all or of the same tenant. */
const confirmedThere = (where = sql``) => sql<number>`(select count(*)::int from ${memberships} other
  where other.organization_id = ${memberships.organizationId} and other.state = 'confirmed' ${where})`;

const mappedTo = sql<string | null>`(select o.name from ${tenantMappings} t
  join ${organizations} o on o.id = t.organization_id where t.tenant_id = ${memberships}.tenant_id)`;

const othersOfTenant = sql<number>`(select count(*)::int from ${memberships} other
  where other.organization_id = ${memberships}.organization_id and other.tenant_id = ${memberships}.tenant_id
    and other.state = 'pending' and other.id <> ${memberships}.id
    and ${isFreshRow(sql`other`)})`;

export const ownedBy = (person: PersonKey) => isPerson(memberships, person);

/** A person's request or membership. */
export async function membershipOf(db: Db, person: PersonKey): Promise<Membership | undefined> {
  const [row] = await db
    .select({
      id: memberships.id,
      organizationId: memberships.organizationId,
      organization: organizations.name,
      state: memberships.state,
    })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(ownedBy(person));
  return row;
}

/** For whom people act, and what they ask for. */
export function buildMembershipRecords(db: Db) {
  return {
    findMembership: (person: PersonKey) => membershipOf(db, person),

    async findMembershipById(id: string): Promise<{ membership: Membership; person: PersonKey } | undefined> {
      const [row] = await db
        .select({
          id: memberships.id,
          organizationId: memberships.organizationId,
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

    /** Requests that wait, oldest first, five a page; the nearest page. Or one of them, with how many wait. */
    async pendingMemberships(
      wanted: number,
      only?: string,
    ): Promise<{ requests: MembershipRequest[]; total: number; page: number; pages: number }> {
      const waiting = eq(memberships.state, 'pending');
      const total = await db.$count(memberships, waiting);
      const page = nearestPage(wanted, total, PAGE);
      const requests = await db
        .select({
          id: memberships.id,
          revision: memberships.revision,
          person: people.name,
          organization: organizations.name,
          requestedAt: memberships.requestedAt,
          tenantId: memberships.tenantId,
          domain: memberships.domain,
          colleagues: confirmedThere(),
          neighbours: confirmedThere(sql`and other.tenant_id = ${memberships.tenantId}`),
          mappedTo,
          others: othersOfTenant,
          former: formerRefusalOf(sql`${memberships}`),
        })
        .from(memberships)
        .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
        .innerJoin(
          people,
          and(eq(people.tenantId, memberships.tenantId), eq(people.objectId, memberships.objectId)),
        )
        .where(and(waiting, only === undefined ? undefined : eq(memberships.id, only)))
        .orderBy(asc(memberships.requestedAt), asc(memberships.id))
        .limit(PAGE)
        .offset(only === undefined ? (page - 1) * PAGE : 0);
      return { requests, total, page, pages: Math.max(1, Math.ceil(total / PAGE)) };
    },

    /** The requests that nobody decided, or some of them. */
    async waits(days: BusinessDays, only?: readonly string[]): Promise<Wait[]> {
      const rows = await db
        .select({
          id: memberships.id,
          person: people.name,
          body: organizations.name,
          since: memberships.requestedAt,
        })
        .from(memberships)
        .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
        .innerJoin(
          people,
          and(eq(people.tenantId, memberships.tenantId), eq(people.objectId, memberships.objectId)),
        )
        .where(and(eq(memberships.state, 'pending'), only && inArray(memberships.id, [...only])));
      return rows.map((row) => ({
        ...row,
        title: `Adhésion ${ofName(row.person)}`,
        text: '',
        due: membershipDue(row.since, days),
      }));
    },

    membershipsHeldOf: (person: PersonKey) =>
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
