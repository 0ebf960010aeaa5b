import { and, eq, lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import { escalationAskers as askers, escalations as table } from '../../tables.ts';
import { UNTAKEN } from './escalation-records.ts';

/** A question and its answer are kept a year after the last step; the entry drawn from it stays. */
const RETENTION_HOURS = 24 * 365;

/** What a person asked the staff, or took of it: shown to them, and forgotten. */
export function buildOwnEscalations(db: Db, clock: Clock) {
  return {
    async heldOf({ tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>) {
      return db
        .select({
          number: table.number,
          text: askers.text,
          askedAt: askers.askedAt,
          status: table.status,
          answer: table.answer,
        })
        .from(askers)
        .innerJoin(table, eq(table.id, askers.escalationId))
        .where(and(eq(askers.tenantId, tenantId), eq(askers.objectId, objectId)));
    },

    /** The questions that a member of the staff has taken. */
    takenBy: ({ tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>) =>
      db
        .select({ number: table.number, text: table.text, status: table.status })
        .from(table)
        .where(and(eq(table.takenByTenant, tenantId), eq(table.takenById, objectId))),

    /** Forgets who asked; a question that nobody else asked goes with them. */
    async erase(tx: Tx, { tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>): Promise<void> {
      const theirs = and(eq(askers.tenantId, tenantId), eq(askers.objectId, objectId));
      const left = await tx.delete(askers).where(theirs).returning({ id: askers.escalationId });
      for (const { id } of left) {
        // Whoever joins it at this moment is waited for.
        await tx.select({ id: table.id }).from(table).where(eq(table.id, id)).for('update');
        const [other] = await tx
          .select({ id: askers.escalationId })
          .from(askers)
          .where(eq(askers.escalationId, id))
          .limit(1);
        if (!other) await tx.delete(table).where(eq(table.id, id));
      }
      await tx
        .update(table)
        .set(UNTAKEN)
        .where(and(eq(table.takenByTenant, tenantId), eq(table.takenById, objectId)));
    },

    async purge(): Promise<void> {
      await db
        .delete(table)
        .where(lt(table.updatedAt, asDate(clock.now().subtract({ hours: RETENTION_HOURS }))));
    },
  };
}
