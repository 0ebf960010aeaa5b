import { getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { Clock } from '../../../../core/clock.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { readRows } from '../../../../core/rows/raw.ts';
import type { End, Hold, Retention } from '../../../../core/rows/retention.ts';
import { limitOf, type Periods } from '../../../../core/time/periods.ts';
import { type Audit, ITSELF } from '../../audit/store/audit.ts';

/** Rows of a table that go in one transaction, with what belongs to them. */
const PIECE = 200;
/** Pieces of one job: what is left is for the next one, so that none lasts long. */
const PIECES = 100;

type Dated = Extract<End, { readonly past: unknown }>;
type Owned = Extract<End, { readonly with: PgTable }>;
const isDated = (end: End): end is Dated => end !== 'never' && 'past' in end && !end.apart;
const isOwned = (end: End): end is Owned => end !== 'never' && 'with' in end;

const list = (parts: readonly SQL[]): SQL => sql.join([...parts], sql`, `);
const bare = (column: PgColumn): SQL => sql`${sql.identifier(column.name)}`;

export interface ForgettingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly periods: Periods;
  readonly timeZone: string;
  readonly retentions: () => readonly Retention[];
  readonly holds: () => readonly Hold[];
}

export type Forgetting = ReturnType<typeof buildForgetting>;

/** What is kept no longer, by what the features declare of their tables: forgotten in pieces, each one whole. */
export function buildForgetting({ db, clock, audit, periods, timeZone, retentions, holds }: ForgettingParts) {
  const limit = (period: Dated['period']) => limitOf(period, clock.now(), periods, timeZone);

  /** The rows of a table whose period has passed, and which nothing holds. */
  function pastOf(table: PgTable, end: Dated): SQL {
    const held = holds()
      .filter((hold) => hold.table === table)
      .map(({ period, rows }) => sql` and not (${rows(limit(period))})`);
    return sql`(${end.past(limit(end.period))})${sql.join(held, sql``)}`;
  }

  /**
   * Deletes rows of a table with all that belongs to them, in whichever feature, what rests on something before it: the
   * database refuses to let go of what something else rests on. `where` is not to ask of what belongs to them.
   */
  async function removeWith(tx: Tx, table: PgTable, where: SQL): Promise<void> {
    for (const { table: child, ends } of retentions())
      for (const { on, id } of ends.filter(isOwned).filter((end) => end.with === table)) {
        const theirs = sql`(${list(on.map(bare))}) in (select ${list(id.map(bare))} from ${table} where ${where})`;
        await removeWith(tx, child, theirs);
      }
    await tx.delete(table).where(where);
  }

  /** Holds rows of a table, and deletes them with all that belongs to them; how many there were. */
  async function removeHeld(tx: Tx, table: PgTable, wanted: SQL): Promise<number> {
    const statement = sql`select ctid::text as place from ${table} where ${wanted}`;
    const rows = await readRows(tx, statement, z.object({ place: z.string() }));
    if (rows.length === 0) return 0;
    // Nobody moves a row that is held.
    const places = list(rows.map(({ place }) => sql`${place}::tid`));
    await removeWith(tx, table, sql`ctid in (${places})`);
    return rows.length;
  }

  /** A piece of a table's old rows; how many. What somebody is writing to at this moment stays for another night. */
  const forgetPiece = (table: PgTable, past: SQL): Promise<number> =>
    db.transaction(async (tx) => {
      const forgotten = await removeHeld(tx, table, sql`${past} limit ${PIECE} for update skip locked`);
      if (forgotten > 0)
        await audit.record(tx, ITSELF, 'retention.forget', `${getTableName(table)}:${forgotten}`);
      return forgotten;
    });

  return {
    /** Deletes rows with all that belongs to them, in whichever feature. How many there were. */
    remove: (tx: Tx, table: PgTable, where: SQL): Promise<number> =>
      removeHeld(tx, table, sql`${where} for update`),

    /** Whether a row of a table is to be kept because of something else that lasts. */
    held: (table: PgTable): SQL =>
      sql.join(
        [
          sql`false`,
          ...holds()
            .filter((hold) => hold.table === table)
            .map(({ period, rows }) => rows(limit(period))),
        ],
        sql` or `,
      ),

    /**
     * Forgets what is kept no longer, table after table, what belongs to something before it. True when there is more
     * than one job should do. Stopped anywhere, the next one goes on.
     */
    async forget(): Promise<boolean> {
      let left = PIECES;
      for (const { table, ends } of retentions())
        for (const end of ends.filter(isDated)) {
          const past = pastOf(table, end);
          for (let full = true; full; ) {
            if (left === 0) return true;
            const went = await forgetPiece(table, past);
            if (went > 0) left--;
            full = went === PIECE;
          }
        }
      return false;
    },
  };
}
