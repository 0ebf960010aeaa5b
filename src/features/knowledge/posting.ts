import { and, asc, type Column, eq, gt, inArray, isNotNull, isNull, lt, ne, or } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import { DeliveryError } from '../../core/errors.ts';
import type { Conversations, Db, Messenger, Tx } from '../../core/ports.ts';
import type { StaffChannel } from '../people/index.ts';
import { answeredCard } from './cards.ts';
import type { Asker, Escalation, Escalations } from './escalations.ts';
import { escalationCard } from './staff-cards.ts';
import { escalationAskers as askers, escalations as table } from './tables.ts';

/** How long a claim is believed: whoever has not ended by then has crashed. A sending takes ten seconds at most. */
const LEASE_SECONDS = 60;
/** Somebody else draws the same card: it is looked at again so much later. */
const BUSY_SECONDS = 5;

export interface PostingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly messenger: Messenger;
  readonly conversations: Conversations;
  readonly staffChannel: StaffChannel;
  readonly escalations: Escalations;
  readonly timeZone: string;
}

/** What an answered or changed question sends: the staff's card, kept current in place, and the answer to its askers. */
export function buildPosting(parts: PostingParts) {
  const { db, clock, messenger, conversations, staffChannel, escalations, timeZone } = parts;

  /** The end of a claim that another process holds; undefined when there is none, or when it was left behind. */
  function heldUntil(claimedAt: Date | null): Temporal.Instant | undefined {
    if (!claimedAt) return undefined;
    const since = Temporal.Instant.fromEpochMilliseconds(claimedAt.getTime());
    const age = since.until(clock.now()).total('seconds');
    // One from far ahead was written by a clock that was wrong.
    return Math.abs(age) < LEASE_SECONDS ? since.add({ seconds: LEASE_SECONDS }) : undefined;
  }

  /** Posts the answer where the asker reads it: our personal chat if there is one, else where they asked. */
  async function deliverTo(asker: Asker, escalation: Escalation): Promise<void> {
    const one = and(
      eq(askers.escalationId, asker.escalationId),
      eq(askers.tenantId, asker.tenantId),
      eq(askers.objectId, asker.objectId),
    );
    const claimedAt = asDate(clock.now());
    const claimed = await db
      .update(askers)
      .set({ delivery: 'sending', claimedAt })
      .where(and(one, eq(askers.delivery, asker.delivery), sameMoment(askers.claimedAt, asker.claimedAt)))
      .returning();
    if (claimed.length === 0) return;
    const record = (delivery: Asker['delivery']) =>
      db
        .update(askers)
        .set({ delivery, claimedAt: null })
        .where(and(one, eq(askers.delivery, 'sending'), eq(askers.claimedAt, claimedAt)));
    try {
      const conversation = await conversations.personal(asker);
      await messenger.send(conversation?.id ?? asker.conversationId, answeredCard(escalation, asker));
      await record('sent');
    } catch (error) {
      if (!(error instanceof DeliveryError)) {
        await record('unknown');
        throw error;
      }
      if (error.outcome === 'retry') {
        await record('pending');
        throw error;
      }
      await record(error.outcome === 'dead' ? 'unreachable' : error.outcome);
    }
  }

  return {
    /**
     * Posts or redraws the staff's card. Running twice, or late, does no harm: the newest revision wins. When to
     * look again, while another process is at it.
     */
    async post(id: string): Promise<Temporal.Instant | undefined> {
      const channel = await staffChannel.find();
      const [row] = await db.select().from(table).where(eq(table.id, id));
      if (!channel || !row) return undefined;
      if (heldUntil(row.postClaimedAt)) return clock.now().add({ seconds: BUSY_SECONDS });
      if (row.postedRevision >= row.revision && !row.postClaimedAt) return undefined;
      const claimedAt = asDate(clock.now());
      const claimed = await db
        .update(table)
        .set({ postedRevision: row.revision, postClaimedAt: claimedAt })
        .where(
          and(
            eq(table.id, id),
            eq(table.postedRevision, row.postedRevision),
            sameMoment(table.postClaimedAt, row.postClaimedAt),
          ),
        )
        .returning({ id: table.id });
      if (claimed.length === 0) return clock.now().add({ seconds: BUSY_SECONDS });
      const release = (change: Partial<Escalation> = {}) =>
        db
          .update(table)
          .set({ ...change, postClaimedAt: null })
          .where(and(eq(table.id, id), eq(table.postClaimedAt, claimedAt)));
      const card = escalationCard(row, await escalations.askers(id), timeZone);
      try {
        if (row.postActivityId && row.postConversationId === channel) {
          await messenger.update(channel, row.postActivityId, card);
          await release();
        } else {
          const postActivityId = await messenger.send(channel, card);
          await release({ postConversationId: channel, postActivityId });
        }
        return undefined;
      } catch (error) {
        const perhapsPosted =
          error instanceof DeliveryError && error.outcome === 'unknown' && !row.postActivityId;
        await release(
          perhapsPosted ? {} : { postedRevision: Math.min(row.postedRevision, row.revision - 1) },
        );
        throw error;
      }
    },

    /**
     * Sends the answer to everyone who waits for it. One failure keeps nobody else waiting. When to look again,
     * while another process is sending to somebody.
     */
    async deliver(id: string): Promise<Temporal.Instant | undefined> {
      const escalation = await escalations.get(id);
      if (escalation.status !== 'answered') return undefined;
      const open = (await escalations.askers(id)).filter(
        ({ delivery }) => delivery === 'pending' || delivery === 'sending',
      );
      const held = open.flatMap(({ delivery, claimedAt }) =>
        delivery === 'sending' ? (heldUntil(claimedAt) ?? []) : [],
      );
      const failures: unknown[] = [];
      for (const asker of open)
        if (asker.delivery === 'pending' || !heldUntil(asker.claimedAt))
          await deliverTo(asker, escalation).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
      return held.sort(Temporal.Instant.compare)[0];
    },

    /**
     * What was under way when this process started: an answer whose sending had begun, and a card whose posting had.
     * Another process may be at it still: whoever looks at them waits for the end of its claim, and then takes it up,
     * at most once too often. The questions to deliver and those to post.
     */
    async interrupted(tx: Db): Promise<{ deliver: string[]; post: string[] }> {
      const sending = await tx
        .selectDistinct({ id: askers.escalationId })
        .from(askers)
        .where(eq(askers.delivery, 'sending'));
      const claimed = await tx.select({ id: table.id }).from(table).where(isNotNull(table.postClaimedAt));
      const uncertain = await tx
        .update(table)
        .set({ postedRevision: 0 })
        .where(and(isNull(table.postActivityId), isNull(table.postClaimedAt), gt(table.postedRevision, 0)))
        .returning({ id: table.id });
      return {
        deliver: sending.map(({ id }) => id),
        post: [...claimed, ...uncertain].map(({ id }) => id),
      };
    },

    /** The questions that wait and that the designated channel has not seen: to be posted there anew. */
    async unposted(tx: Tx, channel: string): Promise<string[]> {
      const rows = await tx
        .select({ id: table.id })
        .from(table)
        .where(
          and(
            inArray(table.status, ['open', 'taken']),
            or(
              isNull(table.postConversationId),
              ne(table.postConversationId, channel),
              lt(table.postedRevision, table.revision),
            ),
          ),
        )
        .orderBy(asc(table.number));
      await tx
        .update(table)
        .set({ postedRevision: 0 })
        .where(and(inArray(table.status, ['open', 'taken']), ne(table.postConversationId, channel)));
      return rows.map((row) => row.id);
    },
  };
}

export type Posting = ReturnType<typeof buildPosting>;

const sameMoment = (column: Column, moment: Date | null) => (moment ? eq(column, moment) : isNull(column));
