import { desc, eq } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { PersonKey } from '../../../people/index.ts';
import { confirmations, kickoffs } from '../../tables.ts';

export const requester = { tenantId: kickoffs.requesterTenant, objectId: kickoffs.requesterId };
export const taker = { tenantId: kickoffs.takenTenant, objectId: kickoffs.takenId };

const MOST = 50;

/** What a person asked for, took or confirmed: shown to them. */
export function buildOwnKickoffs(db: Db) {
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

    /** What a person asked of the broker, the latest first. */
    askedBy: (person: PersonKey) =>
      db
        .select()
        .from(kickoffs)
        .where(isPerson(requester, person))
        .orderBy(desc(kickoffs.createdAt))
        .limit(MOST),

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
  };
}
