import { and, asc, count, eq } from 'drizzle-orm';
import { byName } from '../../core/columns.ts';
import type { Person } from '../../core/turn.ts';
import type { PersonKey } from '../people/index.ts';
import type { Records } from './records.ts';
import { contracts, references } from './tables.ts';

/** Who agreed to be a reference for other bodies, and may change their mind (guide 4.6). */
export function buildReferring({ db, audit, now, find }: Records) {
  return {
    /** Agrees to tell other bodies of one's experience, until one no longer does (guide 4.6). */
    async consent(person: Person, id: string, contact: string): Promise<void> {
      await find(id, person);
      const { tenantId, objectId, name } = person;
      const row = { contractId: id, tenantId, objectId, name, contact, consentedAt: now() };
      await db
        .insert(references)
        .values(row)
        .onConflictDoUpdate({
          target: [references.contractId, references.tenantId, references.objectId],
          set: { name, contact, consentedAt: row.consentedAt },
        });
      await audit.record(db, person, 'contract.consent', id);
    },

    async revoke(person: Person, id: string): Promise<void> {
      await db
        .delete(references)
        .where(
          and(
            eq(references.contractId, id),
            eq(references.tenantId, person.tenantId),
            eq(references.objectId, person.objectId),
          ),
        );
      await audit.record(db, person, 'contract.revoke', id);
    },

    /** How to reach a person who agreed; undefined for one who did not. */
    async consented(id: string, { tenantId, objectId }: PersonKey): Promise<string | undefined> {
      const [row] = await db
        .select({ contact: references.contact })
        .from(references)
        .where(
          and(
            eq(references.contractId, id),
            eq(references.tenantId, tenantId),
            eq(references.objectId, objectId),
          ),
        );
      return row?.contact;
    },

    /** People who agreed to tell of their experience, by supplier. */
    async references(page: number, size: number) {
      const [counted] = await db.select({ total: count() }).from(references);
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
        .orderBy(byName(contracts.supplierName), asc(references.consentedAt))
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },
  };
}
