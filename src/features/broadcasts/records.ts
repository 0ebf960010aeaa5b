import { count, desc, eq } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import { notFound } from '../../core/errors.ts';
import type { Db, Deliveries, Queue, Tx } from '../../core/ports.ts';
import type { Person } from '../../core/turn.ts';
import type { Audit } from '../people/index.ts';
import { after, type Event } from './states.ts';
import { broadcasts } from './tables.ts';

export type Broadcast = typeof broadcasts.$inferSelect;

/** A step by somebody who saw the current card, or an older one. */
export type Outcome = { readonly kind: 'done' | 'stale'; readonly broadcast: Broadcast };

/** What its sendings are about, and the key of the first of them. */
export const keyOf = ({ id }: Pick<Broadcast, 'id'>): string => `broadcast:${id}`;

export interface RecordParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
}

export type Records = ReturnType<typeof buildRecords>;

/** The rows of broadcasts, changed only by who saw them as they are. */
export function buildRecords({ db, clock, queue, audit, deliveries }: RecordParts) {
  const now = () => asDate(clock.now());

  async function find(handle: Db, id: string): Promise<Broadcast> {
    const [row] = await handle.select().from(broadcasts).where(eq(broadcasts.id, id));
    if (!row) throw notFound();
    return row;
  }

  /** A broadcast that nobody else changes until the transaction ends. */
  async function hold(tx: Tx, id: string): Promise<Broadcast> {
    const [row] = await tx.select().from(broadcasts).where(eq(broadcasts.id, id)).for('update');
    if (!row) throw notFound();
    return row;
  }

  /**
   * Changes a broadcast if it is still as it was seen; the event must apply to its state. `set` and `then` refuse by
   * throwing: nothing is written.
   */
  function change(
    staff: Person,
    id: string,
    revision: number,
    event: Event,
    set: (row: Broadcast) => Partial<typeof broadcasts.$inferInsert>,
    then: (tx: Tx, row: Broadcast) => Promise<void> = async () => {},
  ): Promise<Outcome> {
    return db.transaction(async (tx) => {
      const row = await hold(tx, id);
      const state = after(row.state, event);
      if (!state || row.revision !== revision) return { kind: 'stale', broadcast: row };
      const [changed] = await tx
        .update(broadcasts)
        .set({ ...set(row), state, revision: revision + 1, updatedAt: now() })
        .where(eq(broadcasts.id, id))
        .returning();
      if (!changed) throw notFound();
      await then(tx, changed);
      await audit.record(tx, staff, `broadcast.${event}`, id);
      return { kind: 'done', broadcast: changed };
    });
  }

  /** A page of broadcasts, the latest change first. */
  async function page(page: number, size: number): Promise<{ rows: Broadcast[]; total: number }> {
    const [counted] = await db.select({ total: count() }).from(broadcasts);
    const rows = await db
      .select()
      .from(broadcasts)
      .orderBy(desc(broadcasts.updatedAt))
      .limit(size)
      .offset((page - 1) * size);
    return { rows, total: counted?.total ?? 0 };
  }

  return { db, clock, queue, audit, deliveries, now, find, hold, change, page };
}
