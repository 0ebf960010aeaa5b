import { and, count, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Kept } from '../../../../core/feature.ts';
import { guide } from '../../../../core/guide/index.ts';
import { isPerson } from '../../../../core/is-person.ts';
import type { Tx } from '../../../../core/ports.ts';
import type { PersonKey } from '../../../people/index.ts';
import {
  amendments,
  contracts,
  contractsNow,
  dutiesDone,
  followers,
  references,
  terminations,
} from '../../tables.ts';
import type { Records } from './records.ts';

/** What a person did about contracts: shown to them, and kept without their name once they are erased. */
export function buildOwnContracts({ db, today }: Records) {
  const notedBy = ({ tenantId, objectId }: PersonKey) =>
    and(eq(contracts.createdTenant, tenantId), eq(contracts.createdId, objectId));
  const askedBy = ({ tenantId, objectId }: PersonKey) =>
    and(eq(amendments.askedTenant, tenantId), eq(amendments.askedId, objectId));
  return {
    async heldOf(person: PersonKey) {
      return {
        notes: await db
          .select({ contrat: contracts.number, titre: contracts.title, le: contracts.createdAt })
          .from(contracts)
          .where(notedBy(person)),
        references: await db
          .select({ joindre: references.contact, le: references.consentedAt })
          .from(references)
          .where(isPerson(references, person)),
        rappeles: await db
          .select({ contrat: contracts.number, titre: contracts.title })
          .from(followers)
          .innerJoin(contracts, eq(contracts.id, followers.contractId))
          .where(isPerson(followers, person)),
        obligationsFaites: await db
          .select({ contrat: contracts.number, obligation: dutiesDone.duty, le: dutiesDone.doneOn })
          .from(dutiesDone)
          .innerJoin(contracts, eq(contracts.id, dutiesDone.contractId))
          .where(isPerson(dutiesDone, person)),
        avenantsDemandes: await db
          .select({ contrat: contracts.number, avenant: amendments.number, le: amendments.askedOn })
          .from(amendments)
          .innerJoin(contracts, eq(contracts.id, amendments.contractId))
          .where(askedBy(person)),
        resiliations: await db
          .select({ contrat: contracts.number, le: terminations.effectiveOn, raison: terminations.reason })
          .from(terminations)
          .innerJoin(contracts, eq(contracts.id, terminations.contractId))
          .where(isPerson(terminations, person)),
      };
    },

    /** The contracts of a body, which its members see, and those that a person noted for it. */
    async countOf(person: PersonKey, organization: string): Promise<Kept> {
      const [row] = await db
        .select({
          seen: count(),
          made: sql<number>`count(*) filter (where ${notedBy(person)})`.mapWith(Number),
        })
        .from(contracts)
        .where(eq(contracts.organizationId, organization));
      return { seen: row?.seen ?? 0, made: row?.made ?? 0 };
    },

    async erase(tx: Tx, person: PersonKey): Promise<void> {
      for (const table of [followers, references] as const)
        await tx.delete(table).where(isPerson(table, person));
      await tx
        .update(dutiesDone)
        .set({ objectId: '', by: 'Une personne effacée' })
        .where(isPerson(dutiesDone, person));
      await tx
        .update(terminations)
        .set({ objectId: '', name: 'Une personne effacée' })
        .where(isPerson(terminations, person));
      await tx
        .update(amendments)
        .set({ askedId: '', askedBy: 'Une personne effacée' })
        .where(askedBy(person));
      await tx.update(contracts).set({ createdId: '' }).where(notedBy(person));
    },

    /** Forgets a contract when the guide keeps its documents no longer (4.12). */
    async purge(): Promise<void> {
      const before = today().subtract({ years: guide().rules.keptYears.value }).toString();
      const ended = db
        .select({ id: contractsNow.id })
        .from(contractsNow)
        .where(lt(contractsNow.endsOn, before));
      await db.delete(contracts).where(inArray(contracts.id, ended));
    },
  };
}
