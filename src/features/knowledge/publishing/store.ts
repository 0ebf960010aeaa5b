import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import type { Db, Tx } from '../../../core/ports.ts';
import { GONE } from '../../../core/retention.ts';
import type { Person } from '../../../core/turn.ts';
import type { Audit, PersonKey } from '../../people/index.ts';
import type { KnowledgeBase, LiveEntry } from '../answering/rules.ts';
import type { StepOutcome } from '../escalating/store/escalation-records.ts';
import type { Escalations } from '../escalating/store/escalations.ts';
import { knowledgeEntries as table } from '../tables.ts';

export interface NewEntry {
  readonly title: string;
  readonly alternates: readonly string[];
  readonly answer: string;
  readonly review: string;
}

/** Entries that staff publish from an answered question. They are searched at once, here and within seconds in other processes. */
export function buildLiveEntries(
  db: Db,
  clock: Clock,
  base: KnowledgeBase,
  escalations: Escalations,
  audit: Audit,
) {
  let version = '';

  const listLiveEntries = (): Promise<LiveEntry[]> =>
    db.select().from(table).where(isNull(table.retired)).orderBy(asc(table.createdAt), asc(table.id));

  async function rebuild(): Promise<void> {
    const [current] = await db
      .select({
        version: sql<string>`count(*) || ' ' || count(${table.retired}) || ' ' || coalesce(max(${table.createdAt})::text, '')
          || ' ' || count(*) filter (where ${table.owner} = ${GONE})`,
      })
      .from(table);
    if (!current || current.version === version) return;
    if (base.setLive(await listLiveEntries())) base.warm();
    version = current.version;
  }

  let under: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  /** Rebuilds the index when the table changed since it was built: one at a time, and one for all who wait. */
  function refresh(): Promise<void> {
    next ??= under
      .catch(() => {})
      .then(() => {
        next = undefined;
        under = rebuild();
        return under;
      });
    return next;
  }

  return {
    listLiveEntries,
    refresh,

    /** Publishes an entry; the question keeps its number in the entry's id. Stale when the card was. */
    async publishEntry(
      staff: Person,
      escalationId: string,
      revision: number,
      entry: NewEntry,
    ): Promise<StepOutcome> {
      const { number } = await escalations.getEscalation(escalationId);
      const id = `courtier-${number}`;
      const { kind, row } = await db.transaction(async (tx) => {
        const marked = await escalations.markPublished(tx, escalationId, revision, id);
        if (marked.kind === 'stale') return marked;
        await tx.insert(table).values({
          id,
          escalationId,
          title: entry.title,
          alternates: [...entry.alternates],
          answer: entry.answer,
          review: entry.review,
          owner: staff.name || 'Équipe du Courtier',
          createdAt: asDate(clock.now()),
        });
        await audit.record(tx, staff, 'entry.publish', id);
        return marked;
      });
      if (kind === 'done') await refresh();
      return { kind, escalation: row };
    },

    /** What a person published stays, without their name. */
    async unsign(tx: Tx, person: PersonKey): Promise<void> {
      const published = await audit.objectsOf(tx, person, 'entry.publish');
      if (published.length > 0)
        await tx.update(table).set({ owner: GONE }).where(inArray(table.id, published));
    },

    /** Withdraws an entry: it is not found any more, and stays in the table. */
    async retireEntry(staff: Person, id: string): Promise<void> {
      await db.transaction(async (tx) => {
        const retired = await tx
          .update(table)
          .set({ retired: asDate(clock.now()) })
          .where(and(eq(table.id, id), isNull(table.retired)))
          .returning({ id: table.id });
        if (retired.length > 0) await audit.record(tx, staff, 'entry.retire', id);
      });
      await refresh();
    },
  };
}

export type LiveEntries = ReturnType<typeof buildLiveEntries>;
