import { and, eq, gte, isNull, lte, or, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import { isPerson } from '../../../core/people/is-person.ts';
import type { PersonKey } from '../../../core/people/person-key.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import type { Recall } from '../../../core/recalls.ts';
import { serialize } from '../../../core/rows/serialize.ts';
import { brokerDate, startOfDay } from '../../../core/time/business-days.ts';
import { cardOf, type DayCard } from '../rules.ts';
import { reminders } from '../tables.ts';

/** A thing of which somebody is, or was, reminded. */
export type Row = typeof reminders.$inferSelect;

/** What goes in somebody's card. */
export function buildTelling(db: Db, clock: Clock) {
  const today = () => brokerDate(clock.now());
  const now = () => asDate(clock.now());
  /** However many they are, it is one statement to the database. */
  const among = (things: readonly string[]) =>
    sql`${reminders.thing} = any(${sql.param([...things])}::text[])`;
  const ofOne = (person: PersonKey, things: readonly string[]) =>
    and(isPerson(reminders, person), among(things));
  const named = (recalls: readonly Recall[], state: Recall['state']) =>
    recalls.flatMap((recall) => (recall.state === state ? [recall.thing] : []));

  /** What is kept of some things, and of all that a card told somebody today. */
  const kept = (tx: Tx, person: PersonKey, things: readonly string[]): Promise<Row[]> =>
    tx
      .select()
      .from(reminders)
      .where(
        and(
          isPerson(reminders, person),
          or(among(things), gte(reminders.toldAt, asDate(startOfDay(today())))),
        ),
      );

  /** Whether another card of a day told something today. */
  const hadAnother = (rows: readonly Row[], card: string): boolean =>
    rows.some(({ toldAt, toldIn }) => toldAt && toldAt >= asDate(startOfDay(today())) && toldIn !== card);

  /** What came to be recalled since everybody's cards were gathered goes in this one. */
  async function catchUp(
    tx: Tx,
    { tenantId, objectId }: PersonKey,
    recalls: readonly Recall[],
    rows: readonly Row[],
  ): Promise<void> {
    const known = new Map(rows.map(({ thing, stepOn }) => [thing, stepOn]));
    const steps = recalls.flatMap(({ thing, step, state }) =>
      (state === 'open' || state === 'news') && step && (known.get(thing) ?? '') < step.toString()
        ? [{ thing, step_on: step.toString() }]
        : [],
    );
    if (steps.length === 0) return;
    await tx.execute(sql`
      insert into ${reminders} as r (tenant_id, object_id, thing, step_on, urgent, waits, changed_at)
      select ${tenantId}, ${objectId}, s.thing, s.step_on, false, true, ${now().toISOString()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as s(thing text, step_on date)
      on conflict (tenant_id, object_id, thing) do update set step_on = excluded.step_on, waits = true,
        changed_at = excluded.changed_at
      where r.step_on < excluded.step_on`);
  }

  /** What may not be done for now waits another day. */
  const hold = (tx: Tx, person: PersonKey, things: readonly string[]) =>
    tx
      .update(reminders)
      .set({ cardOn: null, laterOn: today().add({ days: 1 }).toString() })
      .where(and(ofOne(person, things), eq(reminders.waits, true)));

  return {
    /**
     * Takes what a card tells, as things stand; nothing when another one told something today. Drawn again, a card has
     * what it had, and what came since.
     */
    take: (person: PersonKey, card: DayCard, recalls: readonly Recall[]): Promise<readonly Row[]> =>
      db.transaction(async (tx) => {
        await serialize(tx, 'reminders', person.tenantId, person.objectId);
        const name = cardOf(card);
        const told = [...named(recalls, 'open'), ...named(recalls, 'news')];
        const rows = card.urgent ? [] : await kept(tx, person, told);
        if (hadAnother(rows, name)) return [];
        const held = named(recalls, 'held');
        if (held.length > 0) await hold(tx, person, held);
        if (told.length === 0) return [];
        if (!card.urgent) await catchUp(tx, person, recalls, rows);
        return tx
          .update(reminders)
          .set({
            waits: false,
            toldIn: name,
            toldAt: now(),
            firstOn: sql`coalesce(${reminders.firstOn}, ${card.day}::date)`,
          })
          .where(
            and(
              ofOne(person, told),
              isNull(reminders.stoppedAt),
              or(
                and(eq(reminders.toldIn, name), eq(reminders.waits, false)),
                and(
                  eq(reminders.waits, true),
                  or(isNull(reminders.laterOn), lte(reminders.laterOn, today().toString())),
                  card.urgent ? eq(reminders.urgent, true) : undefined,
                ),
              ),
            ),
          )
          .returning();
      }),

    /** What a person was told of, or wished something of, by its name. */
    async rowsOf(person: PersonKey): Promise<ReadonlyMap<string, Row>> {
      const rows = await db.select().from(reminders).where(isPerson(reminders, person));
      return new Map(rows.map((row) => [row.thing, row]));
    },
  };
}
export type Telling = ReturnType<typeof buildTelling>;
