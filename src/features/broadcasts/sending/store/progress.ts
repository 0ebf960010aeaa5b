import { and, eq, isNull, lte, or } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { type Broadcast, broadcastKeyOf, type Records } from '../../store/records.ts';
import { broadcasts } from '../../tables.ts';

/** How far the sending is, and the card that follows it. */
export function buildProgress({ db, clock, deliveries, now }: Records) {
  return {
    /** Where the card that follows the sending is. */
    async followedBy(id: string, conversation: string, activity: string): Promise<void> {
      await db
        .update(broadcasts)
        .set({ followedIn: conversation, followedAs: activity })
        .where(eq(broadcasts.id, id));
    },

    /** Has the card that follows the sending drawn as things stand. */
    async redraw({ id, followedIn, followedAs }: Broadcast): Promise<void> {
      if (!followedIn || !followedAs) return;
      const key = `${broadcastKeyOf({ id })}/follow`;
      const notice = { kind: 'broadcasts.follow', key, about: key, subject: { broadcast: id } };
      await db.transaction(async (tx) => {
        await deliveries.adopt(tx, notice, followedIn, followedAs);
        await deliveries.redraw(tx, key);
      });
    },

    /** True once within so many seconds, whoever asks: the card that follows is redrawn no oftener. */
    async mayRedraw(id: string, seconds: number): Promise<boolean> {
      const before = asDate(clock.now().subtract({ seconds }));
      const mine = await db
        .update(broadcasts)
        .set({ redrawnAt: now() })
        .where(
          and(eq(broadcasts.id, id), or(isNull(broadcasts.redrawnAt), lte(broadcasts.redrawnAt, before))),
        )
        .returning({ id: broadcasts.id });
      return mine.length === 1;
    },

    counts: (row: Pick<Broadcast, 'id'>) => deliveries.counts(broadcastKeyOf(row)),
    reach: (row: Pick<Broadcast, 'id'>) => deliveries.reach(broadcastKeyOf(row)),
    /** Whole seconds until the last of so many is sent. */
    secondsFor: (n: number): number => Math.ceil(n / deliveries.rate),
  };
}
