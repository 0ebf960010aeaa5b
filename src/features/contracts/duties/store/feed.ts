import { and, eq } from 'drizzle-orm';
import { notFound } from '../../../../core/errors.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { Followed, Records } from '../../recording/store/records.ts';
import { contracts, contractsNow } from '../../tables.ts';

/** What the calendar link of a contract shows. */
export function buildFeed({ db, visible, followed }: Records) {
  return {
    /** What it shows to whoever it was given: they see the contract still. */
    async feed(id: string, person: PersonKey): Promise<Followed> {
      const [row] = await db
        .select()
        .from(contractsNow)
        .where(and(eq(contractsNow.id, id), visible(person)));
      if (!row) throw notFound();
      return followed(db, row);
    },

    /** Whether a link of the release before was not replaced then: it names the contract, and which of its links it is. */
    async feedStands(id: string, feed: number): Promise<boolean> {
      const [row] = await db
        .select({ id: contracts.id })
        .from(contracts)
        .where(and(eq(contracts.id, id), eq(contracts.feed, feed)));
      return row !== undefined;
    },
  };
}
