import { and, eq } from 'drizzle-orm';
import { notFound } from '../../../../core/errors.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { Followed, Records } from '../../recording/store/records.ts';
import { contractsNow } from '../../tables.ts';

/** The calendar link of a contract: one holds at a time. */
export function buildFeed({ db, visible, changing, followed, touch }: Records) {
  return {
    /** Ends the calendar link that was seen, for a new one; asked for twice, it is one. */
    renewFeed: (person: Person, id: string, seen: number | undefined): Promise<void> =>
      changing(person, id, async (tx, { feed }) => {
        if (seen === undefined || seen === feed) await touch(tx, id, { feed: feed + 1 });
      }),

    /** What a calendar link shows to whoever it was given: it names the contract, and which of its links it is. */
    async feed(id: string, feed: number, person: PersonKey): Promise<Followed> {
      const [row] = await db
        .select()
        .from(contractsNow)
        .where(and(eq(contractsNow.id, id), eq(contractsNow.feed, feed), await visible(person)));
      if (!row) throw notFound();
      return followed(db, row);
    },
  };
}
