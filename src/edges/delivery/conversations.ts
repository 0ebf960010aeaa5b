import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, or } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import type { ConversationReference, Conversations } from '../../core/ports/conversations.ts';
import type { Db, Tx } from '../../core/ports/db.ts';
import { COMES_BACK_DAYS } from '../../core/ports/delivery.ts';
import { batched } from '../../core/rows/batched.ts';
import { deliveries, IN_A_CONVERSATION, pauses, posts, conversations as table } from './tables.ts';

const DAY = 86_400_000;
const REMEMBERED = 10_000;
/** The priority of what goes to many: a broadcast that could not be received is not sent weeks later. */
export const TO_MANY = 2;

export const referenceFrom = (row: typeof table.$inferSelect): ConversationReference => ({
  id: row.id,
  kind: row.kind,
  tenantId: row.tenantId,
  serviceUrl: row.serviceUrl,
  botId: row.botId,
  botName: row.botName,
  ...(row.teamId === null ? {} : { teamId: row.teamId }),
  ...(row.name === null ? {} : { name: row.name }),
  ...(row.personId === null ? {} : { personId: row.personId }),
});

/** What waited for somebody to come back goes on: notices that must surely arrive and could not, of the last month. */
async function unblock(
  tx: Tx,
  { id, tenantId, personId }: ConversationReference,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .update(table)
    .set({ blocked: null })
    .where(and(eq(table.id, id), isNotNull(table.blocked)));
  await tx
    .update(deliveries)
    .set({ state: 'pending', dueAt: asDate(now), changedAt: asDate(now) })
    .where(
      and(
        eq(deliveries.state, 'unreachable'),
        or(eq(deliveries.operation, 'post'), eq(deliveries.target, deliveries.id)),
        lt(deliveries.priority, TO_MANY),
        gt(deliveries.changedAt, asDate(now.subtract({ hours: 24 * COMES_BACK_DAYS }))),
        personId
          ? and(eq(deliveries.tenantId, tenantId), eq(deliveries.objectId, personId))
          : and(eq(deliveries.conversationId, id), IN_A_CONVERSATION),
      ),
    );
}

const openOnes = batched(
  (from, ids) =>
    from
      .select({ id: table.id })
      .from(table)
      .where(and(inArray(table.id, ids), isNull(table.blocked))),
  ({ id }) => id,
);

/** Conversation references in the database. One that has not changed since yesterday is not written again. */
export function buildConversations(db: Db, clock: Clock): Conversations {
  const written = new Map<string, { fingerprint: string; at: number }>();
  const read = (row: typeof table.$inferSelect | undefined) => row && referenceFrom(row);

  /** Whether a conversation is there and open: another process may have blocked or forgotten it. */
  const stands = async (id: string): Promise<boolean> => (await openOnes(db, id)).length > 0;

  return {
    async find(id) {
      const [row] = await db.select().from(table).where(eq(table.id, id));
      return read(row);
    },

    async personal({ tenantId, objectId }) {
      const [row] = await db
        .select()
        .from(table)
        .where(and(eq(table.tenantId, tenantId), eq(table.personId, objectId), eq(table.kind, 'personal')))
        .orderBy(desc(table.seenAt))
        .limit(1);
      return read(row);
    },

    async remember(reference) {
      const now = clock.now();
      const fingerprint = JSON.stringify(reference);
      const last = written.get(reference.id);
      const fresh = last?.fingerprint === fingerprint && now.epochMilliseconds - last.at < DAY;
      if (fresh && (await stands(reference.id))) return;
      const {
        id,
        kind,
        tenantId,
        serviceUrl,
        botId,
        botName,
        teamId = null,
        name = null,
        personId = null,
      } = reference;
      const row = { kind, tenantId, serviceUrl, botId, botName, teamId, name, personId, seenAt: asDate(now) };
      await db.transaction(async (tx) => {
        await tx
          .insert(table)
          .values({ id, ...row })
          .onConflictDoUpdate({ target: table.id, set: row });
        await unblock(tx, reference, now);
      });
      if (written.size >= REMEMBERED) written.clear();
      written.set(id, { fingerprint, at: now.epochMilliseconds });
    },

    async block(id, why) {
      await db.update(table).set({ blocked: why }).where(eq(table.id, id));
    },

    async forget(id) {
      written.delete(id);
      await db.delete(table).where(eq(table.id, id));
    },

    async forgetPersonal(tx, { tenantId, objectId }) {
      written.clear();
      const gone = await tx
        .delete(table)
        .where(and(eq(table.tenantId, tenantId), eq(table.personId, objectId)))
        .returning({ id: table.id });
      const ids = gone.map(({ id }) => id);
      if (ids.length === 0) return;
      await tx.delete(posts).where(inArray(posts.conversationId, ids));
      await tx.delete(pauses).where(inArray(pauses.conversationId, ids));
    },

    async claimWelcome(id) {
      const claimed = await db
        .update(table)
        .set({ welcomedAt: asDate(clock.now()) })
        .where(and(eq(table.id, id), isNull(table.welcomedAt)))
        .returning({ id: table.id });
      return claimed.length === 1;
    },
  };
}
