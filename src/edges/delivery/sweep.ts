import { and, eq, exists, gt, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../core/ports/db.ts';
import type { NoticeRules } from '../../core/routes/notices.ts';
import { TO_MANY } from './conversations.ts';
import { expired } from './reserve.ts';
import { conversations, deliveries } from './tables.ts';

/** How far back what the release before could not know is looked for. */
const MISTAKEN_MS = 60_000;

/**
 * Claims that a worker left behind: nobody knows whether they were received. An edit is done again, what must
 * surely arrive is sent once more, the rest is for a person to decide.
 */
export async function sweep(db: Db, rules: ReadonlyMap<string, NoticeRules>, now: number): Promise<void> {
  const left = await db
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.state, 'sending'), expired(deliveries.leasedAt, now)))
    .limit(500);
  for (const row of left) {
    const repeatable = row.operation !== 'post';
    const surely = rules.get(row.kind)?.policy === 'surely' && row.doubts === 0;
    const at = new Date(now);
    await db
      .update(deliveries)
      .set({
        changedAt: at,
        reason: 'noAnswer',
        lease: null,
        leasedAt: null,
        ...(repeatable || surely
          ? { state: 'pending', dueAt: at, doubts: repeatable ? row.doubts : row.doubts + 1 }
          : { state: 'unknown' }),
      })
      .where(
        and(eq(deliveries.id, row.id), eq(deliveries.state, 'sending'), expired(deliveries.leasedAt, now)),
      );
  }
}

/** Whether there is a conversation. */
const known = (db: Db, which: SQL | undefined): SQL =>
  exists(db.select({ one: sql`1` }).from(conversations).where(which));

/**
 * The release before, at work for a minute beside this one, says of kinds that it does not know that they cannot be
 * received: where they can, they are due again.
 */
export const sweepMistaken = (db: Db, kinds: readonly string[], now: number) =>
  db
    .update(deliveries)
    .set({ state: 'pending', reason: null, dueAt: new Date(now), changedAt: new Date(now) })
    .where(
      and(
        gt(deliveries.changedAt, new Date(now - MISTAKEN_MS)),
        eq(deliveries.state, 'unreachable'),
        eq(deliveries.reason, 'notInstalled'),
        lt(deliveries.priority, TO_MANY),
        inArray(deliveries.kind, [...kinds]),
        // By their index each: one condition for all three would read every conversation for each of these.
        sql`case
          when ${deliveries.operation} <> 'post' then ${known(db, eq(conversations.id, deliveries.postedIn))}
          when ${deliveries.objectId} = '' then ${known(db, eq(conversations.id, deliveries.conversationId))}
          else ${known(
            db,
            and(
              eq(conversations.kind, 'personal'),
              eq(conversations.tenantId, deliveries.tenantId),
              eq(conversations.personId, deliveries.objectId),
            ),
          )} end`,
      ),
    );
