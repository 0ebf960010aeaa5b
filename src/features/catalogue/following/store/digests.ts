import { and, eq, sql } from 'drizzle-orm';
import type { Clock } from '../../../../core/clock.ts';
import { newId } from '../../../../core/id.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries, Recipient } from '../../../../core/ports/delivery.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { InForce } from '../../screens/schema.ts';
import { digestChanges, subscriptions } from '../../tables.ts';
import { subscribersAudience } from './audience.ts';
import { buildDayChanges, changesOf, type DayChange, topicsOf, touchesList } from './day-changes.ts';

/** Changes of one moment are told together. */
const GRACE_MINUTES = 10;
/** What was composed before an announcement has left, or has failed, so long after it. */
const STRAGGLERS_SECONDS = 60;

/** The notice of a day, brought up to date for those who had it before an announcement. */
export interface Correction {
  readonly day: string;
  readonly correction: string;
}

const digestKey = (day: string): string => `digest:${day}`;

const noticeOf = (day: string) => ({
  kind: 'catalogue.digest',
  key: digestKey(day),
  about: digestKey(day),
  subject: { day },
});

/** The saved lists, of whomever, that some changes touch. */
async function listsTouched(on: Db, changes: readonly DayChange[]): Promise<string[]> {
  const rows = await on
    .selectDistinct({ topic: subscriptions.topic })
    .from(subscriptions)
    .where(eq(subscriptions.topicKind, 'list'));
  return rows
    .map(({ topic }) => topic)
    .filter((topic) => changes.some((change) => touchesList(change, topic)));
}

/** What is left of a change for somebody who follows prices only. */
function pricesOf({ fiche, difference, act }: DayChange): DayChange[] {
  if (!difference?.changesPrices) return [];
  const changes = difference.changes.filter(({ price }) => price);
  return [{ fiche, difference: { ...difference, changes }, ...(act && { act }) }];
}

interface DigestPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  readonly queue: Queue;
}

/** The daily notice of what changed, for those who follow it (guide 3.2): one a day, whatever the number of fiches. */
export function buildDigests(
  { db, clock, deliveries, queue }: DigestPorts,
  /** Whether something of a person's rests on a change that the broker made: they are told of it otherwise. */
  rests: (change: DayChange, person: PersonKey) => Promise<boolean>,
) {
  const changesOfDay = buildDayChanges(db);

  /** Brings the notice up to date for those who have it already. */
  const correct = (tx: Tx, { day, correction }: Correction): Promise<void> => {
    const key = digestKey(day);
    return deliveries.correct(tx, { ...noticeOf(day), key: `${key}/${correction}` }, key, 'edit');
  };

  /** Has those told who follow what changed, and brings the notice up to date for those who have it. */
  async function gather(tx: Tx, day: string, changes: readonly DayChange[]): Promise<void> {
    await deliveries.address(
      tx,
      { ...noticeOf(day), at: clock.now().add({ minutes: GRACE_MINUTES }) },
      subscribersAudience({
        categories: [...new Set(changes.flatMap(topicsOf))],
        suppliers: changes.map(({ fiche }) => fiche.supplier.id),
        lists: await listsTouched(tx, changes),
      }),
    );
    const correction = { day, correction: newId() };
    await correct(tx, correction);
    await queue.enqueue(
      tx,
      'catalogue.correctDigest',
      correction,
      clock.now().add({ seconds: STRAGGLERS_SECONDS }),
    );
  }

  return {
    /** All that changed on a day, what the broker did itself first. */
    changesOfDay,

    /**
     * Versions take effect: all that were announced together join the notice of their day with the announcement
     * itself, so that none is told without the others. Those who already have it see it change.
     */
    async addToDigest(tx: Tx, events: readonly InForce[]): Promise<void> {
      if (events.length === 0) return;
      const day = brokerDate(clock.now()).toString();
      const changes = await changesOf(tx, events);
      await tx
        .insert(digestChanges)
        .values(
          events.map(({ supplier, version, previous }) => ({ day, supplierId: supplier, previous, version })),
        )
        .onConflictDoUpdate({
          target: [digestChanges.day, digestChanges.supplierId],
          set: { version: sql`excluded.version` },
        });
      await gather(tx, day, changes);
    },

    /** What the broker did to a fiche joins the notice of the day. */
    joinDay: (tx: Tx, change: DayChange): Promise<void> =>
      gather(tx, brokerDate(clock.now()).toString(), [change]),

    /** Brings up to date what was just being sent when versions joined the day. */
    correct: (correction: Correction): Promise<void> => db.transaction((tx) => correct(tx, correction)),

    /** The changes of a day that concern a recipient, in their order; none when they follow nothing of it any more. */
    async changesFor(day: string, to: Recipient): Promise<DayChange[]> {
      const follows = db
        .select({
          kind: subscriptions.topicKind,
          topic: subscriptions.topic,
          pricesOnly: subscriptions.pricesOnly,
        })
        .from(subscriptions)
        .where(
          to.kind === 'person'
            ? and(
                eq(subscriptions.kind, 'person'),
                eq(subscriptions.tenantId, to.tenantId),
                eq(subscriptions.objectId, to.objectId),
              )
            : and(eq(subscriptions.kind, 'channel'), eq(subscriptions.conversationId, to.conversationId)),
        );
      const [followed, changes] = await Promise.all([follows, changesOfDay(day)]);
      const found: DayChange[] = [];
      for (const change of changes) {
        const concerned = followed.filter(
          ({ kind, topic }) =>
            kind === 'all' ||
            (kind === 'supplier' && topic === change.fiche.supplier.id) ||
            (kind === 'category' && topicsOf(change).includes(topic)) ||
            (kind === 'list' && touchesList(change, topic)),
        );
        if (concerned.length === 0) continue;
        if (change.act && to.kind === 'person' && (await rests(change, to))) continue;
        found.push(...(concerned.every(({ pricesOnly }) => pricesOnly) ? pricesOf(change) : [change]));
      }
      return found;
    },
  };
}

export type Digests = ReturnType<typeof buildDigests>;
