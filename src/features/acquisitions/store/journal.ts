import { and, asc, desc, eq, gt, inArray, max } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import { type Id, newId } from '../../../core/id.ts';
import type { Db, Tx } from '../../../core/ports.ts';
import type { Person } from '../../../core/turn.ts';
import { acquisitionRecord, acquisitions } from '../tables.ts';

type About = (typeof acquisitionRecord.$inferInsert)['about'] & string;
/** A change of what a choice rests on: what it was, whose, when. */
export type Moved = Pick<typeof acquisitionRecord.$inferSelect, 'about' | 'at' | 'by' | 'sentence'>;

export type Journal = ReturnType<typeof buildJournal>;

/** What was done of the files, by whom and when. */
export function buildJournal(db: Db, clock: Clock) {
  /** Adds to what was done; false when the same entry is there already. */
  async function record(
    tx: Tx,
    id: string,
    { tenantId, objectId, name }: Person,
    sentence: string,
    { entry = newId(), about = '' }: { readonly entry?: Id; readonly about?: About } = {},
  ): Promise<boolean> {
    const at = asDate(clock.now());
    const added = await tx
      .insert(acquisitionRecord)
      .values({ id: entry, acquisitionId: id, at, tenantId, objectId, by: name, sentence, about })
      .onConflictDoNothing()
      .returning({ id: acquisitionRecord.id });
    if (added.length === 0) return false;
    await tx.update(acquisitions).set({ updatedAt: at }).where(eq(acquisitions.id, id));
    return true;
  }

  /** Who last moved each ground of a choice since it was made, the latest first. */
  async function movers(from: Db, id: string): Promise<Moved[]> {
    const { sequence, about, at, by, sentence } = acquisitionRecord;
    const ofFile = eq(acquisitionRecord.acquisitionId, id);
    const lastChoice = from
      .select({ last: max(sequence) })
      .from(acquisitionRecord)
      .where(and(ofFile, eq(about, 'choice')));
    return from
      .selectDistinctOn([about], { about, at, by, sentence })
      .from(acquisitionRecord)
      .where(and(ofFile, inArray(about, ['needs', 'body']), gt(sequence, lastChoice)))
      .orderBy(asc(about), desc(sequence));
  }

  /** What was done, newest first. */
  const history = (id: string) =>
    db
      .select({ at: acquisitionRecord.at, by: acquisitionRecord.by, sentence: acquisitionRecord.sentence })
      .from(acquisitionRecord)
      .where(eq(acquisitionRecord.acquisitionId, id))
      .orderBy(desc(acquisitionRecord.sequence));

  return { record, movers, history };
}
