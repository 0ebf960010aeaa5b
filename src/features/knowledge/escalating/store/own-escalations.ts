import { eq, lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { isPerson } from '../../../../core/is-person.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import type { PersonKey } from '../../../people/index.ts';
import { escalationAskers as askers, escalations as table } from '../../tables.ts';
import { askedBy, UNTAKEN } from './escalation-records.ts';

/** A question and its answer are kept a year after the last step; the entry drawn from it stays. */
const RETENTION_HOURS = 24 * 365;

const taker = { tenantId: table.takenByTenant, objectId: table.takenById };

/** What a person asked the staff, or took of it: shown to them, and forgotten. */
export function buildOwnEscalations(db: Db, clock: Clock) {
  return {
    async heldOf(person: PersonKey) {
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
        .where(askedBy(person));
    },

    /** The questions that a member of the staff has taken. */
    takenBy: (person: PersonKey) =>
      db
        .select({ number: table.number, text: table.text, status: table.status })
        .from(table)
        .where(isPerson(taker, person)),

    /** Forgets who asked; a question that nobody else asked goes with them. */
    async erase(tx: Tx, person: PersonKey): Promise<void> {
      const left = await tx.delete(askers).where(askedBy(person)).returning({ id: askers.escalationId });
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
      await tx.update(table).set(UNTAKEN).where(isPerson(taker, person));
    },

    async purge(): Promise<void> {
      await db
        .delete(table)
        .where(lt(table.updatedAt, asDate(clock.now().subtract({ hours: RETENTION_HOURS }))));
    },
  };
}
