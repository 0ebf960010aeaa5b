import { type SQL, sql } from 'drizzle-orm';
import { personKeyOf } from '../../../../core/people/person-key.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import {
  type Audience,
  DELIVERY_STATES,
  type Deliveries,
  type DeliveryState,
  type Notice,
} from '../../../../core/ports/delivery.ts';
import { staffAudience } from '../../../people/index.ts';
import { escalationAskers as askers, type escalations } from '../../tables.ts';

type Row = typeof escalations.$inferSelect;
type AskerRow = typeof askers.$inferSelect;

/** Whether the answer reached somebody. `waiting`: there is none yet; `left`: they wait for none any more. */
export type Arrival = 'waiting' | 'pending' | 'sent' | 'unreachable' | 'unknown' | 'left';

const ARRIVALS: Record<DeliveryState, Arrival> = {
  held: 'pending',
  pending: 'pending',
  sending: 'pending',
  sent: 'sent',
  unreachable: 'unreachable',
  dead: 'unreachable',
  unknown: 'unknown',
  cancelled: 'waiting',
};
/** More than will ever ask the same. */
const MOST_ASKERS = 5_000;

const cardOf = (id: string): Notice => ({
  kind: 'knowledge.card',
  key: `escalation:${id}/card`,
  about: `escalation:${id}`,
  subject: { escalation: id },
});

/** An answer has a key of its own: a question that is reopened may be answered again. */
const answerOf = (id: string, revision: number): Notice => ({
  kind: 'knowledge.answer',
  key: `escalation:${id}/answer/${revision}`,
  about: `escalation:${id}`,
  subject: { escalation: id, revision },
});

/** That it was closed, each time that it is. */
const closingOf = (id: string, revision: number): Notice => ({
  kind: 'knowledge.closed',
  key: `escalation:${id}/closed/${revision}`,
  about: closingsOf(id),
  subject: { escalation: id },
});
const closingsOf = (id: string): string => `escalation:${id}/closed`;

export type Telling = ReturnType<typeof buildTelling>;

/** What a handed-over question makes the assistant say: the staff's card, which follows it, the answer, or that there is none. */
export function buildTelling(deliveries: Deliveries) {
  /** Who asked and still waits: in their chat, or where they asked when they have none. There, one answer is for all who did. */
  const askersOf = (id: string, which: SQL): Audience => sql`
    select
      case when chat.object_id is null and room.conversation_id is not null then room.tenant_id else asker.tenant_id end
        as tenant_id,
      case when chat.object_id is null and room.conversation_id is not null then '' else asker.object_id end
        as object_id,
      case when chat.object_id is null then coalesce(room.conversation_id, '') else '' end as conversation_id
    from ${askers} asker
    left join (${deliveries.people}) chat
      on chat.tenant_id = asker.tenant_id and chat.object_id = asker.object_id
    left join (${deliveries.rooms}) room on room.conversation_id = asker.conversation_id
    where asker.escalation_id = ${id} and asker.left_at is null and ${which}`;

  return {
    /** Posts the staff's card where it is not yet, and draws it as the question stands. */
    async card(tx: Tx, row: Row): Promise<void> {
      const notice = cardOf(row.id);
      if (row.postConversationId && row.postActivityId)
        await deliveries.adopt(tx, notice, row.postConversationId, row.postActivityId);
      await deliveries.address(tx, notice, staffAudience(deliveries));
      await deliveries.redraw(tx, notice.key);
    },

    /** Sends the answer that was given at a revision to everyone who asked. */
    answer: (tx: Tx, id: string, revision: number): Promise<void> =>
      deliveries.address(tx, answerOf(id, revision), askersOf(id, sql`true`)),

    /** Tells everyone who waits that it was closed at a revision. */
    closing: (tx: Tx, id: string, revision: number): Promise<void> =>
      deliveries.address(tx, closingOf(id, revision), askersOf(id, sql`true`)),

    /** It is open again: whoever was not told that it was closed is not. */
    takeBackClosing: async (tx: Tx, id: string): Promise<void> =>
      void (await deliveries.cancel(tx, closingsOf(id))),

    /** Sends it to those to whom the release before has not yet. */
    answerLeft: (tx: Tx, id: string, revision: number): Promise<void> =>
      deliveries.address(tx, answerOf(id, revision), askersOf(id, sql`asker.delivery = 'pending'`)),

    /** Whether an answer arrived, by asker; what the release before sent itself, it wrote beside the asker. */
    async arrivals(id: string, revision: number | null): Promise<(asker: AskerRow) => Arrival> {
      const rows =
        revision === null
          ? []
          : await deliveries.page(answerOf(id, revision).key, DELIVERY_STATES, 0, MOST_ASKERS);
      const states = new Map(
        rows.map(({ recipient, state }) => [
          recipient.kind === 'person' ? personKeyOf(recipient) : recipient.conversationId,
          ARRIVALS[state],
        ]),
      );
      return (asker) =>
        states.get(personKeyOf(asker)) ??
        states.get(asker.conversationId) ??
        (asker.delivery === 'sending' ? 'pending' : asker.delivery);
    },
  };
}
