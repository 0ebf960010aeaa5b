import { and, asc, count, desc, eq, inArray, isNotNull, or, type SQL } from 'drizzle-orm';
import { nearestPage } from '../../../../core/cards/paging.ts';
import { notFound } from '../../../../core/errors.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Turn } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { Show } from '../../screens/schema.ts';
import {
  escalationAskers as askers,
  escalationComplements as complements,
  escalations as table,
} from '../../tables.ts';
import { askedBy, type Escalation, STATUSES, STAYED } from './escalation-records.ts';

/** Somebody's request: the question, what they wrote, and until when they waited. */
export interface Request {
  readonly escalation: Escalation;
  readonly text: string;
  readonly askedAt: Date;
  readonly leftAt: Date | null;
  /** What went along with it. */
  readonly asked: Asked;
}
/** Somebody's request, without what went along with it. */
export type RequestStanding = Omit<Request, 'asked'>;
export type Asked = Pick<typeof askers.$inferSelect, 'question' | 'follows' | 'outcome' | 'shown'>;
export type Complement = Pick<typeof complements.$inferSelect, 'text' | 'writtenAt'>;

/** Somebody, and where they ask. */
type Asking = Pick<Turn, 'person' | 'conversation'>;

export const REQUESTS = 4;

const SHOWN: Record<Show, SQL | undefined> = {
  waiting: and(STAYED, inArray(table.status, STATUSES.live)),
  answered: and(STAYED, eq(table.status, 'answered')),
  ended: or(isNotNull(askers.leftAt), eq(table.status, 'closed')),
};

/** What a person asked of the staff, wherever they did, as it stands. For anyone else it does not exist. */
export function buildOwnRequests(db: Db) {
  const from = () =>
    db
      .select({
        escalation: table,
        text: askers.text,
        askedAt: askers.askedAt,
        leftAt: askers.leftAt,
        asked: {
          question: askers.question,
          follows: askers.follows,
          outcome: askers.outcome,
          shown: askers.shown,
        },
      })
      .from(askers)
      .innerJoin(table, eq(table.id, askers.escalationId))
      .$dynamic();

  async function find(person: PersonKey, id: string, where?: SQL): Promise<Request> {
    const [row] = await from().where(and(askedBy(person), eq(table.id, id), where));
    if (!row) throw notFound();
    return row;
  }

  return {
    /** A page of them by where they stand, the latest first; the last page when it is beyond. */
    async requestsPage(person: PersonKey, show: Show, wanted: number) {
      const theirs = and(askedBy(person), SHOWN[show]);
      const [counted] = await db
        .select({ total: count() })
        .from(askers)
        .innerJoin(table, eq(table.id, askers.escalationId))
        .where(theirs);
      const total = counted?.total ?? 0;
      const page = nearestPage(wanted, total, REQUESTS);
      const items: Request[] = await from()
        .where(theirs)
        .orderBy(desc(askers.askedAt), desc(table.number))
        .limit(REQUESTS)
        .offset((page - 1) * REQUESTS);
      return { items, page, total };
    },

    /** One that they just made, wherever they did. */
    madeRequest: (person: PersonKey, id: string): Promise<Request> => find(person, id),

    /** One of them, in their chat with the assistant; where others read, only one that was made there. */
    getRequest: ({ person, conversation }: Asking, id: string): Promise<Request> =>
      find(
        person,
        id,
        conversation.kind === 'personal' ? undefined : eq(askers.conversationId, conversation.id),
      ),

    /** What they added to one. */
    addedBy: (person: PersonKey, id: string): Promise<Complement[]> =>
      db
        .select({ text: complements.text, writtenAt: complements.writtenAt })
        .from(complements)
        .where(and(eq(complements.escalationId, id), isPerson(complements, person)))
        .orderBy(asc(complements.writtenAt)),
  };
}
