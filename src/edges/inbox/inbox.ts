import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import { newId } from '../../core/id.ts';
import { buildOnce } from '../../core/once.ts';
import type { Answer, Db, Inbox, Log } from '../../core/ports.ts';
import { together, writtenTogether } from '../../core/together.ts';
import { KEPT_MINUTES } from './retention.ts';
import { inbox as table } from './tables.ts';

/** Longer than a turn lasts: whoever claimed an event before that, and answered nothing, died. */
const LEASE_MS = 25_000;
const LOOK_AGAIN_MS = 50;
const LOOK_AGAIN_AT_MOST_MS = 500;

/**
 * The events that arrived, in the database: of all the processes that receive one, one does its work and the others
 * give its answer. With the database away each process knows its own only, so that it can still answer.
 */
export function buildInbox(db: Db, clock: Clock, log: Log): Inbox {
  const process = newId();
  const aloneOnce = buildOnce<Answer>(() => clock.now().epochMilliseconds);
  const underWay = new Map<string, Promise<Answer>>();

  /** True when an event is ours to work on. The same one is not claimed twice at the same moment: see `underWay`. */
  const claim = together(async (keys: readonly string[]): Promise<boolean[]> => {
    const now = clock.now();
    const claimedAt = asDate(now);
    const claimed = await db
      .insert(table)
      // In an order that all processes have: two that claim the same do not wait for each other.
      .values(keys.toSorted().map((key) => ({ key, process, claimedAt })))
      .onConflictDoUpdate({
        target: table.key,
        set: { process, claimedAt },
        setWhere: and(
          isNull(table.answeredAt),
          lt(table.claimedAt, asDate(now.subtract({ milliseconds: LEASE_MS }))),
        ),
      })
      .returning({ key: table.key });
    const ours = new Set(claimed.map(({ key }) => key));
    return keys.map((key) => ours.has(key));
  });

  /** Gives an event that was answered to work on again, to one of those who ask. */
  async function reclaim(key: string, answered: { process: string; answeredAt: Date }): Promise<boolean> {
    const sameAnswer = and(eq(table.process, answered.process), eq(table.answeredAt, answered.answeredAt));
    const claimed = await db
      .update(table)
      .set({ process, claimedAt: asDate(clock.now()), answeredAt: null, answer: null })
      .where(and(eq(table.key, key), sameAnswer))
      .returning({ key: table.key });
    return claimed.length === 1;
  }

  const mine = (key: string) => and(eq(table.key, key), eq(table.process, process));

  /** Keeps what events were answered, as JSON or null, where they are still ours. */
  const keep = writtenTogether(
    (kept: readonly { readonly key: string; readonly answer: string | null }[]) => {
      const rows = sql.join(
        kept.map(({ key, answer }) => sql`(${key}::uuid, ${answer}::text)`),
        sql`, `,
      );
      return db
        .update(table)
        .set({ answeredAt: asDate(clock.now()), answer: sql`kept.answer` })
        .from(sql`(values ${rows}) as kept (key, answer)`)
        .where(and(eq(table.key, sql`kept.key`), eq(table.process, process)));
    },
  );

  async function workOn(key: string, work: () => Promise<Answer>): Promise<Answer> {
    let answer: Answer;
    try {
      answer = await work();
    } catch (error) {
      await db
        .delete(table)
        .where(mine(key))
        .catch((err: unknown) => log.warn({ err }, 'event not given back'));
      throw error;
    }
    await keep({ key, answer: answer === undefined ? null : JSON.stringify(answer) }).catch((err: unknown) =>
      log.warn({ err }, 'answer not kept'),
    );
    return answer;
  }

  /** What whoever has the event answers; `claimed` when it has become ours. */
  async function answerOfOther(
    key: string,
    stands: (answer: Answer, ageMs: number) => boolean,
  ): Promise<{ readonly answer: Answer } | 'claimed'> {
    for (let waitMs = LOOK_AGAIN_MS; ; waitMs = Math.min(waitMs * 2, LOOK_AGAIN_AT_MOST_MS)) {
      const [row] = await db.select().from(table).where(eq(table.key, key));
      if (row?.answeredAt) {
        const { process, answeredAt } = row;
        const answer: Answer = row.answer === null ? undefined : JSON.parse(row.answer);
        if (stands(answer, clock.now().epochMilliseconds - answeredAt.getTime())) return { answer };
        if (await reclaim(key, { process, answeredAt })) return 'claimed';
      } else if (await claim(key)) return 'claimed';
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }

  async function receive(
    key: string,
    work: () => Promise<Answer>,
    stands: (answer: Answer, ageMs: number) => boolean,
  ): Promise<Answer> {
    let other: Awaited<ReturnType<typeof answerOfOther>>;
    try {
      other = (await claim(key)) ? 'claimed' : await answerOfOther(key, stands);
    } catch (err) {
      log.warn({ err }, 'inbox away');
      return aloneOnce(key, work);
    }
    return other === 'claimed' ? workOn(key, work) : other.answer;
  }

  return {
    once(key, work, stands = () => true) {
      const known = underWay.get(key);
      if (known) return known;
      const answer = receive(key, work, stands).finally(() => underWay.delete(key));
      underWay.set(key, answer);
      return answer;
    },
  };
}

/** Forgets what nobody delivers again. */
export const purgeInbox = (db: Db, clock: Clock): Promise<unknown> =>
  db.delete(table).where(lt(table.claimedAt, asDate(clock.now().subtract({ minutes: KEPT_MINUTES }))));
