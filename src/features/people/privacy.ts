import type { PrivacyRoute } from '../../core/feature.ts';
import type { Db, Tx } from '../../core/ports.ts';
import type { Person } from '../../core/turn.ts';

type Route = Pick<PrivacyRoute<unknown>, 'title'> & {
  export(person: Person): Promise<unknown>;
  erase(tx: Tx, person: Person): Promise<void>;
};

/** The right of access and of erasure, over everything that the features declare to hold about a person. */
export function buildPrivacy(db: Db, routes: () => readonly Route[]) {
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

    /** All or nothing: one transaction for every feature. */
    async erase(person: Person): Promise<void> {
      await db.transaction(async (tx) => {
        for (const route of routes()) await route.erase(tx, person);
      });
    },
  };
}

export type Privacy = ReturnType<typeof buildPrivacy>;
