import { and, count, eq, sql } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Kept } from '../../../../core/routes/keeping.ts';
import { GONE } from '../../../../core/rows/retention.ts';
import type { PersonKey } from '../../../people/index.ts';
import { evaluations, events, sections, signatures, submissions } from '../../tables.ts';

const responsible = { tenantId: evaluations.responsibleTenant, objectId: evaluations.responsibleId };

/** What a person wrote in evaluations: shown to them, and kept without their name once they are erased. */
export function buildOwnAnswers(db: Db) {
  return {
    async heldOf(person: PersonKey) {
      return {
        evenements: await db
          .select({ le: events.on, texte: events.text })
          .from(events)
          .where(isPerson(events, person)),
        reponses: await db
          .select({ partie: sections.section, reponses: sections.answers })
          .from(sections)
          .where(isPerson(sections, person)),
        soumissions: await db
          .select({ numero: submissions.number, reponses: submissions.answers })
          .from(submissions)
          .where(isPerson(submissions, person)),
        signatures: await db
          .select({ signeeLe: signatures.signedOn, noteeLe: signatures.at })
          .from(signatures)
          .where(isPerson(signatures, person)),
      };
    },

    /** The evaluations that a person submits for their body. */
    entrustedTo: (person: PersonKey) =>
      db
        .select({ fournisseur: evaluations.supplierId, annee: evaluations.year, etat: evaluations.state })
        .from(evaluations)
        .where(isPerson(responsible, person)),

    /** The evaluations that a body has still to answer, and those that a person was to submit for it. */
    async countOf(person: PersonKey, organization: string): Promise<Kept> {
      const [row] = await db
        .select({
          seen: count(),
          made: sql<number>`count(*) filter (where ${isPerson(responsible, person)})`.mapWith(Number),
        })
        .from(evaluations)
        .where(and(eq(evaluations.organizationId, organization), eq(evaluations.state, 'open')));
      return { seen: row?.seen ?? 0, made: row?.made ?? 0 };
    },

    /** What was answered stays the body's, without who wrote it. */
    async erase(tx: Tx, person: PersonKey): Promise<void> {
      const erased = { objectId: '', by: GONE };
      for (const table of [events, sections, submissions, signatures] as const)
        await tx.update(table).set(erased).where(isPerson(table, person));
      await tx
        .update(evaluations)
        .set({ responsibleId: '', responsibleName: erased.by })
        .where(isPerson(responsible, person));
    },
  };
}
