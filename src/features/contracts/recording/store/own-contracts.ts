import { and, count, eq, inArray, sql } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Kept } from '../../../../core/routes/keeping.ts';
import { GONE } from '../../../../core/rows/retention.ts';
import { type PersonKey, peopleTable } from '../../../people/index.ts';
import {
  amendments,
  contracts,
  dutiesDone,
  dutiesWanted,
  followers,
  references,
  terminations,
} from '../../tables.ts';
import type { Records } from './records.ts';

/** What a person did about contracts: shown to them, and kept without their name once they are erased. */
export function buildOwnContracts({ db }: Records) {
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
          .select({
            contrat: contracts.number,
            obligation: dutiesDone.duty,
            le: dutiesDone.doneOn,
            sansObjet: dutiesDone.whyNot,
          })
          .from(dutiesDone)
          .innerJoin(contracts, eq(contracts.id, dutiesDone.contractId))
          .where(isPerson(dutiesDone, person)),
        obligationsGardees: await db
          .select({ contrat: contracts.number, obligation: dutiesWanted.duty, le: dutiesWanted.since })
          .from(dutiesWanted)
          .innerJoin(contracts, eq(contracts.id, dutiesWanted.contractId))
          .where(isPerson(dutiesWanted, person)),
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

    async erase(tx: Tx, person: PersonKey, names: readonly string[]): Promise<void> {
      await handFollowing(tx, person);
      for (const table of [followers, references] as const)
        await tx.delete(table).where(isPerson(table, person));
      for (const table of [dutiesDone, dutiesWanted] as const)
        await tx.update(table).set({ objectId: '', by: GONE }).where(isPerson(table, person));
      await tx.update(terminations).set({ objectId: '', name: GONE }).where(isPerson(terminations, person));
      await tx.update(amendments).set({ askedId: '', askedBy: GONE }).where(askedBy(person));
      await tx.update(contracts).set({ createdId: '' }).where(notedBy(person));
      // Whoever validated for the broker is a name that a client wrote: the same as that of the staff who leaves.
      await tx
        .update(amendments)
        .set({ validatedBy: GONE })
        .where(and(inArray(amendments.validatedBy, [...names]), validatedWith(person)));
    },
  };
}

/** The amendments of contracts that are of the person's own body, or for the broker's staff, all of them. */
const validatedWith = ({ tenantId, objectId }: PersonKey) => sql`(
  exists (select 1 from ${peopleTable} where ${peopleTable.tenantId} = ${tenantId} and ${peopleTable.objectId} = ${objectId}
    and ${peopleTable.role} <> 'client')
  or ${amendments.contractId} in (select c.id from ${contracts} c join people_acting p on p.organization_id = c.organization_id
    where p.tenant_id = ${tenantId} and p.object_id = ${objectId}))`;

/** Of a body's contracts that nobody else follows, the colleagues who stay are reminded from now on. */
const handFollowing = (tx: Tx, { tenantId, objectId }: PersonKey) =>
  tx.execute(sql`
    insert into ${followers} (contract_id, tenant_id, object_id)
    select f.contract_id, p.tenant_id, p.object_id
    from ${followers} f join ${contracts} c on c.id = f.contract_id
    join people_acting mine on mine.organization_id = c.organization_id
      and mine.tenant_id = f.tenant_id and mine.object_id = f.object_id
    join people_acting p on p.organization_id = c.organization_id
      and (p.tenant_id, p.object_id) <> (f.tenant_id, f.object_id)
    where f.tenant_id = ${tenantId} and f.object_id = ${objectId}
      and not exists (select 1 from ${followers} o where o.contract_id = f.contract_id
        and (o.tenant_id, o.object_id) <> (f.tenant_id, f.object_id))
    on conflict do nothing`);
