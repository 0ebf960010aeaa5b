import { isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import { isPerson } from '../../../core/people/is-person.ts';
import type { PersonKey } from '../../../core/people/person-key.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import { reminders } from '../tables.ts';
import type { Row } from './telling.ts';

/** What somebody wishes of each thing of which they are reminded. */
export function buildWishes(db: Db, clock: Clock) {
  /** Writes what is wished, unless it is so already: pressed twice, it is one wish. */
  async function wish(
    { tenantId, objectId }: PersonKey,
    thing: string,
    set: Partial<Row>,
    unlessSo: SQL | undefined,
  ): Promise<void> {
    const changedAt = asDate(clock.now());
    await db
      .insert(reminders)
      .values({
        tenantId,
        objectId,
        thing,
        stepOn: brokerDate(clock.now()).toString(),
        urgent: false,
        waits: false,
        ...set,
        changedAt,
      })
      .onConflictDoUpdate({
        target: [reminders.tenantId, reminders.objectId, reminders.thing],
        set: { ...set, changedAt },
        ...(unlessSo && { setWhere: unlessSo }),
      });
  }

  return {
    /** It comes again on a day, in that day's card, and not before. */
    putOff: (person: PersonKey, thing: string, until: Temporal.PlainDate): Promise<void> =>
      wish(
        person,
        thing,
        { laterOn: until.toString(), waits: true, cardOn: null, stoppedAt: null },
        sql`(${reminders.laterOn} is distinct from ${until.toString()}::date or not ${reminders.waits}
          or ${reminders.stoppedAt} is not null)`,
      ),

    /** Nothing more of it. */
    stop: (person: PersonKey, thing: string): Promise<void> =>
      wish(person, thing, { stoppedAt: asDate(clock.now()) }, isNull(reminders.stoppedAt)),

    /** It comes again: with the next card if a reminder was left out meanwhile. */
    takeAgain: (person: PersonKey, thing: string): Promise<void> =>
      wish(
        person,
        thing,
        { stoppedAt: null, laterOn: null, cardOn: null },
        or(isNotNull(reminders.stoppedAt), isNotNull(reminders.laterOn)),
      ),

    async erase(tx: Tx, person: PersonKey): Promise<void> {
      await tx.delete(reminders).where(isPerson(reminders, person));
    },

    async heldOf(person: PersonKey) {
      return db
        .select({
          rappel: reminders.thing,
          le: reminders.toldAt,
          remisAu: reminders.laterOn,
          arrete: reminders.stoppedAt,
        })
        .from(reminders)
        .where(isPerson(reminders, person));
    },
  };
}
export type Wishes = ReturnType<typeof buildWishes>;
