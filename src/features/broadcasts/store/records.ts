import { desc, eq, sql } from 'drizzle-orm';
import { nearestPage } from '../../../core/cards/paging.ts';
import { asDate, type Clock } from '../../../core/clock.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import type { Deliveries } from '../../../core/ports/delivery.ts';
import type { Queue } from '../../../core/ports/queue.ts';
import type { Ties } from '../../../core/routes/keeping.ts';
import { revisedRows } from '../../../core/rows/revised.ts';
import type { Person } from '../../../core/turn.ts';
import type { Audit, Quotas } from '../../people/index.ts';
import { after, type Event } from '../rules/states.ts';
import { broadcasts, corrections } from '../tables.ts';

export type Broadcast = typeof broadcasts.$inferSelect;

/** A step by somebody who saw the current card, or an older one. */
export type BroadcastOutcome = { readonly kind: 'done' | 'stale'; readonly broadcast: Broadcast };

/** What its sendings are about, and the key of the first of them. */
export const broadcastKeyOf = ({ id }: Pick<Broadcast, 'id'>): string => `broadcast:${id}`;

/** Those who wrote a notice that is being prepared, waits for an approval or for its hour; or a correction that waits. */
export const authorTies = ({ clock }: { readonly clock: Clock }): Ties => sql`
  select b.author_tenant as tenant_id, b.author_id as object_id from ${broadcasts} b
  where b.state in ('draft', 'awaiting') or (b.state = 'released' and b.send_at > ${asDate(clock.now())})
  union all
  select c.tenant_id, c.object_id from ${corrections} c`;

export interface RecordParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly quotas: Pick<Quotas, 'spend'>;
}

/** More drafts than a team has under way. */
const MOST_DRAFTS = 50;

type Awaitable<T> = T | Promise<T>;

export type Records = ReturnType<typeof buildRecords>;

/** The rows of broadcasts, changed only by who saw them as they are. */
export function buildRecords({ db, clock, queue, audit, deliveries, quotas }: RecordParts) {
  const now = () => asDate(clock.now());

  const rows = revisedRows(broadcasts, clock);

  /**
   * Changes a broadcast if it is still as it was seen; the event must apply to its state. `set` and `then` refuse by
   * throwing: nothing is written. Where `set` has nothing to change, nothing is written either, and the trail says
   * nothing.
   */
  async function change(
    staff: Person,
    id: string,
    revision: number | 'any',
    event: Event,
    set: (row: Broadcast, tx: Tx) => Awaitable<Partial<typeof broadcasts.$inferInsert> | undefined>,
    then: (tx: Tx, row: Broadcast) => Promise<void> = async () => {},
  ): Promise<BroadcastOutcome> {
    const { kind, row: broadcast } = await db.transaction((tx) =>
      rows.change(tx, id, revision, async (row) => {
        const state = after(row.state, event);
        if (!state) return undefined;
        const values = await set(row, tx);
        if (!values) return row;
        const changed = await rows.write(tx, row, { ...values, state });
        await then(tx, changed);
        await audit.record(tx, staff, `broadcast.${event}`, id);
        return changed;
      }),
    );
    return { kind, broadcast };
  }

  /** A page of broadcasts, the latest change first; the nearest one where there is no such page. */
  async function page(
    wanted: number,
    size: number,
  ): Promise<{ rows: Broadcast[]; page: number; total: number }> {
    const total = await db.$count(broadcasts);
    const page = nearestPage(wanted, total, size);
    const rows = await db
      .select()
      .from(broadcasts)
      .orderBy(desc(broadcasts.updatedAt), desc(broadcasts.id))
      .limit(size)
      .offset((page - 1) * size);
    return { rows, page, total };
  }

  /** The latest drafts: what a list of people may be added to. */
  const latestDrafts = () =>
    db
      .select({ id: broadcasts.id, number: broadcasts.number, title: broadcasts.title })
      .from(broadcasts)
      .where(eq(broadcasts.state, 'draft'))
      .orderBy(desc(broadcasts.updatedAt))
      .limit(MOST_DRAFTS);

  return {
    db,
    clock,
    queue,
    audit,
    deliveries,
    quotas,
    now,
    find: rows.find,
    hold: rows.hold,
    change,
    page,
    latestDrafts,
  };
}
