import type { Afterwards } from '../../../../core/afterwards.ts';
import { type Id, newId } from '../../../../core/id.ts';
import type { Holding } from '../../../../core/manifest.ts';
import type { Db } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';

/** The right of access and of erasure, over everything that the features declare to hold about a person. */
export function buildPrivacy(
  db: Db,
  audit: Audit,
  routes: () => readonly Holding[],
  afterwards: Pick<Afterwards, 'settle'>,
) {
  return {
    titles: (): string[] => routes().map((route) => route.title),

    /** Everything held, by feature, as one JSON document. */
    async export(person: Person): Promise<string> {
      const parts: Record<string, unknown> = {};
      for (const route of routes()) parts[route.title] = await route.export(person);
      return JSON.stringify(
        { personne: { locataire: person.tenantId, identifiant: person.objectId }, ...parts },
        null,
        2,
      );
    },

    /** All or nothing: one transaction for every feature, and for the trace that it was asked for. */
    async erase(person: Person, effect: Id = newId()): Promise<void> {
      // What still waits to be written about them must not come after.
      await afterwards.settle();
      await db.transaction(async (tx) => {
        await audit.once(tx, person, 'privacy.erase', effect);
        for (const route of routes()) await route.erase(tx, person);
      });
    },
  };
}

export type Privacy = ReturnType<typeof buildPrivacy>;
