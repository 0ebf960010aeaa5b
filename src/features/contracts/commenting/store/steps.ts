import { asDate } from '../../../../core/clock.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { type Changed, revisedRows } from '../../../../core/rows/revised.ts';
import type { Person } from '../../../../core/turn.ts';
import { comments } from '../../tables.ts';
import { type Closing, turnOf } from '../rules.ts';
import { buildNoting, type Comment, type CommentParts, tellAuthor } from './records.ts';

/** What the staff do with a comment, as often as there is something to do, until they close it. */
export function buildSteps({ db, clock, audit, deliveries }: CommentParts) {
  const now = () => asDate(clock.now());
  const rows = revisedRows(comments, clock);
  const note = buildNoting(now);

  /** A step of the staff, on the comment as they saw it; whoever wrote is told where `tells`. */
  const step = (
    staff: Person,
    id: string,
    revision: number,
    act: string,
    work: (tx: Tx, row: Comment) => Promise<Partial<Comment> | undefined>,
    { tells = true }: { readonly tells?: boolean } = {},
  ): Promise<Changed<Comment>> =>
    db.transaction((tx) =>
      rows.change(tx, id, revision, async (row) => {
        const set = await work(tx, row);
        if (!set) return undefined;
        const changed = await rows.write(tx, row, set);
        await audit.record(tx, staff, `comment.${act}`, id);
        if (tells) await tellAuthor(deliveries, tx, changed);
        return changed;
      }),
    );

  const answered = (staff: Person, answer: string) => ({
    answer,
    answeredBy: staff.name,
    answeredAt: now(),
    askedAt: null,
    dueOn: null,
  });

  return {
    /** Answers one: a complaint stays open. `stale` when it changed since it was seen. */
    answer: (staff: Person, id: string, revision: number, answer: string): Promise<Changed<Comment>> =>
      step(staff, id, revision, 'answer', async (tx, row) => {
        if (turnOf(row) === 'ended') return undefined;
        await note(tx, staff, id, { act: 'answered', text: answer });
        return answered(staff, answer);
      }),

    /** Closes a case for a reason, with a last answer where there is one to give. */
    close: (staff: Person, id: string, revision: number, closing: Closing, answer: string) =>
      step(staff, id, revision, 'close', async (tx, row) => {
        if (row.closedAt) return undefined;
        if (answer !== '') await note(tx, staff, id, { act: 'answered', text: answer });
        await note(tx, staff, id, { act: 'closed', closing });
        const said = answer === '' ? { askedAt: null, dueOn: null } : answered(staff, answer);
        return { ...said, closing, closedAt: now() };
      }),

    /** Opens again what was ended: it waits for the staff from now. */
    reopen: (staff: Person, id: string, revision: number) =>
      step(staff, id, revision, 'reopen', async (tx, row) => {
        if (turnOf(row) !== 'ended') return undefined;
        await note(tx, staff, id, { act: 'reopened' });
        return { closedAt: null, closing: null, askedAt: now() };
      }),

    /** The day by which the staff mean to be done. */
    setDue: (staff: Person, id: string, revision: number, on: Temporal.PlainDate) =>
      step(
        staff,
        id,
        revision,
        'due',
        async (_tx, row) => (turnOf(row) === 'ended' ? undefined : { dueOn: on.toString() }),
        { tells: false },
      ),
  };
}
