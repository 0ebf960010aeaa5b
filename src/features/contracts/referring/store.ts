import { and, asc, count, eq, isNull, ne, or, sql } from 'drizzle-orm';
import { isPerson } from '../../../core/people/is-person.ts';
import type { Tx } from '../../../core/ports/db.ts';
import { byName } from '../../../core/rows/columns.ts';
import type { Person } from '../../../core/turn.ts';
import { actingView, type PersonKey } from '../../people/index.ts';
import type { Records } from '../recording/store/records.ts';
import { contracts, references } from '../tables.ts';

/** Who speaks for the body that signed the contract: those who left it do not. */
const stillThere = or(
  isNull(contracts.organizationId),
  sql`exists (select 1 from ${actingView} p where p.tenant_id = ${references.tenantId}
    and p.object_id = ${references.objectId} and p.organization_id = ${contracts.organizationId})`,
);

/** Who agreed to be a reference for other bodies, and may change their mind (guide 4.6). */
export function buildReferring({ db, audit, now, changing }: Records) {
  /** Within the transaction of what it goes with. What was agreed to already changes nothing. */
  async function consentIn(tx: Tx, person: Person, id: string, contact: string): Promise<void> {
    const { tenantId, objectId, name } = person;
    const row = { contractId: id, tenantId, objectId, name, contact, consentedAt: now() };
    const agreed = await tx
      .insert(references)
      .values(row)
      .onConflictDoUpdate({
        target: [references.contractId, references.tenantId, references.objectId],
        set: { name, contact, consentedAt: row.consentedAt },
        setWhere: or(ne(references.name, name), ne(references.contact, contact)),
      })
      .returning({ id: references.contractId });
    if (agreed.length > 0) await audit.record(tx, person, 'contract.consent', id);
  }

  async function revokeIn(tx: Tx, person: Person, id: string): Promise<void> {
    const gone = await tx
      .delete(references)
      .where(and(eq(references.contractId, id), isPerson(references, person)))
      .returning({ id: references.contractId });
    if (gone.length > 0) await audit.record(tx, person, 'contract.revoke', id);
  }

  return {
    consentIn,
    revokeIn,

    /** Agrees to tell other bodies of one's experience, until one no longer does (guide 4.6). */
    consent: (person: Person, id: string, contact: string): Promise<void> =>
      changing(person, id, (tx) => consentIn(tx, person, id, contact)),

    /** Also of a contract that one sees no more. */
    revoke: (person: Person, id: string): Promise<void> => db.transaction((tx) => revokeIn(tx, person, id)),

    /** How to reach a person who agreed; undefined for one who did not. */
    async consented(id: string, person: PersonKey): Promise<string | undefined> {
      const [row] = await db
        .select({ contact: references.contact })
        .from(references)
        .where(and(eq(references.contractId, id), isPerson(references, person)));
      return row?.contact;
    },

    /** People who agreed to tell of their experience, by supplier. */
    async references(page: number, size: number) {
      const [counted] = await db
        .select({ total: count() })
        .from(references)
        .innerJoin(contracts, eq(contracts.id, references.contractId))
        .where(stillThere);
      const rows = await db
        .select({
          name: references.name,
          contact: references.contact,
          supplier: contracts.supplierName,
          offers: contracts.offers,
          organizationId: contracts.organizationId,
        })
        .from(references)
        .innerJoin(contracts, eq(contracts.id, references.contractId))
        .where(stillThere)
        .orderBy(byName(contracts.supplierName), asc(references.consentedAt))
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },
  };
}
