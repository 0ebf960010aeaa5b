import { ne, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { DeliveryError } from '../../../../core/errors.ts';
import { personKeyOf } from '../../../../core/people/person-key.ts';
import { recipientOf } from '../../../../core/people/recipient.ts';
import type { Roster } from '../../../../core/ports/conversations.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries, Recipient } from '../../../../core/ports/delivery.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import type { Conversation, Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { staffInPerson } from '../../organizations/store/audience.ts';
import { staffChannel } from '../../tables.ts';
import type { People } from './people.ts';

/** The event that tells the features that post there: another channel is the staff's. Its payload is empty. */
export const STAFF_CHANNEL = 'people.staffChannel';

/** What the channel did not receive for so long is told to the staff themselves once it is known to be lost. */
const MISSED_HOURS = 24;

interface Parts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly queue: Queue;
  readonly deliveries: Deliveries;
  readonly roster: Roster;
  readonly people: People;
  /** The administrators of the configuration. */
  readonly admins: readonly string[];
}

/** Whether the channel answers: `unknown` while Teams itself cannot be reached. `none`: none was designated. */
export type Reached = 'answers' | 'lost' | 'unknown' | 'none';

/** The channel that receives what the broker's staff must do; while it is lost, each of them does. */
export function buildStaffChannel(parts: Parts) {
  const { db, clock, audit, queue, people, admins } = parts;

  async function current() {
    const [row] = await db.select().from(staffChannel);
    return row;
  }

  return {
    async findStaffChannel(): Promise<string | undefined> {
      return (await current())?.conversationId;
    },

    /** Since when Teams refuses it, or knows it no more. */
    lostSince: async (): Promise<Date | undefined> => (await current())?.lostAt ?? undefined,

    /** Whether something is shown to the staff there: in their channel as it is now, or to one of them while it is lost. */
    async isForStaff(recipient: Recipient): Promise<boolean> {
      const row = await current();
      if (!row) return false;
      if (recipient.kind === 'conversation') return recipient.conversationId === row.conversationId;
      const staff = await people.staffNow();
      return staff.some((member) => personKeyOf(member) === personKeyOf(recipient));
    },

    /** Makes a channel the one of the staff; it changes nothing where it is so already. */
    async designate(admin: Person, conversation: Conversation): Promise<void> {
      const row = {
        conversationId: conversation.id,
        designatedAt: asDate(clock.now()),
        lostAt: null,
        admins: [...admins],
      };
      await db.transaction(async (tx) => {
        const changed = await tx
          .insert(staffChannel)
          .values(row)
          .onConflictDoUpdate({
            target: staffChannel.single,
            set: row,
            setWhere: sql`${ne(staffChannel.conversationId, conversation.id)} or ${staffChannel.lostAt} is not null`,
          })
          .returning({ conversationId: staffChannel.conversationId });
        if (changed.length === 0) return;
        await audit.record(tx, admin, 'staffChannel.designate', conversation.id);
        await queue.publish(tx, STAFF_CHANNEL, {});
      });
    },

    /** The administrators of the configuration, as this start has them. */
    noteAdmins: async (): Promise<void> => {
      await db.update(staffChannel).set({ admins: [...admins] });
    },

    ...buildWatch(parts, current),
  };
}

/** Whether the channel is there, by what is known and by trying; what follows when it is lost, and when it is back. */
function buildWatch(
  { db, clock, deliveries, roster, people }: Parts,
  current: () => Promise<typeof staffChannel.$inferSelect | undefined>,
) {
  /** Tells each administrator, in their own chat, and the staff what the channel missed. */
  async function lose(tx: Tx, conversationId: string, at: Date): Promise<void> {
    const key = `staffChannel:lost:${at.toISOString()}`;
    const told = await people.adminsNow(tx);
    await deliveries.address(
      tx,
      { kind: 'people.channelLost', key, about: 'staffChannel', subject: { at: at.toISOString() } },
      told.map(recipientOf),
    );
    const since = asDate(clock.now().subtract({ hours: MISSED_HOURS }));
    await deliveries.passOn(tx, conversationId, since, staffInPerson);
  }

  /** Asks Teams itself who is there, which it answers for a channel where the assistant is installed only. */
  async function reach(tried: boolean): Promise<Reached> {
    const row = await current();
    if (!row) return 'none';
    const open = await db
      .select({ id: staffChannel.conversationId })
      .from(staffChannel)
      .innerJoin(sql`(${deliveries.openRooms}) r`, sql`r.conversation_id = ${staffChannel.conversationId}`);
    if (open.length === 0) return 'lost';
    if (!tried) return row.lostAt ? 'unknown' : 'answers';
    try {
      await roster.page(row.conversationId);
      return 'answers';
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      return error.outcome === 'unreachable' ? 'lost' : 'unknown';
    }
  }

  return {
    /** Whether the channel can be reached, by really trying. */
    reach: (): Promise<Reached> => reach(true),

    /** Looks after the channel, by trying it where `tried`: what is found is written once, whoever looks. */
    async watch(tried: boolean): Promise<Reached> {
      const reached = await reach(tried);
      if (reached !== 'answers' && reached !== 'lost') return reached;
      await db.transaction(async (tx) => {
        const [row] = await tx.select().from(staffChannel).for('update');
        if (!row || (row.lostAt !== null) === (reached === 'lost')) return;
        const lostAt = reached === 'lost' ? asDate(clock.now()) : null;
        await tx.update(staffChannel).set({ lostAt });
        if (lostAt) await lose(tx, row.conversationId, lostAt);
      });
      return reached;
    },
  };
}

export type StaffChannel = ReturnType<typeof buildStaffChannel>;
