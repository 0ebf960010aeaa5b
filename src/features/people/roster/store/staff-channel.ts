import { ne } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db, Queue } from '../../../../core/ports.ts';
import type { Conversation, Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { staffChannel } from '../../tables.ts';

/** The event that tells the features that post there: another channel is the staff's. Its payload is empty. */
export const STAFF_CHANNEL = 'people.staffChannel';

/** The channel that receives what the broker's staff must do. */
export function buildStaffChannel(db: Db, clock: Clock, audit: Audit, queue: Queue) {
  return {
    async findStaffChannel(): Promise<string | undefined> {
      const [row] = await db.select().from(staffChannel);
      return row?.conversationId;
    },

    /** Makes a channel the one of the staff; it changes nothing where it is so already. */
    async designate(admin: Person, conversation: Conversation): Promise<void> {
      const row = { conversationId: conversation.id, designatedAt: asDate(clock.now()) };
      await db.transaction(async (tx) => {
        const changed = await tx
          .insert(staffChannel)
          .values(row)
          .onConflictDoUpdate({
            target: staffChannel.single,
            set: row,
            setWhere: ne(staffChannel.conversationId, conversation.id),
          })
          .returning({ conversationId: staffChannel.conversationId });
        if (changed.length === 0) return;
        await audit.record(tx, admin, 'staffChannel.designate', conversation.id);
        await queue.publish(tx, STAFF_CHANNEL, {});
      });
    },
  };
}

export type StaffChannel = ReturnType<typeof buildStaffChannel>;
