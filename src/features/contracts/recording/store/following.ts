import { and, eq } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import { followers, followersNow } from '../../tables.ts';
import type { Records } from './records.ts';

/** Who is reminded of a contract's duties. */
export function buildFollowing({ db, changing, follow }: Records) {
  const followerOf = (id: string, person: PersonKey) =>
    and(eq(followers.contractId, id), isPerson(followers, person));

  return {
    async follows(id: string, person: PersonKey): Promise<boolean> {
      const [row] = await db
        .select({ id: followers.contractId })
        .from(followers)
        .where(followerOf(id, person));
      return row !== undefined;
    },

    /** Whether a person is reminded of a contract now, by their own wish or because nobody else is left. */
    async isReminded(id: string, person: PersonKey): Promise<boolean> {
      const [row] = await db
        .select({ id: followersNow.contractId })
        .from(followersNow)
        .where(and(eq(followersNow.contractId, id), isPerson(followersNow, person)));
      return row !== undefined;
    },

    /** Is reminded of a contract from now on, or not any more. */
    setFollowing: (person: Person, id: string, wanted: boolean): Promise<void> =>
      changing(person, id, async (tx) => {
        if (wanted) await follow(tx, id, person);
        else await tx.delete(followers).where(followerOf(id, person));
      }),
  };
}
