import { and, asc, eq, gt, inArray, isNull, lt, ne, or } from 'drizzle-orm';
import { DeliveryError } from '../../core/errors.ts';
import type { Conversations, Db, Messenger, Tx } from '../../core/ports.ts';
import type { StaffChannel } from '../people/index.ts';
import { answeredCard } from './cards.ts';
import type { Asker, Escalation, Escalations } from './escalations.ts';
import { escalationCard } from './staff-cards.ts';
import { escalationAskers as askers, escalations as table } from './tables.ts';

/** What an answered or changed question sends: the staff's card, kept current in place, and the answer to its askers. */
export function buildPosting(
  db: Db,
  messenger: Messenger,
  conversations: Conversations,
  staffChannel: StaffChannel,
  escalations: Escalations,
  timeZone: string,
) {
  /** Posts the answer where the asker reads it: our personal chat if there is one, else where they asked. */
  async function deliverTo(asker: Asker, escalation: Escalation): Promise<void> {
    const one = and(
      eq(askers.escalationId, asker.escalationId),
      eq(askers.tenantId, asker.tenantId),
      eq(askers.objectId, asker.objectId),
    );
    const claimed = await db
      .update(askers)
      .set({ delivery: 'sending' })
      .where(and(one, eq(askers.delivery, 'pending')))
      .returning();
    if (claimed.length === 0) return;
    const record = (delivery: Asker['delivery']) => db.update(askers).set({ delivery }).where(one);
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
    /** Posts or redraws the staff's card. Running twice, or late, does no harm: the newest revision wins. */
    async post(id: string): Promise<void> {
      const channel = await staffChannel.find();
      const [row] = await db.select().from(table).where(eq(table.id, id));
      if (!channel || !row || row.postedRevision >= row.revision) return;
      const claimed = await db
        .update(table)
        .set({ postedRevision: row.revision })
        .where(and(eq(table.id, id), eq(table.postedRevision, row.postedRevision)))
        .returning({ id: table.id });
      if (claimed.length === 0) return;
      const card = escalationCard(row, await escalations.askers(id), timeZone);
      try {
        if (row.postActivityId && row.postConversationId === channel) {
          await messenger.update(channel, row.postActivityId, card);
        } else {
          const postActivityId = await messenger.send(channel, card);
          await db.update(table).set({ postConversationId: channel, postActivityId }).where(eq(table.id, id));
        }
      } catch (error) {
        if (error instanceof DeliveryError && error.outcome === 'unknown' && !row.postActivityId) throw error;
        await db
          .update(table)
          .set({ postedRevision: row.postedRevision })
          .where(and(eq(table.id, id), eq(table.postedRevision, row.revision)));
        throw error;
      }
    },

    /** Sends the answer to everyone who waits for it. One failure keeps nobody else waiting. */
    async deliver(id: string): Promise<void> {
      const escalation = await escalations.get(id);
      if (escalation.status !== 'answered') return;
      const waiting = (await escalations.askers(id)).filter((asker) => asker.delivery === 'pending');
      const failures: unknown[] = [];
      for (const asker of waiting)
        await deliverTo(asker, escalation).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },

    /**
     * What a crash left half done: an answer whose sending had begun is sent again, at most once too often,
     * and a card whose posting had begun is posted again. The questions to deliver and those to post.
     */
    async interrupted(): Promise<{ deliver: string[]; post: string[] }> {
      const sending = await db
        .update(askers)
        .set({ delivery: 'pending' })
        .where(eq(askers.delivery, 'sending'))
        .returning({ id: askers.escalationId });
      const posting = await db
        .update(table)
        .set({ postedRevision: 0 })
        .where(and(isNull(table.postActivityId), gt(table.postedRevision, 0)))
        .returning({ id: table.id });
      return { deliver: [...new Set(sending.map(({ id }) => id))], post: posting.map(({ id }) => id) };
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
