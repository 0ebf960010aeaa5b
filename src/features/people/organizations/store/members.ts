import { and, asc, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { recipientOf } from '../../../../core/people/recipient.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import { byName } from '../../../../core/rows/columns.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { memberships, organizations, people } from '../../tables.ts';
import { decidedOf, isFresh } from './decisions.ts';
import { tellDeparture } from './leaving.ts';
import { confirmPending } from './mapping.ts';

const PAGE = 8;
/** Names that are read before many are confirmed together. */
export const TOGETHER = 60;
const GROUPS = 5;

/** Somebody who acts for a body, or asks to. */
export interface MemberRecord {
  readonly id: string;
  readonly revision: number;
  readonly name: string;
  readonly tenantId: string;
  readonly domain: string | null;
  readonly at: Date;
}

/** Several who ask to act for one body. */
export interface RequestGroup {
  readonly id: string;
  readonly name: string;
  readonly requests: number;
}

const columns = {
  id: memberships.id,
  revision: memberships.revision,
  name: people.name,
  tenantId: memberships.tenantId,
  domain: memberships.domain,
};
const whose = and(eq(people.tenantId, memberships.tenantId), eq(people.objectId, memberships.objectId));

interface MembersParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
}

/** The people of a body as the staff see them: listed, confirmed together, put out of it. */
export function buildMembers({ db, clock, audit, deliveries }: MembersParts) {
  const of = (body: string, state: 'confirmed' | 'pending') =>
    and(eq(memberships.organizationId, body), eq(memberships.state, state));
  const howMany = async (where: SQL | undefined): Promise<number> => {
    const [row] = await db.select({ total: count() }).from(memberships).where(where);
    return row?.total ?? 0;
  };

  return {
    /** The confirmed members of a body, by name. */
    async membersPage(body: string, wanted: number): Promise<Page<MemberRecord>> {
      const total = await howMany(of(body, 'confirmed'));
      const page = nearestPage(wanted, total, PAGE);
      const rows = await db
        .select({
          ...columns,
          at: sql<Date>`coalesce(${memberships.decidedAt}, ${memberships.requestedAt})`.mapWith(
            memberships.requestedAt,
          ),
        })
        .from(memberships)
        .innerJoin(people, whose)
        .where(of(body, 'confirmed'))
        .orderBy(byName(people.name), asc(memberships.id))
        .limit(PAGE)
        .offset((page - 1) * PAGE);
      return pageAt(rows, page, total, PAGE);
    },

    /** The bodies that several ask to act for who may be confirmed together, the most asked first. */
    requestGroups: (): Promise<RequestGroup[]> =>
      db
        .select({ id: organizations.id, name: organizations.name, requests: count() })
        .from(memberships)
        .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
        .where(and(eq(memberships.state, 'pending'), isFresh))
        .groupBy(organizations.id, organizations.name)
        .having(sql`count(*) > 1`)
        .orderBy(desc(count()), byName(organizations.name), organizations.id)
        .limit(GROUPS),

    /**
     * Those who ask to act for one body, or some of them, the first to ask first: as many as may be confirmed together.
     * `apart`: those whom the staff removed or refused there, to be decided one by one.
     */
    async requestsFor(
      body: string,
      some?: readonly string[],
    ): Promise<{ requests: MemberRecord[]; total: number; apart: number }> {
      const requests = await db
        .select({ ...columns, at: memberships.requestedAt })
        .from(memberships)
        .innerJoin(people, whose)
        .where(and(of(body, 'pending'), isFresh, some && inArray(memberships.id, [...some])))
        .orderBy(asc(memberships.requestedAt), asc(memberships.id))
        .limit(TOGETHER);
      const total = await howMany(and(of(body, 'pending'), isFresh));
      return { requests, total, apart: (await howMany(of(body, 'pending'))) - total };
    },

    /** Confirms those who were shown and still wait for that very body; each is told. How many. */
    async confirmTogether(staff: Person, body: string, shown: readonly string[]): Promise<number> {
      if (shown.length === 0) return 0;
      return db.transaction(async (tx) => {
        const which = and(eq(memberships.organizationId, body), inArray(memberships.id, [...shown]));
        return confirmPending(tx, { audit, deliveries }, staff, which, asDate(clock.now()));
      });
    },

    /** Takes a confirmed membership back: the person is told, and those who stay. `stale` when it is not so any more. */
    async revokeMembership(staff: Person, id: string, seen: number): Promise<'done' | 'stale'> {
      return db.transaction(async (tx) => {
        const [row] = await tx
          .update(memberships)
          .set({ state: 'revoked', decidedAt: asDate(clock.now()), revision: seen + 1 })
          .where(
            and(eq(memberships.id, id), eq(memberships.state, 'confirmed'), eq(memberships.revision, seen)),
          )
          .returning();
        if (!row) return 'stale';
        await audit.record(tx, staff, 'membership.revoke', decidedOf(row));
        const about = `membership:${id}`;
        const told = { kind: 'people.revoked', key: `${about}/revoked`, about, subject: { membership: id } };
        await deliveries.address(tx, told, [recipientOf(row)]);
        await tellDeparture(tx, deliveries, id, row, row.organizationId);
        return 'done';
      });
    },
  };
}
