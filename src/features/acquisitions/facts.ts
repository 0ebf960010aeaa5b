import { and, eq, gt, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import type { Db, Tx } from '../../core/ports.ts';
import { CONCERN_KEYS } from './audience.ts';
import type { Reports, Step, StepReport } from './steps.ts';
import { acquisitionFacts, acquisitions } from './tables.ts';

/** A feature's knowledge of a file, with the revision to give back when it is written. */
export interface Fact {
  readonly value: unknown;
  readonly revision: number;
}

const STEP_KEY = /^step:/;
/** What is said again as it was is not written. */
const CHANGED = sql`${acquisitionFacts.value} is distinct from excluded.value`;

/** What the features know of the files: each under keys of its own, and what it says of its step. */
export function buildFacts(db: Db, clock: Clock) {
  return {
    /** A feature's fact of a file; revision 0 when there is none yet. */
    async fact(db: Db, id: string, key: string): Promise<Fact> {
      const [row] = await db
        .select()
        .from(acquisitionFacts)
        .where(and(eq(acquisitionFacts.acquisitionId, id), eq(acquisitionFacts.key, key)));
      return row ? { value: row.value, revision: row.revision } : { value: undefined, revision: 0 };
    },

    /** The value of a fact, for work that writes nothing. */
    async known(id: string, key: string): Promise<unknown> {
      const [row] = await db
        .select({ value: acquisitionFacts.value })
        .from(acquisitionFacts)
        .where(and(eq(acquisitionFacts.acquisitionId, id), eq(acquisitionFacts.key, key)));
      return row?.value;
    },

    /** Writes a fact if it is still at the revision that was read; false when somebody wrote meanwhile. */
    async saveFact(tx: Tx, id: string, key: string, value: object, revision: number): Promise<boolean> {
      const updatedAt = asDate(clock.now());
      const written =
        revision === 0
          ? await tx
              .insert(acquisitionFacts)
              .values({ acquisitionId: id, key, value, updatedAt })
              .onConflictDoNothing()
              .returning({ key: acquisitionFacts.key })
          : await tx
              .update(acquisitionFacts)
              .set({ value, revision: revision + 1, updatedAt })
              .where(
                and(
                  eq(acquisitionFacts.acquisitionId, id),
                  eq(acquisitionFacts.key, key),
                  eq(acquisitionFacts.revision, revision),
                ),
              )
              .returning({ key: acquisitionFacts.key });
      return written.length === 1;
    },

    /** The open files that hold a fact. */
    async openWith(key: string): Promise<string[]> {
      const rows = await db
        .select({ id: acquisitions.id })
        .from(acquisitionFacts)
        .innerJoin(acquisitions, eq(acquisitions.id, acquisitionFacts.acquisitionId))
        .where(and(eq(acquisitionFacts.key, key), eq(acquisitions.state, 'open')));
      return rows.map(({ id }) => id);
    },

    /** Forgets a fact: nothing is known again. */
    async dropFact(tx: Tx, id: string, key: string): Promise<void> {
      await tx
        .delete(acquisitionFacts)
        .where(and(eq(acquisitionFacts.acquisitionId, id), eq(acquisitionFacts.key, key)));
    },

    /** What a feature says of its step, whatever it said before. */
    async report(tx: Tx, id: string, step: Step, value: StepReport): Promise<void> {
      const updatedAt = asDate(clock.now());
      await tx
        .insert(acquisitionFacts)
        .values({ acquisitionId: id, key: `step:${step}`, value, updatedAt })
        .onConflictDoUpdate({
          target: [acquisitionFacts.acquisitionId, acquisitionFacts.key],
          set: { value, updatedAt, revision: sql`${acquisitionFacts.revision} + 1` },
          setWhere: CHANGED,
        });
    },

    /** Writes what a file is about, so that those whom a change concerns can be told. */
    async concern(
      tx: Tx,
      id: string,
      kind: keyof typeof CONCERN_KEYS,
      topics: readonly string[],
    ): Promise<void> {
      const row = { value: { topics }, updatedAt: asDate(clock.now()) };
      await tx
        .insert(acquisitionFacts)
        .values({ acquisitionId: id, key: CONCERN_KEYS[kind], ...row })
        .onConflictDoUpdate({
          target: [acquisitionFacts.acquisitionId, acquisitionFacts.key],
          set: row,
          setWhere: CHANGED,
        });
    },

    /** A sentence that the file shows first, until it is taken back with `undefined`. */
    async setAlert(tx: Tx, id: string, sentence: string | undefined): Promise<void> {
      const updatedAt = asDate(clock.now());
      const value = { sentence: sentence ?? '' };
      await tx
        .insert(acquisitionFacts)
        .values({ acquisitionId: id, key: 'alert', value, updatedAt })
        .onConflictDoUpdate({
          target: [acquisitionFacts.acquisitionId, acquisitionFacts.key],
          set: { value, updatedAt },
          setWhere: CHANGED,
        });
    },

    async alert(id: string, from: Db = db): Promise<string> {
      const [row] = await from
        .select({ value: acquisitionFacts.value })
        .from(acquisitionFacts)
        .where(and(eq(acquisitionFacts.acquisitionId, id), eq(acquisitionFacts.key, 'alert')));
      return (row?.value as { sentence?: string } | undefined)?.sentence ?? '';
    },

    async reports(id: string): Promise<Reports> {
      const rows = await db
        .select({ key: acquisitionFacts.key, value: acquisitionFacts.value })
        .from(acquisitionFacts)
        .where(and(eq(acquisitionFacts.acquisitionId, id), gt(acquisitionFacts.key, 'step:')));
      return Object.fromEntries(
        rows
          .filter(({ key }) => STEP_KEY.test(key))
          .map(({ key, value }) => [key.replace(STEP_KEY, ''), value as StepReport]),
      );
    },
  };
}
