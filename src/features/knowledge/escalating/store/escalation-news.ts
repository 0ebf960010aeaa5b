import { and, asc, eq, inArray, isNull, lt, or } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { escalationAskers as askers, escalations as table } from '../../tables.ts';
import { STATUSES } from './escalation-records.ts';
import type { EscalationParts } from './escalation-steps.ts';

/** How long a claim of the release before is believed. */
const CLAIM_SECONDS = 60;

/** What is said of questions again: their cards, and the answers that an earlier release left. */
export function buildEscalationNews({ db, clock, telling }: EscalationParts) {
  return {
    /** Draws the staff's card of a question as it stands. */
    showEscalation: (id: string): Promise<void> =>
      db.transaction(async (tx) => {
        const [row] = await tx.select().from(table).where(eq(table.id, id)).for('update');
        if (row) await telling.card(tx, row);
      }),

    /** A channel was designated: the questions that wait are posted there, in their order. */
    showWaiting: (): Promise<void> =>
      db.transaction(async (tx) => {
        const rows = await tx
          .select()
          .from(table)
          .where(inArray(table.status, STATUSES.live))
          .orderBy(asc(table.number));
        for (const row of rows) await telling.card(tx, row);
      }),

    /**
     * Takes over an answer that the release before gave and has not sent. When to look again, while one of its
     * processes is sending; what such a process left behind may have been received.
     */
    takeOver: (id: string): Promise<Temporal.Instant | undefined> =>
      db.transaction(async (tx) => {
        const [row] = await tx.select().from(table).where(eq(table.id, id)).for('update');
        if (row?.status !== 'answered') return undefined;
        const of = (delivery: 'pending' | 'sending') =>
          and(eq(askers.escalationId, id), eq(askers.delivery, delivery));
        const left = asDate(clock.now().subtract({ seconds: CLAIM_SECONDS }));
        await tx
          .update(askers)
          .set({ delivery: 'unknown', claimedAt: null })
          .where(and(of('sending'), or(lt(askers.claimedAt, left), isNull(askers.claimedAt))));
        const ours = await tx.select({ id: askers.objectId }).from(askers).where(of('pending')).for('update');
        if (ours.length > 0) {
          await tx.update(table).set({ answeredRevision: row.revision }).where(eq(table.id, id));
          await telling.answerLeft(tx, id, row.revision);
          await tx.update(askers).set({ delivery: 'waiting' }).where(of('pending'));
        }
        const [sending] = await tx
          .select({ at: askers.claimedAt })
          .from(askers)
          .where(of('sending'))
          .limit(1);
        return sending && clock.now().add({ seconds: CLAIM_SECONDS });
      }),
  };
}
