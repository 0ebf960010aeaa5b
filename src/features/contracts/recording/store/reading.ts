import { and, asc, count, desc, eq } from 'drizzle-orm';
import type { PersonKey } from '../../../people/index.ts';
import { contractsNow } from '../../tables.ts';
import type { Followed, Records } from './records.ts';

/** Contracts as people read them, with their duties. */
export function buildReading({ db, visible, find, followed, followedOf }: Records) {
  return {
    /** A page of the contracts that a person sees, the latest end first. */
    async page(person: PersonKey, page: number, size: number): Promise<{ rows: Followed[]; total: number }> {
      const where = visible(person);
      const [counted] = await db.select({ total: count() }).from(contractsNow).where(where);
      const rows = await db
        .select()
        .from(contractsNow)
        .where(where)
        .orderBy(desc(contractsNow.endsOn), asc(contractsNow.number))
        .limit(size)
        .offset((page - 1) * size);
      return { rows: await followedOf(db, rows), total: counted?.total ?? 0 };
    },

    followed: async (id: string, person: PersonKey): Promise<Followed> =>
      followed(db, await find(id, person)),

    /** Whether a person may open one now. */
    isSeen: async (id: string, person: PersonKey): Promise<boolean> =>
      (await db.$count(contractsNow, and(eq(contractsNow.id, id), visible(person)))) > 0,

    /** A contract for work without a turn: undefined where the person may not see it any more. */
    async seen(id: string, person: PersonKey): Promise<Followed | undefined> {
      const [row] = await db
        .select()
        .from(contractsNow)
        .where(and(eq(contractsNow.id, id), visible(person)));
      return row && followed(db, row);
    },
  };
}
