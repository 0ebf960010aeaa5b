import { eq } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../../people/index.ts';
import { knowledgeEntries as table, knowledgeEntryVersions as versions } from '../../tables.ts';
import { type EntryNow, type EntryVersion, findEntry } from './entries.ts';

/** What somebody writes of an entry. */
export interface EntryText {
  readonly title: string;
  readonly alternates: readonly string[];
  readonly answer: string;
  /** ISO date on which it is looked at again. */
  readonly review: string;
}

/** What became of a change: `stale` when a colleague was faster; the entry as it stands, either way. */
export interface EntryOutcome {
  readonly kind: 'done' | 'stale';
  readonly entry: EntryNow;
}

export type EntryChange = Partial<EntryText> & {
  readonly act: EntryVersion['act'];
  readonly restoredFrom?: number;
};

const NO_NAME = 'Équipe du Courtier';

/** Every step of an entry is a version of it, written here. */
export function buildEntryWriting(clock: Clock, audit: Audit) {
  async function add(
    tx: Tx,
    staff: Person,
    entryId: string,
    number: number,
    { title, alternates, answer, review, act, restoredFrom = null }: Required<EntryText> & EntryAct,
  ): Promise<void> {
    await tx.insert(versions).values({
      ...{ entryId, number, act, restoredFrom, title, alternates: [...alternates], answer, review },
      authorTenant: staff.tenantId,
      authorId: staff.objectId,
      authorName: staff.name || NO_NAME,
      at: asDate(clock.now()),
    });
    await audit.record(tx, staff, `entry.${act}`, entryId);
  }

  /** An entry that nobody else changes until the transaction ends. */
  async function hold(tx: Tx, id: string): Promise<EntryNow> {
    const [row] = await tx.select({ id: table.id }).from(table).where(eq(table.id, id)).for('no key update');
    if (!row) throw notFound();
    await adoptSteps(tx, id);
    const entry = await findEntry(tx, id);
    if (!entry) throw notFound();
    return entry;
  }

  return {
    /** Writes an entry and its first version, in the transaction of what it comes from. */
    async writeEntry(
      tx: Tx,
      staff: Person,
      id: string,
      escalationId: string | null,
      text: EntryText,
    ): Promise<void> {
      const owner = staff.name || NO_NAME;
      const alternates = [...text.alternates];
      await tx
        .insert(table)
        .values({ ...text, alternates, id, escalationId, owner, createdAt: asDate(clock.now()) });
      await add(tx, staff, id, 1, { ...text, act: 'publish' });
    },

    /**
     * Makes the next version of an entry that is still as somebody saw it. The work gives what changes, or undefined
     * where it does not apply; it refuses by throwing.
     */
    async change(
      tx: Tx,
      staff: Person,
      id: string,
      seen: number | 'any',
      work: (entry: EntryNow) => EntryChange | undefined | Promise<EntryChange | undefined>,
    ): Promise<EntryOutcome> {
      const entry = await hold(tx, id);
      const made = seen === 'any' || seen === entry.number ? await work(entry) : undefined;
      if (!made) return { kind: 'stale', entry };
      const { title, answer, review } = { ...entry, ...made };
      const alternates = [...(made.alternates ?? entry.alternates)];
      const { act, restoredFrom } = made;
      await add(tx, staff, id, entry.number + 1, {
        ...{ title, alternates, answer, review, act },
        restoredFrom: restoredFrom ?? null,
      });
      const retired = act === 'retire' ? asDate(clock.now()) : null;
      await tx
        .update(table)
        .set({ title, alternates, answer, review, owner: staff.name || NO_NAME, retired })
        .where(eq(table.id, id));
      return { kind: 'done', entry: (await findEntry(tx, id)) ?? entry };
    },
  };
}

interface EntryAct {
  readonly act: EntryVersion['act'];
  readonly restoredFrom?: number | null;
}

/** What the release before did with an entry that is held, as versions. A later release drops it. */
async function adoptSteps(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.select().from(table).where(eq(table.id, id));
  if (!row) return;
  const { title, alternates, answer, review } = row;
  const text = { entryId: id, title, alternates, answer, review };
  const known = await tx
    .select({ number: versions.number, act: versions.act })
    .from(versions)
    .where(eq(versions.entryId, id))
    .orderBy(versions.number);
  const newest = known.at(-1) ?? { number: 1, act: 'publish' };
  if (known.length === 0)
    await tx
      .insert(versions)
      .values({ ...text, number: 1, act: 'publish', authorName: row.owner, at: row.createdAt });
  if (row.retired && newest.act !== 'retire')
    await tx
      .insert(versions)
      .values({ ...text, number: newest.number + 1, act: 'retire', authorName: '', at: row.retired });
}
