import { and, gte, lte, ne, or } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import { isPerson } from '../../../core/people/is-person.ts';
import { personKeyOf } from '../../../core/people/person-key.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import type { Person } from '../../../core/turn.ts';
import type { Audit, PersonKey } from '../../people/index.ts';
import { officeAbsences as table } from '../tables.ts';

export interface Absence {
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
}

export type Absences = ReturnType<typeof buildAbsences>;

/** When members of the staff are away: what they look after is offered to the others meanwhile, and comes back. */
export function buildAbsences(db: Db, clock: Clock, audit: Audit) {
  const today = () => brokerDate(clock.now());

  return {
    /** The absence of somebody that lasts, or is to come. */
    async absenceOf(person: PersonKey): Promise<Absence | undefined> {
      const [row] = await db
        .select()
        .from(table)
        .where(and(isPerson(table, person), gte(table.lastDay, today().toString())));
      return (
        row && { first: Temporal.PlainDate.from(row.firstDay), last: Temporal.PlainDate.from(row.lastDay) }
      );
    },

    /** The last day of absence of each who is away today, by « tenant/object ». */
    async awayNow(from: Db = db): Promise<ReadonlyMap<string, Temporal.PlainDate>> {
      const day = today().toString();
      const rows = await from
        .select()
        .from(table)
        .where(and(lte(table.firstDay, day), gte(table.lastDay, day)));
      return new Map(rows.map((row) => [personKeyOf(row), Temporal.PlainDate.from(row.lastDay)]));
    },

    /** Somebody is away between two days, in place of what was said before; they say it, or an administrator does. */
    note: (by: Person, { tenantId, objectId }: PersonKey, { first, last }: Absence): Promise<void> =>
      db.transaction(async (tx) => {
        const set = {
          firstDay: first.toString(),
          lastDay: last.toString(),
          notedAt: asDate(clock.now()),
        };
        const noted = await tx
          .insert(table)
          .values({ tenantId, objectId, ...set })
          .onConflictDoUpdate({
            target: [table.tenantId, table.objectId],
            set,
            setWhere: or(ne(table.firstDay, set.firstDay), ne(table.lastDay, set.lastDay)),
          })
          .returning({ objectId: table.objectId });
        if (noted.length > 0) await audit.record(tx, by, 'absence.note', objectId);
      }),

    /** Somebody is back. */
    end: (by: Person, person: PersonKey = by): Promise<void> =>
      db.transaction(async (tx) => {
        const gone = await tx
          .delete(table)
          .where(isPerson(table, person))
          .returning({ objectId: table.objectId });
        if (gone.length > 0) await audit.record(tx, by, 'absence.end', person.objectId);
      }),

    /** The absences that last or are to come, the nearest first. */
    coming: (): Promise<(PersonKey & { firstDay: string; lastDay: string })[]> =>
      db
        .select({
          tenantId: table.tenantId,
          objectId: table.objectId,
          firstDay: table.firstDay,
          lastDay: table.lastDay,
        })
        .from(table)
        .where(gte(table.lastDay, today().toString()))
        .orderBy(table.firstDay, table.objectId),

    absenceHeldOf: (person: PersonKey) =>
      db.select({ du: table.firstDay, au: table.lastDay }).from(table).where(isPerson(table, person)),

    async eraseAbsence(tx: Tx, person: PersonKey): Promise<void> {
      await tx.delete(table).where(isPerson(table, person));
    },
  };
}
