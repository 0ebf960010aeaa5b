import { and, eq, notInArray } from 'drizzle-orm';
import type { Db, Tx } from '../../../../core/ports.ts';
import { contractTable } from '../../../contracts/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { evaluations, events, sections, submissions } from '../../tables.ts';

/** What a person wrote in evaluations: shown to them, and kept without their name once they are erased. */
export function buildOwnAnswers(db: Db) {
  return {
    async heldOf({ tenantId, objectId }: PersonKey) {
      const mine = (table: typeof events | typeof sections | typeof submissions) =>
        and(eq(table.tenantId, tenantId), eq(table.objectId, objectId));
      return {
        evenements: await db.select({ le: events.on, texte: events.text }).from(events).where(mine(events)),
        reponses: await db
          .select({ partie: sections.section, reponses: sections.answers })
          .from(sections)
          .where(mine(sections)),
        soumissions: await db
          .select({ numero: submissions.number, reponses: submissions.answers })
          .from(submissions)
          .where(mine(submissions)),
      };
    },

    /** The evaluations that a person submits for their body. */
    entrustedTo: ({ tenantId, objectId }: PersonKey) =>
      db
        .select({ fournisseur: evaluations.supplierId, annee: evaluations.year, etat: evaluations.state })
        .from(evaluations)
        .where(and(eq(evaluations.responsibleTenant, tenantId), eq(evaluations.responsibleId, objectId))),

    /** What was answered stays the body's, without who wrote it. */
    async erase(tx: Tx, { tenantId, objectId }: PersonKey): Promise<void> {
      const erased = { objectId: '', by: 'Une personne effacée' };
      for (const table of [events, sections, submissions] as const)
        await tx
          .update(table)
          .set(erased)
          .where(and(eq(table.tenantId, tenantId), eq(table.objectId, objectId)));
      await tx
        .update(evaluations)
        .set({ responsibleId: '', responsibleName: erased.by })
        .where(and(eq(evaluations.responsibleTenant, tenantId), eq(evaluations.responsibleId, objectId)));
    },

    /** Forgets the evaluations and events of contracts that are forgotten (4.12). */
    async purge(): Promise<void> {
      const kept = db.select({ id: contractTable.id }).from(contractTable);
      for (const table of [events, evaluations] as const)
        await db.delete(table).where(notInArray(table.contractId, kept));
    },
  };
}
