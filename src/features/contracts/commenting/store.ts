import { and, count, desc, eq, gte, inArray, isNotNull, isNull, lt } from 'drizzle-orm';
import { type BusinessDays, brokerDate, startOfDay } from '../../../core/business-days.ts';
import { asDate, type Clock } from '../../../core/clock.ts';
import type { Wait } from '../../../core/feature.ts';
import type { Id } from '../../../core/id.ts';
import { isPerson } from '../../../core/is-person.ts';
import type { Db, Deliveries, Tx } from '../../../core/ports.ts';
import { GONE } from '../../../core/retention.ts';
import { type Changed, revisedRows } from '../../../core/revised.ts';
import { serialize } from '../../../core/serialize.ts';
import { shorten } from '../../../core/text.ts';
import type { Person } from '../../../core/turn.ts';
import { usualDays } from '../../../core/usual-delay.ts';
import { type Audit, type PersonKey, type Quotas, staffAudience } from '../../people/index.ts';
import type { Comment as Words } from '../screens/schema.ts';
import { comments } from '../tables.ts';
import { COMMENT_KINDS, commentDue, isComplaint } from './rules.ts';

export type Comment = typeof comments.$inferSelect;

export interface CommentParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly days: BusinessDays;
  readonly deliveries: Deliveries;
  readonly quotas: Pick<Quotas, 'spend'>;
}

const MOST_COMPLAINTS = 50;
const MOST_DELAYS = 200;
const MOST_SENT = 50;
const MOST_SHOWN = 140;

export type Comments = ReturnType<typeof buildComments>;

/** What clients tell the broker, and its answers (guide 4.5). */
export const buildComments = (parts: CommentParts) => ({
  ...buildExchange(parts),
  ...buildReading(parts),
  ...buildKeeping(parts),
});

/** A comment is sent, then answered, once each. */
function buildExchange({ db, clock, audit, deliveries, quotas }: CommentParts) {
  const now = () => asDate(clock.now());
  const rows = revisedRows(comments, clock);

  return {
    findComment: (id: string): Promise<Comment> => rows.find(db, id),

    /** Sends a comment; the staff's channel is told. The same effect twice is one comment. */
    send: (person: Person, { kind, supplier, text }: Words, effect: Id): Promise<Comment> =>
      db.transaction(async (tx) => {
        // Looked for before it is written: a number that was taken for nothing would be missing.
        await serialize(tx, 'comment', effect);
        const [known] = await tx
          .select()
          .from(comments)
          .where(and(eq(comments.id, effect), isPerson(comments, person)));
        if (known) return known;
        const told = await quotas.spend(tx, person, 'contracts.comment');
        const [row] = await tx
          .insert(comments)
          .values({ id: effect, ...person, kind, text, supplierId: supplier, createdAt: now() })
          .returning();
        if (!row) throw new Error('comment not written');
        const about = `comment:${row.id}`;
        const notice = { kind: 'contracts.comment', key: about, about, subject: { comment: row.id } };
        if (told === 'apart') await deliveries.address(tx, notice, staffAudience(deliveries));
        return row;
      }),

    /** Answers one, once; `stale` when somebody answered before. */
    answer: (staff: Person, id: string, revision: number, answer: string): Promise<Changed<Comment>> =>
      db.transaction((tx) =>
        rows.change(tx, id, revision, async (row) => {
          if (row.answer !== null) return undefined;
          await audit.record(tx, staff, 'comment.answer', id);
          const about = `comment:${id}`;
          if (row.objectId !== '')
            await deliveries.address(
              tx,
              { kind: 'contracts.answer', key: `${about}:answer`, about, subject: { comment: id } },
              [{ kind: 'person', tenantId: row.tenantId, objectId: row.objectId }],
            );
          return rows.write(tx, row, { answer, answeredBy: staff.name, answeredAt: now() });
        }),
      ),
  };
}

/** What the staff read, and whoever wrote. */
function buildReading({ db, days }: CommentParts) {
  const dayOf = (at: Date) => brokerDate(Temporal.Instant.fromEpochMilliseconds(at.getTime()));

  return {
    /** In how many business days the broker usually answers; undefined when too few were. */
    async usualDelay(): Promise<number | undefined> {
      const rows = await db
        .select({ createdAt: comments.createdAt, answeredAt: comments.answeredAt })
        .from(comments)
        .where(isNotNull(comments.answeredAt))
        .orderBy(desc(comments.answeredAt))
        .limit(MOST_DELAYS);
      return usualDays(
        rows.flatMap(({ createdAt, answeredAt }) =>
          answeredAt ? [days.between(dayOf(createdAt), dayOf(answeredAt))] : [],
        ),
      );
    },

    /** What a person wrote, the latest first. */
    sentBy: (person: PersonKey): Promise<Comment[]> =>
      db
        .select()
        .from(comments)
        .where(isPerson(comments, person))
        .orderBy(desc(comments.number))
        .limit(MOST_SENT),

    /** A page of those that nobody answered, or of all, the latest first. */
    async page(open: boolean, page: number, size: number): Promise<{ rows: Comment[]; total: number }> {
      const where = open ? isNull(comments.answer) : undefined;
      const [counted] = await db.select({ total: count() }).from(comments).where(where);
      const rows = await db
        .select()
        .from(comments)
        .where(where)
        .orderBy(desc(comments.number))
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },

    /** Those that nobody answered. */
    async waits(): Promise<Wait[]> {
      const rows = await db.select().from(comments).where(isNull(comments.answer));
      return rows.map(({ id, number, kind, text, name, tenantId, objectId, createdAt }) => ({
        id,
        title: `${isComplaint(kind) ? 'Plainte' : 'Commentaire'} nº ${number}`,
        text: shorten(text, MOST_SHOWN),
        person: name,
        actsFor: objectId === '' ? undefined : { tenantId, objectId },
        since: createdAt,
        due: commentDue(kind, createdAt, days),
      }));
    },

    /** The complaints of a year about a supplier, the latest first. */
    complaintsOf(supplier: string, year: number): Promise<Comment[]> {
      const startOf = (year: number) =>
        asDate(startOfDay(Temporal.PlainDate.from({ year, month: 1, day: 1 })));
      return db
        .select()
        .from(comments)
        .where(
          and(
            eq(comments.supplierId, supplier),
            inArray(comments.kind, COMMENT_KINDS.filter(isComplaint)),
            gte(comments.createdAt, startOf(year)),
            lt(comments.createdAt, startOf(year + 1)),
          ),
        )
        .orderBy(desc(comments.createdAt))
        .limit(MOST_COMPLAINTS);
    },
  };
}

/** What a person wrote: shown to them, and kept without their name once they are erased. */
function buildKeeping({ db, audit }: CommentParts) {
  return {
    heldOf: (person: PersonKey) =>
      db
        .select({
          sujet: comments.kind,
          texte: comments.text,
          reponse: comments.answer,
          le: comments.createdAt,
        })
        .from(comments)
        .where(isPerson(comments, person)),

    /** What was said stays, without who said it. */
    async erase(tx: Tx, person: PersonKey): Promise<void> {
      await tx.update(comments).set({ objectId: '', name: GONE }).where(isPerson(comments, person));
      // Who answered has no column: the trail knows.
      const answered = await audit.objectsOf(tx, person, 'comment.answer');
      if (answered.length > 0)
        await tx
          .update(comments)
          .set({ answeredBy: GONE })
          .where(and(inArray(comments.id, answered), isNotNull(comments.answeredBy)));
    },
  };
}
