import { and, asc, eq, gte, lte } from 'drizzle-orm';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import { wrongField } from '../../../../core/cards/refused.ts';
import { type Clock, frenchDay } from '../../../../core/clock.ts';
import type { Id } from '../../../../core/id.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { closedDays as table } from '../../tables.ts';

export interface ClosedDay {
  /** ISO date. */
  readonly day: string;
  readonly label: string;
}

const alreadyClosed = (day: string, label: string) =>
  wrongField('day', `Le bureau est déjà fermé le ${frenchDay(day)} : ${label}.`);

/** The days on which the broker's office is closed besides the holidays. */
export function buildClosedDays(db: Db, clock: Clock, days: BusinessDays, audit: Audit) {
  const today = () => brokerDate(clock.now()).toString();

  /** Reads them again: what is computed from now on counts them, whichever process wrote them. */
  async function refresh(): Promise<void> {
    const rows = await db.select({ day: table.day, label: table.label }).from(table);
    days.office.close(new Map(rows.map(({ day, label }) => [day, label])));
  }

  /** Refuses a day that is past, or closed already. */
  function mustBeOpen(day: string): void {
    if (day < today())
      throw wrongField('day', 'Ce jour est passé. Choisissez aujourd’hui ou un jour à venir.');
    const date = Temporal.PlainDate.from(day);
    const holiday = days.holidays(date.year).get(day);
    if (holiday) throw alreadyClosed(day, holiday);
    if (date.dayOfWeek > 5) throw alreadyClosed(day, 'c’est une fin de semaine');
  }

  return {
    refresh,

    /** A page of the days of a year, in order; the nearest one. */
    async ofYear(year: number, wanted: number, size: number): Promise<Page<ClosedDay>> {
      const where = and(gte(table.day, `${year}-01-01`), lte(table.day, `${year}-12-31`));
      const total = await db.$count(table, where);
      const page = nearestPage(wanted, total, size);
      const rows = await db
        .select({ day: table.day, label: table.label })
        .from(table)
        .where(where)
        .orderBy(asc(table.day))
        .limit(size)
        .offset((page - 1) * size);
      return pageAt(rows, page, total, size);
    },

    /** Closes the office on a day, once however often its form is sent. Refuses a day that is past, or closed already. */
    async close(person: Person, { day, label }: ClosedDay, effect: Id): Promise<void> {
      await db.transaction(async (tx) => {
        if (!(await audit.once(tx, person, 'closedDay.add', `${day} ${effect}`))) return;
        mustBeOpen(day);
        const [added] = await tx
          .insert(table)
          .values({ day, label, createdAt: new Date(clock.now().epochMilliseconds) })
          .onConflictDoNothing()
          .returning();
        if (added) return;
        const [known] = await tx.select({ label: table.label }).from(table).where(eq(table.day, day));
        throw alreadyClosed(day, known?.label ?? '');
      });
      await refresh();
    },

    /** Opens it again; false where it was no closed day any more, or is past. */
    async open(person: Person, day: string): Promise<boolean> {
      const opened = await db.transaction(async (tx) => {
        if (day < today()) return false;
        const [gone] = await tx.delete(table).where(eq(table.day, day)).returning();
        if (gone) await audit.record(tx, person, 'closedDay.remove', day);
        return gone !== undefined;
      });
      await refresh();
      return opened;
    },
  };
}

export type ClosedDays = ReturnType<typeof buildClosedDays>;
