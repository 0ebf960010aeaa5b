import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { nearestPage } from '../../../../core/cards/paging.ts';
import { notFound } from '../../../../core/errors.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { PersonKey } from '../../../../core/people/person-key.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Recipient } from '../../../../core/ports/delivery.ts';
import type { Ties } from '../../../../core/routes/keeping.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Status } from '../../screens/schema.ts';
import { escalationAskers as askers, escalations as table } from '../../tables.ts';
import type { Arrival, Telling } from './telling.ts';

export type Escalation = typeof table.$inferSelect;
/** Somebody who asked, and whether the answer reached them. */
export type Asker = Omit<typeof askers.$inferSelect, 'delivery' | 'claimedAt'> & {
  readonly delivery: Arrival;
};

/** A step by somebody who saw the current card, or by somebody who saw an older one. */
export type StepOutcome = { readonly kind: 'done' | 'stale'; readonly escalation: Escalation };

/** Those who wait come before those who wait no more, and who asked first comes first. */
const IN_ORDER = [sql`${askers.leftAt} is not null`, asc(askers.askedAt), asc(askers.objectId)];
const PAGE = 5;
export const STATUSES: Record<Status, Escalation['status'][]> = {
  live: ['open', 'taken'],
  answered: ['answered'],
  closed: ['closed'],
};

/** Those who wait for somebody's answer. */
export const askerTies = (): Ties => sql`
  select k.tenant_id, k.object_id from ${askers} k
  join ${table} e on e.id = k.escalation_id where e.status in ('open', 'taken') and k.left_at is null`;

/** Somebody of the staff has it. */
export const takenBy = ({ tenantId, objectId, name }: Person) => ({
  takenByTenant: tenantId,
  takenById: objectId,
  takenByName: name,
});
/** Nobody of the staff has it. */
export const UNTAKEN = { takenByTenant: null, takenById: null, takenByName: null, takenAt: null };

export const askedBy = (person: PersonKey) => isPerson(askers, person);
/** They wait for the answer still, or have it. */
export const STAYED = isNull(askers.leftAt);

/** The question for which a person waits, or waited, and that is one of these; undefined when there is none. */
export async function joined(
  handle: Db,
  person: Person,
  which: SQL | undefined,
  when: 'now' | 'ever' = 'now',
): Promise<Escalation | undefined> {
  const [found] = await handle
    .select({ row: table })
    .from(table)
    .innerJoin(
      askers,
      and(eq(askers.escalationId, table.id), askedBy(person), when === 'now' ? STAYED : undefined),
    )
    .where(which);
  return found?.row;
}

/** The questions handed to the staff, as they are read. */
export function buildEscalationRecords(db: Db, telling: Telling) {
  const of = (status: Status) => inArray(table.status, STATUSES[status]);
  const howMany = (status: Status): Promise<number> => db.$count(table, of(status));

  async function findEscalation(id: string): Promise<Escalation | undefined> {
    const [row] = await db.select().from(table).where(eq(table.id, id));
    return row;
  }

  return {
    findEscalation,

    async getEscalation(id: string): Promise<Escalation> {
      const row = await findEscalation(id);
      if (!row) throw notFound();
      return row;
    },

    async askers(id: string): Promise<Asker[]> {
      const rows = await db
        .select({ asker: askers, answeredRevision: table.answeredRevision })
        .from(askers)
        .innerJoin(table, eq(table.id, askers.escalationId))
        .where(eq(askers.escalationId, id))
        .orderBy(...IN_ORDER);
      const arrival = await telling.arrivals(id, rows[0]?.answeredRevision ?? null);
      return rows.map(({ asker }) => ({ ...asker, delivery: asker.leftAt ? 'left' : arrival(asker) }));
    },

    /** What was asked, and when, by whom an answer is for, or first in the room that it is for; undefined once they are forgotten. */
    async wordsFor(id: string, recipient: Recipient): Promise<Pick<Asker, 'text' | 'askedAt'> | undefined> {
      const theirs =
        recipient.kind === 'person'
          ? askedBy(recipient)
          : eq(askers.conversationId, recipient.conversationId);
      const [first] = await db
        .select({ text: askers.text, askedAt: askers.askedAt })
        .from(askers)
        .where(and(eq(askers.escalationId, id), theirs, STAYED))
        .orderBy(...IN_ORDER)
        .limit(1);
      return first;
    },

    howMany,

    /** A page of questions by state, oldest first while they wait, newest first afterwards. */
    async escalationsPage(
      status: Status,
      wanted: number,
    ): Promise<{ rows: Escalation[]; total: number; page: number; pages: number }> {
      const total = await howMany(status);
      const page = nearestPage(wanted, total, PAGE);
      const rows = await db
        .select()
        .from(table)
        .where(of(status))
        .orderBy(status === 'live' ? asc(table.number) : desc(table.number))
        .limit(PAGE)
        .offset((page - 1) * PAGE);
      return { rows, total, page, pages: Math.max(1, Math.ceil(total / PAGE)) };
    },
  };
}
