import { and, eq } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import { revisedRows } from '../../../../core/rows/revised.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Comment as Words } from '../../screens/schema.ts';
import { comments, commentWords } from '../../tables.ts';
import { turnOf } from '../rules.ts';
import { buildNoting, type Comment, type CommentParts, ofComment, tellStaff } from './records.ts';

/** A comment is sent; whoever wrote adds to it as often as there is something to say. */
export function buildExchange({ db, clock, audit, deliveries, quotas }: CommentParts) {
  const now = () => asDate(clock.now());
  const rows = revisedRows(comments, clock);

  const note = buildNoting(now);

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
        await audit.record(tx, person, 'comment.send', row.id);
        if (told === 'apart') await tellStaff(deliveries, tx, row.id);
        return row;
      }),

    /** Whoever wrote adds a word: it waits for the staff again, even where they had closed it. Once an effect. */
    add: (person: Person, id: string, text: string, effect: Id): Promise<Comment> =>
      db.transaction(async (tx) => {
        const row = await rows.hold(tx, id);
        if (!isSame(row, person)) throw notFound();
        const [known] = await tx.select().from(commentWords).where(eq(commentWords.id, effect));
        if (known) return row;
        const told = await quotas.spend(tx, person, 'contracts.addWord');
        if (row.closedAt) await note(tx, person, id, { act: 'reopened' });
        await note(tx, person, id, { id: effect, act: 'wrote', text });
        await audit.record(tx, person, 'comment.add', id);
        // What was never answered has waited since it was sent.
        const askedAt = row.answeredAt || row.closedAt ? now() : row.askedAt;
        // The day that was chosen to follow up is not the one to answer this by.
        const dueOn = turnOf(row) === 'broker' ? row.dueOn : null;
        const changed = await rows.write(tx, row, { askedAt, closedAt: null, closing: null, dueOn });
        if (told === 'apart') await tellStaff(deliveries, tx, id, effect);
        return changed;
      }),

    /** One's own; for anybody else it does not exist. */
    async ownComment(person: Person, id: string): Promise<Comment> {
      const [row] = await db
        .select()
        .from(comments)
        .where(and(ofComment(id), isPerson(comments, person)));
      if (!row) throw notFound();
      return row;
    },
  };
}
