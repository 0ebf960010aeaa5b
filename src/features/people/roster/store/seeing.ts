import { and, lte, ne, or } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { buildOnce, REMEMBERED_MINUTES } from '../../../../core/process/once.ts';
import { batchedByPerson } from '../../../../core/rows/batched.ts';
import type { Person } from '../../../../core/turn.ts';
import { people } from '../../tables.ts';

/** When somebody was last seen is written so often at the most: what is written is so much behind at the most. */
export const SEEN_EVERY_HOURS = 24;

const writtenOf = batchedByPerson((from, seen) =>
  from
    .select()
    .from(people)
    .where(or(...seen.map((person) => isPerson(people, person)))),
);

/** When people were last there. */
export function buildSeeing(db: Db, clock: Clock) {
  const aDayAgo = () => clock.now().subtract({ hours: SEEN_EVERY_HOURS });
  const lookedAt = buildOnce<void>(() => clock.now().epochMilliseconds);

  /** Whether what is written of somebody is to be written anew. */
  const stale = ({ name }: Person, since = aDayAgo()) =>
    or(ne(people.name, name), lte(people.lastSeen, asDate(since)));

  /** Whether what is written of somebody stands. */
  const isFresh = async (person: Person): Promise<boolean> =>
    (await writtenOf(db, person)).some(
      ({ name, lastSeen }) => name === person.name && lastSeen > asDate(aDayAgo()),
    );

  return {
    /** Writes down that a person was there: once a day at the most, whatever the process, unless their name changed. */
    async see(person: Person): Promise<void> {
      const { tenantId, objectId, name } = person;
      const at = asDate(clock.now());
      // Looked for first: a row that conflicts is locked, which is a write, even where nothing of it changes.
      if (await isFresh(person)) return;
      await db
        .insert(people)
        .values({ tenantId, objectId, name, firstSeen: at, lastSeen: at })
        .onConflictDoUpdate({
          target: [people.tenantId, people.objectId],
          set: { name, lastSeen: at },
          setWhere: stale(person),
        });
    },

    /** Writes down that somebody who is known was there; nothing of anybody else. Who presses on and on is looked at now and then. */
    async seeAgain(person: Person): Promise<void> {
      const { tenantId, objectId, name } = person;
      // So much before its time that what is not looked at again is not further behind.
      const since = aDayAgo().add({ minutes: REMEMBERED_MINUTES });
      await lookedAt(`${tenantId}/${objectId} ${name}`, async () => {
        await db
          .update(people)
          .set({ name, lastSeen: asDate(clock.now()) })
          .where(and(isPerson(people, person), stale(person, since)));
      });
    },
  };
}
