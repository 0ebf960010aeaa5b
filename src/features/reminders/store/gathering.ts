import { type SQL, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import type { House } from '../../../core/manifest.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import type { Deliveries } from '../../../core/ports/delivery.ts';
import { readCount } from '../../../core/rows/raw.ts';
import { serialize } from '../../../core/rows/serialize.ts';
import { brokerDate, startOfDay } from '../../../core/time/business-days.ts';
import { cardOf, type DayCard, DEALT_AGAIN_DAYS, TO_DAY } from '../rules.ts';
import { reminders } from '../tables.ts';

export interface GatheringParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  readonly house: Pick<House, 'recalls'>;
}

/** What is to be told now: it was not stopped, nor put off until later than a day. */
const toTell = (day: string): SQL =>
  sql`r.waits and r.stopped_at is null and (r.later_on is null or r.later_on <= ${day}::date)`;

/** Whoever of `r` had a card since an instant. */
const hadOne = (since: Date): SQL => sql`exists (select 1 from ${reminders} t
  where t.tenant_id = r.tenant_id and t.object_id = r.object_id and t.told_at >= ${since.toISOString()}::timestamptz)`;

/** Days after an undelivered card is too old in which what it told is taken back, for when the assistant stood still. */
const LOOKED_BACK_DAYS = 7;

/** The notice by which everybody has a card. */
const noticeKeyOf = (card: string): string => `reminders:${card}`;

/** Who is to have which card: everybody at once, and nothing is written while nothing is new. */
export function buildGathering({ db, clock, deliveries, house }: GatheringParts) {
  /** Writes down what came to be recalled since it was looked at last. */
  const note = (due: SQL): Promise<unknown> =>
    db.execute(sql`
      insert into ${reminders} as r (tenant_id, object_id, thing, step_on, urgent, waits, changed_at)
      select d.tenant_id, d.object_id, d.thing, max(d.step_on), bool_or(d.urgent), true,
        ${asDate(clock.now()).toISOString()}::timestamptz
      from (${due}) d
      where not exists (select 1 from ${reminders} k
        where k.tenant_id = d.tenant_id and k.object_id = d.object_id and k.thing = d.thing and k.step_on >= d.step_on)
      group by d.tenant_id, d.object_id, d.thing
      on conflict (tenant_id, object_id, thing) do update set step_on = excluded.step_on, urgent = excluded.urgent,
        waits = true, card_on = null, changed_at = excluded.changed_at
      where r.step_on < excluded.step_on`);

  /**
   * What a card told whoever Teams refused it to was told to nobody: it waits for another one, once that card is too old
   * to go on by itself. The cards of some days are looked at, for the hours in which nothing was gathered.
   */
  async function takeBack(tx: Tx, today: Temporal.PlainDate): Promise<void> {
    const days = Array.from({ length: LOOKED_BACK_DAYS }, (_, n) =>
      today.subtract({ days: DEALT_AGAIN_DAYS + n }).toString(),
    );
    const lost = days.flatMap((day) =>
      [false, true].map((urgent) => {
        const card = cardOf({ day, urgent });
        return sql`select ${card} as card, d.tenant_id, d.object_id
          from (${deliveries.rowsOf(noticeKeyOf(card))}) d where d.state in ('unreachable', 'dead')`;
      }),
    );
    await tx.execute(sql`
      update ${reminders} r set waits = true, card_on = null
      from (${sql.join(lost, sql` union all `)}) l
      where r.tenant_id = l.tenant_id and r.object_id = l.object_id and r.told_in = l.card
        and not r.waits`);
  }

  /** Gives each of some people one card, with what they were given none for, or one that could not tell it for long. */
  async function deal(tx: Tx, card: DayCard, whose: SQL): Promise<void> {
    const { day } = card;
    const longAgo = Temporal.PlainDate.from(day).subtract({ days: DEALT_AGAIN_DAYS }).toString();
    const dealt = await readCount(
      tx,
      sql`
      with dealt as (
        update ${reminders} r set card_on = ${day}::date
        where ${toTell(day)} and (r.card_on is null or r.card_on <= ${longAgo}::date) and ${whose} returning 1)
      select count(*)::int as n from dealt`,
    );
    if (dealt === 0) return;
    const key = noticeKeyOf(cardOf(card));
    await deliveries.address(
      tx,
      { kind: TO_DAY, key, about: key, subject: card },
      sql`select r.tenant_id, r.object_id, '' as conversation_id from ${reminders} r
        where ${toTell(day)} and r.card_on = ${day}::date and ${whose}`,
    );
    // Whoever had nothing to be told when their card was drawn has something now.
    await deliveries.revive(tx, key);
  }

  return {
    /**
     * Everybody's card of the day: for whoever has something new to be told and had none today. Whoever had theirs has
     * another one for what is urgent only. It may run at any time, in several processes.
     */
    async gather(): Promise<void> {
      for await (const due of house.recalls.due()) await note(due);
      const today = brokerDate(clock.now());
      const day = today.toString();
      const had = hadOne(asDate(startOfDay(today)));
      await db.transaction(async (tx) => {
        await serialize(tx, 'reminders');
        await takeBack(tx, today);
        await deal(tx, { day, urgent: false }, sql`not ${had}`);
        await deal(tx, { day, urgent: true }, sql`r.urgent and ${had}`);
      });
    },
  };
}

export type Gathering = ReturnType<typeof buildGathering>;
