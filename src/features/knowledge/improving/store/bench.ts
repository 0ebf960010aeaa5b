import { asc, desc, eq } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../../people/index.ts';
import { knowledgeBenchRuns as runs, knowledgeBench as table } from '../../tables.ts';
import type { KnownQuestion } from '../rules/judging.ts';

export type BenchQuestion = typeof table.$inferSelect;
export type BenchRun = typeof runs.$inferSelect;

const SHOWN_RUNS = 6;

/** The staff's own test set, and how it went each time that it was run. */
export function buildBench(db: Db, clock: Clock, audit: Audit) {
  return {
    listBench: (): Promise<BenchQuestion[]> => db.select().from(table).orderBy(asc(table.at), asc(table.id)),

    /** Adds a question with the entry that should come, or none; once for an id. */
    addToBench: (staff: Person, id: string, text: string, entryId: string | null): Promise<void> =>
      db.transaction(async (tx) => {
        const added = await tx
          .insert(table)
          .values({ id, text, entryId, at: asDate(clock.now()) })
          .onConflictDoNothing()
          .returning({ id: table.id });
        if (added.length > 0) await audit.record(tx, staff, 'bench.add', id);
      }),

    removeFromBench: (staff: Person, id: string): Promise<void> =>
      db.transaction(async (tx) => {
        const removed = await tx.delete(table).where(eq(table.id, id)).returning({ id: table.id });
        if (removed.length > 0) await audit.record(tx, staff, 'bench.remove', id);
      }),

    /** Writes down how a run went, once for an id. */
    noteRun: (staff: Person, id: string, good: number, total: number): Promise<void> =>
      db.transaction(async (tx) => {
        const noted = await tx
          .insert(runs)
          .values({ id, good, total, at: asDate(clock.now()) })
          .onConflictDoNothing()
          .returning({ id: runs.id });
        if (noted.length > 0) await audit.record(tx, staff, 'bench.run', id);
      }),

    /** The newest runs first. */
    listRuns: (): Promise<BenchRun[]> =>
      db.select().from(runs).orderBy(desc(runs.at), asc(runs.id)).limit(SHOWN_RUNS),
  };
}

/** A question of the test set as any other that is known. */
export const asKnown = ({ text, entryId }: Pick<BenchQuestion, 'text' | 'entryId'>): KnownQuestion => ({
  text,
  expect: entryId === null ? [] : [entryId],
  from: 'bench',
});
