import { and, asc, desc, eq, gt, inArray, max, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { asDate, type Clock } from '../../../core/clock.ts';
import { type Id, newId } from '../../../core/id.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import { batched } from '../../../core/rows/batched.ts';
import type { Person } from '../../../core/turn.ts';
import { acquisitionRecord, acquisitions } from '../tables.ts';

type About = (typeof acquisitionRecord.$inferInsert)['about'] & string;
/** Who last moved each ground of a choice since it was made, by file, the latest first. */
const movers = batched(
  (from, ids) => {
    const { acquisitionId, sequence, about, at, by, sentence } = acquisitionRecord;
    const earlier = alias(acquisitionRecord, 'earlier');
    const lastChoice = from
      .select({ last: max(earlier.sequence) })
      .from(earlier)
      .where(and(eq(earlier.acquisitionId, acquisitionId), eq(earlier.about, 'choice')));
    return from
      .selectDistinctOn([acquisitionId, about], { acquisitionId, about, at, by, sentence })
      .from(acquisitionRecord)
      .where(
        and(
          inArray(acquisitionId, ids),
          inArray(about, ['needs', 'body']),
          gt(sequence, sql`(${lastChoice})`),
        ),
      )
      .orderBy(asc(acquisitionId), asc(about), desc(sequence));
  },
  ({ acquisitionId }) => acquisitionId,
);

type Author = Pick<Person, 'tenantId' | 'objectId' | 'name'>;

interface More {
  /** The same one twice is one. */
  readonly entry?: Id;
  readonly about?: About;
}

export type Journal = ReturnType<typeof buildJournal>;

/** What was done of the files, by whom and when. */
export function buildJournal(db: Db, clock: Clock) {
  const entryOf = (
    id: string,
    { tenantId, objectId, name }: Person,
    sentence: string,
    { entry = newId(), about = '' }: More = {},
  ) => ({
    id: entry,
    acquisitionId: id,
    at: asDate(clock.now()),
    ...{ tenantId, objectId, by: name },
    ...{ sentence, about },
  });
  const touch = (tx: Tx, ids: readonly string[]) =>
    tx
      .update(acquisitions)
      .set({ updatedAt: asDate(clock.now()) })
      .where(inArray(acquisitions.id, [...ids]));

  /** Adds to what was done; false when the same entry is there already. */
  async function record(
    tx: Tx,
    id: string,
    person: Person,
    sentence: string,
    more: More = {},
  ): Promise<boolean> {
    const added = await tx
      .insert(acquisitionRecord)
      .values(entryOf(id, person, sentence, more))
      .onConflictDoNothing()
      .returning({ id: acquisitionRecord.id });
    if (added.length > 0) await touch(tx, [id]);
    return added.length > 0;
  }

  /** Adds what somebody did to each of several files. */
  async function recordEach(
    tx: Tx,
    person: Person,
    done: readonly { readonly id: string; readonly sentence: string }[],
  ): Promise<void> {
    if (done.length === 0) return;
    await tx.insert(acquisitionRecord).values(done.map(({ id, sentence }) => entryOf(id, person, sentence)));
    await touch(
      tx,
      done.map(({ id }) => id),
    );
  }

  /** What was done, newest first. */
  const history = (id: string) =>
    db
      .select({ at: acquisitionRecord.at, by: acquisitionRecord.by, sentence: acquisitionRecord.sentence })
      .from(acquisitionRecord)
      .where(eq(acquisitionRecord.acquisitionId, id))
      .orderBy(desc(acquisitionRecord.sequence));

  /** Who did the last of what is about a ground, as they were named; undefined where nobody did. */
  async function lastBy(from: Db, id: string, about: About): Promise<Author | undefined> {
    const { tenantId, objectId, by: name } = acquisitionRecord;
    const [row] = await from
      .select({ tenantId, objectId, name })
      .from(acquisitionRecord)
      .where(and(eq(acquisitionRecord.acquisitionId, id), eq(acquisitionRecord.about, about)))
      .orderBy(desc(acquisitionRecord.sequence))
      .limit(1);
    return row;
  }

  return { record, recordEach, movers, lastBy, history };
}
