import { and, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import { newId } from '../../core/id.ts';
import type { Db } from '../../core/ports/db.ts';
import type { Answer } from '../../core/ports/inbox.ts';
import { together, writtenTogether } from '../../core/rows/together.ts';
import { inbox as table } from './tables.ts';

/** Longer than a turn lasts: whoever claimed an event before that, and answered nothing, died. */
export const LEASE_MS = 25_000;

/** An event that somebody answered, and when. */
export interface Answered {
  readonly process: string;
  readonly answeredAt: Date;
  readonly answer: Answer;
}

/** Who works on which event, in the database, as one process claims them. */
export function buildClaims(db: Db, clock: Clock) {
  const process = newId();
  const mine = (key: string) => and(eq(table.key, key), eq(table.process, process));
  const unanswered = (key: string) => and(mine(key), isNull(table.answeredAt));

  return {
    /** True when an event is ours to work on. The same one is not to be claimed twice at the same moment. */
    claim: together(async (keys: readonly string[]): Promise<boolean[]> => {
      const now = clock.now();
      const claimedAt = asDate(now);
      const claimed = await db
        .insert(table)
        // In an order that all processes have: two that claim the same do not wait for each other.
        .values(keys.toSorted().map((key) => ({ key, process, claimedAt })))
        .onConflictDoUpdate({
          target: table.key,
          set: { process, claimedAt },
          setWhere: and(
            isNull(table.answeredAt),
            lt(table.claimedAt, asDate(now.subtract({ milliseconds: LEASE_MS }))),
          ),
        })
        .returning({ key: table.key });
      const ours = new Set(claimed.map(({ key }) => key));
      return keys.map((key) => ours.has(key));
    }),

    /** True when an event was claimed by us from a moment on: by a statement whose answer was lost. */
    async isClaimedSince(key: string, since: Temporal.Instant): Promise<boolean> {
      const claimed = await db
        .select({ key: table.key })
        .from(table)
        .where(and(unanswered(key), gte(table.claimedAt, asDate(since))));
      return claimed.length === 1;
    },

    /** Claims an event of ours anew; false when it is another's. */
    async renew(key: string): Promise<boolean> {
      const renewed = await db
        .update(table)
        .set({ claimedAt: asDate(clock.now()) })
        .where(unanswered(key))
        .returning({ key: table.key });
      return renewed.length === 1;
    },

    /** Gives an event that was answered to work on again, to one of those who ask. */
    async reclaim(key: string, answered: Answered): Promise<boolean> {
      const sameAnswer = and(eq(table.process, answered.process), eq(table.answeredAt, answered.answeredAt));
      const claimed = await db
        .update(table)
        .set({ process, claimedAt: asDate(clock.now()), answeredAt: null, answer: null })
        .where(and(eq(table.key, key), sameAnswer))
        .returning({ key: table.key });
      return claimed.length === 1;
    },

    async findAnswered(key: string): Promise<Answered | undefined> {
      const [row] = await db.select().from(table).where(eq(table.key, key));
      if (!row?.answeredAt) return undefined;
      const answer: Answer = row.answer === null ? undefined : JSON.parse(row.answer);
      return { process: row.process, answeredAt: row.answeredAt, answer };
    },

    /** Keeps what events were answered, as JSON or null, where they are still ours. */
    keep: writtenTogether((kept: readonly { readonly key: string; readonly answer: string | null }[]) => {
      const rows = sql.join(
        kept.map(({ key, answer }) => sql`(${key}::uuid, ${answer}::text)`),
        sql`, `,
      );
      return (
        db
          .update(table)
          .set({ answeredAt: asDate(clock.now()), answer: sql`kept.answer` })
          // Locked in the order in which events are claimed: who claims the same ones may wait for us, and we not for them.
          .from(
            sql`(select k.* from (values ${rows}) as k (key, answer) join ${table} i on i.key = k.key
            order by i.key for update of i) as kept`,
          )
          .where(and(eq(table.key, sql`kept.key`), eq(table.process, process)))
      );
    }),

    /** Lets others work on an event of ours. */
    giveBack: (key: string): Promise<unknown> => db.delete(table).where(mine(key)),
  };
}
