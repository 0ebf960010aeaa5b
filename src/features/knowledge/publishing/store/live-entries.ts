import { sql } from 'drizzle-orm';
import type { Clock } from '../../../../core/clock.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../../people/index.ts';
import type { KnowledgeBase } from '../../answering/rules.ts';
import type { StepOutcome } from '../../escalating/store/escalation-records.ts';
import type { Escalations } from '../../escalating/store/escalations.ts';
import { learnedFrom } from '../../improving/store/learned.ts';
import {
  knowledgeImprovements as improvements,
  knowledgeEntries as table,
  knowledgeEntryVersions as versions,
} from '../../tables.ts';
import { buildEntries } from './entries.ts';
import { buildEntrySteps } from './entry-steps.ts';
import type { EntryOutcome, EntryText } from './entry-writing.ts';

/**
 * Entries that staff write. What they publish, change and withdraw is searched at once here, and within seconds in other
 * processes, as what was learned from badly answered questions is.
 */
export function buildLiveEntries(
  db: Db,
  clock: Clock,
  base: KnowledgeBase,
  escalations: Escalations,
  audit: Audit,
) {
  const entries = buildEntries(db);
  const { writeEntry, retire, rewriteEntry, restoreEntry, unsign } = buildEntrySteps(db, clock, audit);
  let version = '';

  /** Changes whenever what is searched does. */
  async function versionNow(): Promise<string> {
    const [row] = await db
      .select({
        version: sql<string>`count(*) || ' ' || count(${table.retired}) || ' ' || coalesce(max(${table.createdAt})::text, '')
          || ' ' || coalesce(string_agg(${table.owner}, ' ' order by ${table.id}), '')
          || ' ' || (select count(*) from ${versions})
          || ' ' || (select count(*) || ' ' || count(undone_at) from ${improvements})`,
      })
      .from(table);
    return row?.version ?? '';
  }

  async function rebuild(): Promise<void> {
    const current = await versionNow();
    if (current === version) return;
    await base.setLive(await entries.listLiveEntries(), await learnedFrom(db));
    version = current;
  }

  let under: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  /** Rebuilds the index when the tables changed since it was built: one at a time, and one for all who wait. */
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

  async function searched(done: Promise<EntryOutcome>): Promise<EntryOutcome> {
    const outcome = await done;
    if (outcome.kind === 'done') await refresh();
    return outcome;
  }

  return {
    ...entries,
    refresh,
    unsign,
    writeEntry,

    /** Publishes an entry; the question keeps its number in the entry's id. Stale when the card was. */
    async publishEntry(
      staff: Person,
      escalationId: string,
      revision: number,
      text: EntryText,
    ): Promise<StepOutcome> {
      const { number } = await escalations.getEscalation(escalationId);
      const id = `courtier-${number}`;
      const { kind, row } = await db.transaction(async (tx) => {
        const marked = await escalations.markPublished(tx, escalationId, revision, id);
        if (marked.kind === 'done') await writeEntry(tx, staff, id, escalationId, text);
        return marked;
      });
      if (kind === 'done') await refresh();
      return { kind, escalation: row };
    },

    rewriteEntry: (...given: Parameters<typeof rewriteEntry>) => searched(rewriteEntry(...given)),
    restoreEntry: (...given: Parameters<typeof restoreEntry>) => searched(restoreEntry(...given)),

    /** Withdraws an entry, where it is still as it was seen. */
    retireEntry: (staff: Person, id: string, seen: number | 'any' = 'any'): Promise<EntryOutcome> =>
      searched(db.transaction((tx) => retire(tx, staff, id, seen))),

    /** Retires an entry with what else is undone in a transaction. */
    retireIn: (tx: Tx, staff: Person, id: string) => retire(tx, staff, id, 'any'),
  };
}

export type LiveEntries = ReturnType<typeof buildLiveEntries>;
