import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { GONE } from '../../../../core/rows/retention.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit, PersonKey } from '../../../people/index.ts';
import type { EntryText } from '../../publishing/store/entry-writing.ts';
import type { LiveEntries } from '../../publishing/store/live-entries.ts';
import { questions, knowledgeImprovements as table } from '../../tables.ts';
import type { Group } from '../rules/grouping.ts';
import { author, buildImprovementRecords, type Improvement, isOpen } from './improvement-records.ts';

/** What is made of a group: with a new entry, its words. */
export type Made =
  | { readonly act: 'wording'; readonly entryId: string; readonly text: string }
  | { readonly act: 'offTopic'; readonly text: string }
  | { readonly act: 'entry'; readonly entry: EntryText };

/** `stale`: nothing of the group was left to do. */
export type MadeOutcome =
  | { readonly kind: 'done'; readonly improvement: Improvement }
  | { readonly kind: 'stale' };

/** What the staff make of questions that were not, or badly, answered. */
export function buildImprovements(db: Db, clock: Clock, liveEntries: LiveEntries, audit: Audit) {
  async function write(tx: Tx, staff: Person, id: string, made: Made, covers: readonly string[]) {
    const entryId = made.act === 'entry' ? `courtier-${id}` : made.act === 'wording' ? made.entryId : null;
    if (made.act === 'entry') await liveEntries.writeEntry(tx, staff, `courtier-${id}`, null, made.entry);
    const [row] = await tx
      .insert(table)
      .values({
        id,
        act: made.act,
        entryId,
        text: made.act === 'entry' ? made.entry.title : made.text,
        covers: [...covers],
        authorTenant: staff.tenantId,
        authorId: staff.objectId,
        authorName: staff.name || 'Équipe du Courtier',
        at: asDate(clock.now()),
      })
      .returning();
    if (!row) throw notFound();
    await audit.record(tx, staff, `improvement.${made.act}`, id);
    return row;
  }

  return {
    ...buildImprovementRecords(db, clock),

    /** Makes something of the questions of a group, once for an id; those that a colleague was faster with are theirs. */
    async make(staff: Person, id: string, made: Made, group: Pick<Group, 'questions'>): Promise<MadeOutcome> {
      const outcome = await db.transaction(async (tx): Promise<MadeOutcome> => {
        await serialize(tx, 'knowledge improvements');
        const [before] = await tx.select().from(table).where(eq(table.id, id));
        if (before) return { kind: 'done', improvement: before };
        const ids = group.questions.map((question) => question.id);
        const left = await tx
          .select({ id: questions.id })
          .from(questions)
          .where(and(inArray(questions.id, ids), isOpen(tx)));
        if (left.length === 0) return { kind: 'stale' };
        const covers = left.map((each) => each.id);
        return { kind: 'done', improvement: await write(tx, staff, id, made, covers) };
      });
      if (outcome.kind === 'done') await liveEntries.refresh();
      return outcome;
    },

    /** Takes back what was made of a group: its questions wait again, what was added is gone, an entry is withdrawn. */
    async undo(staff: Person, id: string): Promise<void> {
      await db.transaction(async (tx) => {
        const [row] = await tx.select().from(table).where(eq(table.id, id)).for('no key update');
        if (!row) throw notFound();
        if (row.undoneAt) return;
        await tx
          .update(table)
          .set({ undoneAt: asDate(clock.now()) })
          .where(eq(table.id, id));
        await audit.record(tx, staff, 'improvement.undo', id);
        if (row.act === 'entry' && row.entryId) await liveEntries.retireIn(tx, staff, row.entryId);
      });
      await liveEntries.refresh();
    },

    /** It stays, without their name. */
    async unsign(tx: Tx, person: PersonKey): Promise<void> {
      await tx
        .update(table)
        .set({ authorTenant: null, authorId: null, authorName: GONE })
        .where(and(isPerson(author, person), isNotNull(table.authorId)));
    },
  };
}
