import { and, eq, inArray } from 'drizzle-orm';
import type { Clock } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { GONE } from '../../../../core/rows/retention.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit, PersonKey } from '../../../people/index.ts';
import { knowledgeEntries as table, knowledgeEntryVersions as versions } from '../../tables.ts';
import { differences } from '../rules/differences.ts';
import { type EntryNow, findEntry } from './entries.ts';
import { buildEntryWriting, type EntryChange, type EntryOutcome, type EntryText } from './entry-writing.ts';

const author = { tenantId: versions.authorTenant, objectId: versions.authorId };

/** What the staff do with an entry. Each step carries the version that its author saw. */
export function buildEntrySteps(db: Db, clock: Clock, audit: Audit) {
  const { writeEntry, change } = buildEntryWriting(clock, audit);

  return {
    writeEntry,

    /** New words for an entry; for one that was withdrawn, the words with which it is published again. */
    rewriteEntry: (staff: Person, id: string, seen: number, text: EntryText): Promise<EntryOutcome> =>
      db.transaction(async (tx) => {
        const outcome = await change(tx, staff, id, seen, (entry) =>
          isAsWritten(entry, text) ? undefined : { ...text, act: entry.retired ? 'republish' : 'edit' },
        );
        // The same form sent twice, or a form that changes nothing: the entry is what its author wants.
        return isAsWritten(outcome.entry, text) ? { ...outcome, kind: 'done' } : outcome;
      }),

    /** The words of an earlier version are in force again. `today` is an ISO date. */
    restoreEntry: (
      staff: Person,
      id: string,
      seen: number,
      number: number,
      today: string,
    ): Promise<EntryOutcome> =>
      db.transaction((tx) => change(tx, staff, id, seen, (entry) => restored(tx, entry, number, today))),

    /** Withdraws an entry: it is not found any more, and may be read again. Once it is, nothing more is done. */
    retire: (tx: Tx, staff: Person, id: string, seen: number | 'any'): Promise<EntryOutcome> =>
      change(tx, staff, id, seen, ({ retired }) => (retired ? undefined : { act: 'retire' })),

    unsign: (tx: Tx, person: PersonKey) => unsign(tx, person, audit),
  };
}

const isAsWritten = (entry: EntryNow, text: EntryText): boolean =>
  entry.retired === null && differences(entry, text).length === 0;

/** The words of an earlier version, to be looked at again no sooner than tomorrow. */
async function restored(tx: Tx, entry: EntryNow, number: number, today: string): Promise<EntryChange> {
  const [old] = await tx
    .select()
    .from(versions)
    .where(and(eq(versions.entryId, entry.id), eq(versions.number, number)));
  if (!old) throw notFound();
  if (number === entry.number && !entry.retired)
    throw new CourtierError('refused', 'Cette version est déjà en vigueur.');
  const { title, alternates, answer, review } = old;
  return {
    ...{ title, alternates, answer },
    review: [review, entry.review].find((day) => day > today) ?? nextYear(today),
    act: entry.retired ? 'republish' : 'restore',
    restoredFrom: number,
  };
}

const nextYear = (day: string): string => Temporal.PlainDate.from(day).add({ years: 1 }).toString();

/** What a person wrote stays, without their name. */
async function unsign(tx: Tx, person: PersonKey, audit: Audit): Promise<void> {
  // Of what was published before there were versions, only the trail knows by whom.
  const published = await audit.objectsOf(tx, person, 'entry.publish');
  if (published.length > 0)
    await tx
      .update(versions)
      .set({ authorName: GONE })
      .where(and(inArray(versions.entryId, published), eq(versions.number, 1)));
  const signed = await tx
    .update(versions)
    .set({ authorTenant: null, authorId: null, authorName: GONE })
    .where(isPerson(author, person))
    .returning({ id: versions.entryId });
  if (published.length > 0) await tx.update(table).set({ owner: GONE }).where(inArray(table.id, published));
  for (const id of new Set([...published, ...signed.map((version) => version.id)])) {
    const entry = await findEntry(tx, id);
    if (entry) await tx.update(table).set({ owner: entry.owner }).where(eq(table.id, id));
  }
}
