import { count, eq } from 'drizzle-orm';
import { notFound } from '../../../../core/errors.ts';
import { recipientOf } from '../../../../core/people/recipient.ts';
import type { Turn } from '../../../../core/turn.ts';
import { type Broadcast, broadcastKeyOf, type Records } from '../../store/records.ts';
import { acknowledgements } from '../../tables.ts';

/** Who said « J'ai pris connaissance ». */
export function buildAcknowledgements({ db, deliveries, now, find }: Records) {
  return {
    /** Notes that a person read it; only who received it, or takes part in a channel that did. */
    async acknowledge({ person, conversation }: Turn, id: string): Promise<Broadcast> {
      const row = await find(db, id);
      const { tenantId, objectId } = person;
      const received =
        conversation.kind === 'personal'
          ? await deliveries.wasPosted(broadcastKeyOf(row), recipientOf(person))
          : await deliveries.wasPosted(broadcastKeyOf(row), {
              kind: 'conversation',
              tenantId: conversation.tenantId,
              conversationId: conversation.id,
            });
      if (!received || !row.acknowledge || row.state === 'withdrawn') throw notFound();
      await db
        .insert(acknowledgements)
        .values({ broadcastId: id, tenantId, objectId, at: now() })
        .onConflictDoNothing();
      return row;
    },

    async acknowledged(id: string): Promise<number> {
      const [row] = await db
        .select({ n: count() })
        .from(acknowledgements)
        .where(eq(acknowledgements.broadcastId, id));
      return row?.n ?? 0;
    },
  };
}
