import { and, eq, lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { isPerson } from '../../../../core/is-person.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import type { PersonKey } from '../../../people/index.ts';
import { confirmations, kickoffs, slots } from '../../tables.ts';

const requester = { tenantId: kickoffs.requesterTenant, objectId: kickoffs.requesterId };
const taker = { tenantId: kickoffs.takenTenant, objectId: kickoffs.takenId };

/** What a person asked for, took or confirmed: shown to them, and kept without their name once they are erased. */
export function buildOwnKickoffs(db: Db, clock: Clock) {
  return {
    heldOf: (person: PersonKey) =>
      db
        .select({
          rencontre: kickoffs.number,
          etat: kickoffs.state,
          demande: kickoffs.details,
          le: kickoffs.createdAt,
        })
        .from(kickoffs)
        .where(isPerson(requester, person)),

    /** The requests that a member of the staff has taken, and the steps that a person confirmed. */
    async doneBy(person: PersonKey) {
      return {
        prises: await db
          .select({ rencontre: kickoffs.number, etat: kickoffs.state })
          .from(kickoffs)
          .where(isPerson(taker, person)),
        etapes: await db
          .select({ rencontre: kickoffs.number, etape: confirmations.step, le: confirmations.at })
          .from(confirmations)
          .innerJoin(kickoffs, eq(kickoffs.id, confirmations.kickoffId))
          .where(isPerson(confirmations, person)),
      };
    },

    async erase(tx: Tx, person: PersonKey): Promise<void> {
      const erased = 'Une personne effacée';
      await tx
        .update(kickoffs)
        .set({ requesterId: '', requesterName: erased })
        .where(isPerson(requester, person));
      await tx
        .update(kickoffs)
        .set({ takenTenant: null, takenId: null, takenName: null })
        .where(isPerson(taker, person));
      await tx.update(confirmations).set({ objectId: '', by: erased }).where(isPerson(confirmations, person));
    },

    /** Forgets cancelled requests after a year, and moments that were let go. */
    async purge(): Promise<void> {
      const before = asDate(clock.now().subtract({ hours: 24 * 365 }));
      await db.delete(kickoffs).where(and(eq(kickoffs.state, 'cancelled'), lt(kickoffs.updatedAt, before)));
      await db.delete(slots).where(and(eq(slots.state, 'released'), lt(slots.endsAt, before)));
    },
  };
}
