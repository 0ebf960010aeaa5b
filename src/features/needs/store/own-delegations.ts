import { or } from 'drizzle-orm';
import { isPerson } from '../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import type { PersonKey } from '../../people/index.ts';
import { needsDelegations } from '../tables.ts';

const asker = { tenantId: needsDelegations.askerTenantId, objectId: needsDelegations.askerObjectId };

/** The questions that a person received, and those that they put to colleagues: shown to them, and forgotten. */
export function buildOwnDelegations(db: Db) {
  const { question, state, createdAt, name } = needsDelegations;

  return {
    async heldOf(person: PersonKey) {
      return {
        recues: await db
          .select({ question, state, createdAt })
          .from(needsDelegations)
          .where(isPerson(needsDelegations, person)),
        posees: await db
          .select({ question, a: name, state, createdAt })
          .from(needsDelegations)
          .where(isPerson(asker, person)),
      };
    },

    async erase(tx: Tx, person: PersonKey): Promise<void> {
      await tx
        .delete(needsDelegations)
        .where(or(isPerson(needsDelegations, person), isPerson(asker, person)));
    },
  };
}
