import { asc, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../../../core/ports/db.ts';
import type { Learned } from '../../answering/rules.ts';
import { buildEntries } from '../../publishing/store/entries.ts';
import { knowledgeBench, knowledgeImprovements as table } from '../../tables.ts';
import { asKnown } from './bench.ts';

/** What the staff added to the search and have not undone, in an order that is always the same. */
export async function learnedFrom(db: Db): Promise<Learned> {
  const rows = await db
    .select({ act: table.act, entryId: table.entryId, text: table.text })
    .from(table)
    .where(sql`${isNull(table.undoneAt)} and ${inArray(table.act, ['wording', 'offTopic'])}`)
    .orderBy(asc(table.at), asc(table.id));
  return {
    wordings: rows.flatMap(({ act, entryId, text }) =>
      act === 'wording' && entryId ? [{ entryId, text }] : [],
    ),
    offTopic: rows.flatMap(({ act, text }) => (act === 'offTopic' ? [text] : [])),
  };
}

/** What the staff added to the search, with the staff's entries in force and their test set: for whoever searches without the assistant. */
export async function taughtIn(db: Db) {
  const [entries, bench] = [await buildEntries(db).listLiveEntries(), await db.select().from(knowledgeBench)];
  return {
    entries: entries.map(({ id, title: question, alternates, answer }) => ({
      ...{ id, question, alternates, answer },
    })),
    learned: await learnedFrom(db),
    bench: bench.map(asKnown),
  };
}
