import { and, eq, inArray, isNotNull, ne, not, notInArray, or, type SQL, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import type { Tx } from '../../core/ports/db.ts';
import type { Audience, Deliveries, DeliveryState } from '../../core/ports/delivery.ts';
import type { NoticeRules } from '../../core/routes/notices.ts';
import { type Addressing, buildAddressing } from './addressing.ts';
import { ofNotice } from './ledger-reading.ts';
import { conversations, deliveries } from './tables.ts';

/** What a worker may still have in hand cannot be stopped. */
const UNCLAIMED: DeliveryState[] = ['held', 'pending'];

/** Whether an audience has the recipient of a row. */
const isOf = (audience: Audience) => sql`exists (
  select 1 from (${audience}) a
  where a.tenant_id = ${deliveries.tenantId} and a.object_id = ${deliveries.objectId}
    and a.conversation_id = ${deliveries.conversationId})`;

export interface LedgerParts {
  readonly clock: Clock;
  readonly rules: ReadonlyMap<string, NoticeRules>;
  /** Tells the pump, once the transaction is written, that something is due. */
  readonly wake: (tx: Tx) => Promise<void>;
}

type Changes = Pick<
  Deliveries,
  | 'address'
  | 'addressEach'
  | 'unhold'
  | 'cancel'
  | 'keepOnly'
  | 'passOn'
  | 'revive'
  | 'move'
  | 'correct'
  | 'redraw'
  | 'adopt'
  | 'retry'
>;

/** Who is told what, and when; and what of it is taken back. */
export const buildLedgerChanges = (parts: LedgerParts): Changes => {
  const addressing = buildAddressing(parts.clock, parts.rules);
  return {
    ...beforeSending(parts, addressing),
    ...afterSending(parts, addressing),
  };
};

function beforeSending(
  { clock, wake }: LedgerParts,
  { addressLists, addressEach, addressAudience, passOn }: Addressing,
): Pick<
  Changes,
  'address' | 'addressEach' | 'unhold' | 'cancel' | 'keepOnly' | 'passOn' | 'revive' | 'move'
> {
  async function stop(tx: Tx, which: SQL | undefined): Promise<number> {
    const stopped = await tx
      .update(deliveries)
      .set({ state: 'cancelled', changedAt: asDate(clock.now()), lease: null, leasedAt: null })
      .where(which)
      .returning({ id: deliveries.id });
    return stopped.length;
  }

  return {
    async address(tx, notice, to, state = 'pending') {
      if (Array.isArray(to)) await addressLists(tx, [{ notice, to }], state);
      else await addressAudience(tx, notice, to as Audience, state);
      if (state === 'pending') await wake(tx);
    },

    async addressEach(tx, told) {
      const theirs = told.filter(({ to }) => !Array.isArray(to) || to.length > 0);
      if (theirs.length === 0) return;
      await addressEach(tx, theirs);
      await wake(tx);
    },

    async unhold(tx, key) {
      await tx.delete(deliveries).where(ofNotice(key, ['held']));
    },

    cancel: (tx, ...about) =>
      stop(tx, and(inArray(deliveries.about, [...about]), inArray(deliveries.state, UNCLAIMED))),

    keepOnly: (tx, key, audience) =>
      stop(tx, and(ofNotice(key, UNCLAIMED), eq(deliveries.operation, 'post'), not(isOf(audience)))),

    async passOn(tx, conversationId, since, to) {
      await passOn(tx, conversationId, since, to);
      await wake(tx);
    },

    async revive(tx, about) {
      const now = asDate(clock.now());
      await tx
        .update(deliveries)
        .set({ state: 'pending', dueAt: now, changedAt: now })
        .where(and(eq(deliveries.about, about), eq(deliveries.state, 'cancelled')));
      await wake(tx);
    },

    async move(tx, key, at) {
      await tx
        .update(deliveries)
        .set({ dueAt: asDate(at), lease: null, leasedAt: null })
        .where(ofNotice(key, UNCLAIMED));
      await wake(tx);
    },
  };
}

function afterSending(
  { clock, rules, wake }: LedgerParts,
  { rowOf, openLanes }: Addressing,
): Pick<Changes, 'correct' | 'redraw' | 'adopt' | 'retry'> {
  const surely = [...rules.values()].flatMap(({ kind, policy }) => (policy === 'surely' ? [kind] : []));

  return {
    async correct(tx, correction, of, how) {
      const { kind, about, subject, priority, dueAt, changedAt } = rowOf(correction);
      await tx.execute(sql`
        insert into ${deliveries}
          (notice, about, kind, subject, tenant_id, object_id, conversation_id, operation, target, priority, state,
           due_at, changed_at)
        select ${correction.key}, ${about}, ${kind}, ${JSON.stringify(subject)}::jsonb, d.tenant_id, d.object_id,
          d.conversation_id, ${how}, d.id, ${priority}::smallint, 'pending', ${dueAt.toISOString()}::timestamptz,
          ${changedAt.toISOString()}::timestamptz
        from ${deliveries} d
        where d.notice = ${of} and d.state = 'sent' and (d.operation = 'post' or d.target = d.id)
        on conflict do nothing`);
      await wake(tx);
    },

    async redraw(tx, key) {
      const now = asDate(clock.now());
      const ofKey = eq(deliveries.notice, key);
      await tx
        .update(deliveries)
        .set({ redraws: sql`${deliveries.redraws} + 1` })
        .where(ofKey);
      // What is on its way, or about to be, sees by the number that it is of an older drawing.
      await tx
        .update(deliveries)
        .set({
          state: 'pending',
          operation: sql`case when ${deliveries.activityId} is null then 'post' else 'edit' end`,
          target: sql`case when ${deliveries.activityId} is null then null else ${deliveries.id} end`,
          dueAt: now,
          changedAt: now,
          attempts: 0,
          doubts: 0,
          shrunk: false,
          reopened: false,
        })
        .where(
          and(
            ofKey,
            notInArray(deliveries.state, ['held', 'pending', 'sending']),
            // What may have been received is posted once more only where that is its policy.
            or(
              ne(deliveries.state, 'unknown'),
              isNotNull(deliveries.activityId),
              inArray(deliveries.kind, surely),
            ),
          ),
        );
      await wake(tx);
    },

    async adopt(tx, notice, conversationId, activityId) {
      const [place] = await tx.select().from(conversations).where(eq(conversations.id, conversationId));
      if (!place) return;
      const { tenantId } = place;
      await openLanes(tx, [tenantId]);
      const posted = { postedIn: conversationId, activityId };
      await tx
        .insert(deliveries)
        .values({ ...rowOf(notice), tenantId, conversationId, state: 'sent', ...posted })
        .onConflictDoUpdate({
          target: [deliveries.notice, deliveries.tenantId, deliveries.objectId, deliveries.conversationId],
          set: posted,
        });
    },

    async retry(tx, key, states, audience) {
      const now = asDate(clock.now());
      const again = await tx
        .update(deliveries)
        .set({ state: 'pending', dueAt: now, changedAt: now, attempts: 0, reopened: false })
        .where(and(ofNotice(key, states), audience && isOf(audience)))
        .returning({ id: deliveries.id });
      await wake(tx);
      return again.length;
    },
  };
}
