import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { asDate, type Clock } from '../clock.ts';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../ports/db.ts';

/** A table whose rows count their changes. */
export type RevisedTable = PgTable & {
  readonly id: PgColumn;
  readonly revision: PgColumn;
  readonly updatedAt?: PgColumn;
};
type Row<T extends RevisedTable> = T['$inferSelect'];

/** What became of a change: `stale` when it no longer applied; the row as it is now, either way. */
export interface Changed<R> {
  readonly kind: 'done' | 'stale';
  readonly row: R;
}

/**
 * The rows of a table that people change as they saw them: of two who act on the same revision one changes it, and the
 * other sees what stands now. Where there is no such row, everything throws `notFound`.
 */
export function revisedRows<T extends RevisedTable>(table: T, clock: Clock) {
  /** Within a transaction, pass it on. */
  async function find(from: Db, id: string): Promise<Row<T>> {
    const [row] = await from.select().from<RevisedTable>(table).where(eq(table.id, id));
    if (!row) throw notFound();
    return row;
  }

  /** A row that nobody else changes until the transaction ends. */
  async function hold(tx: Tx, id: string): Promise<Row<T>> {
    const [row] = await holdAll(tx, [id]);
    if (!row) throw notFound();
    return row;
  }

  /** Writes a row that is held, which makes its next revision. */
  async function write(
    tx: Tx,
    row: { readonly id: string; readonly revision: number },
    set: Partial<T['$inferInsert']>,
  ): Promise<Row<T>> {
    const when = table.updatedAt && { updatedAt: asDate(clock.now()) };
    const [changed] = await tx
      .update<RevisedTable>(table)
      .set({ ...set, ...when, revision: row.revision + 1 })
      .where(eq(table.id, row.id))
      .returning();
    if (!changed) throw notFound();
    return changed;
  }

  /**
   * Several rows that nobody else changes until the transaction ends, by id: in one order, whoever holds some of them.
   * What is not there is left out.
   */
  const holdAll = (tx: Tx, ids: readonly string[]): Promise<Row<T>[]> =>
    tx
      .select()
      .from<RevisedTable>(table)
      .where(inArray(table.id, [...ids]))
      .orderBy(asc(table.id))
      .for('no key update');

  /** Writes the same in several rows that are held, which makes the next revision of each; in their order. */
  async function writeAll(
    tx: Tx,
    rows: readonly { readonly id: string }[],
    set: Partial<T['$inferInsert']>,
  ): Promise<Row<T>[]> {
    if (rows.length === 0) return [];
    const when = table.updatedAt && { updatedAt: asDate(clock.now()) };
    const ids = rows.map(({ id }) => id);
    const changed = await tx
      .update<RevisedTable>(table)
      .set({ ...set, ...when, revision: sql`${table.revision} + 1` })
      .where(inArray(table.id, ids))
      .returning();
    const byId = new Map<unknown, Row<T>>(changed.map((row: Row<T>) => [row.id, row]));
    return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
  }

  /**
   * Does some work on a row that is still as somebody saw it, whoever else would change it waiting meanwhile. The work
   * gives the row that it wrote, or `undefined` where it does not apply any more; it refuses by throwing.
   */
  async function change(
    tx: Tx,
    id: string,
    seen: number | 'any',
    work: (row: Row<T>) => Promise<Row<T> | undefined>,
  ): Promise<Changed<Row<T>>> {
    const row = await hold(tx, id);
    const changed = seen === 'any' || seen === row.revision ? await work(row) : undefined;
    return changed ? { kind: 'done', row: changed } : { kind: 'stale', row };
  }

  return { find, hold, holdAll, write, writeAll, change };
}
